"""What looks like a machine, the control question, and forms that ask it."""

from datetime import timedelta

import pytest
import time_machine
from captcha.models import CaptchaStore
from django import forms
from django.core.checks import run_checks
from django.http import QueryDict
from django.utils import timezone, translation

from keino_academy.core import captcha, questions, ratelimits, spam
from keino_academy.core.forms import AccessibleForm
from keino_academy.core.guarded import GuardedMixin
from keino_academy.core.suspicion import Signals, suspect, words_of
from tests.riddles import DAYS, NUMBERS, solve

LINKS = " ".join(f"https://x{n}.example" for n in range(3))


@pytest.mark.parametrize(
    ("signals", "code"),
    [
        (Signals(age=10), ""),
        (Signals(trapped=True, age=10), "trap"),
        (Signals(trapped=True, age=None, crowded=True), "trap"),
        (Signals(age=None), "token"),
        (Signals(age=100.1), "old"),
        (Signals(age=100), ""),
        (Signals(age=2.9), "quick"),
        (Signals(age=3), ""),
        (Signals(age=10, texts=[LINKS + " www.a.example Http://b.example"]), ""),
        (Signals(age=10, texts=["", LINKS + " www.a.example " + LINKS[:24]]), ""),
        (Signals(age=10, texts=["", LINKS + " www.a.example " + LINKS]), "links"),
        (Signals(age=10, texts=[LINKS, LINKS, LINKS]), ""),
        (Signals(age=10, crowded=True), "many"),
    ],
)
def test_signals_give_the_plainest_reason(signals, code):
    assert suspect(signals, 3, 100) == code


def test_a_reason_has_words_and_an_unknown_one_itself():
    with translation.override("en"):
        assert words_of("quick") == "the form came back sooner than a person fills it in"
        assert words_of("of an older release") == "of an older release"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_question_is_answered_from_its_words_alone(language):
    with translation.override(language):
        seen = set()
        for _time in range(300):
            question = questions.new_question()
            seen.add(question.code.split()[0])
            assert len(question.code) <= 15
            assert (
                questions.meaning(question.code, solve(questions.wording(question.code))) == question.answer
            )
        assert seen == {"sum", "top", "nth", "day"}


@pytest.mark.parametrize("typed", ["7", " 7. ", "07", "seven", "SEVEN", "７", "“Seven”"])
def test_a_number_is_understood_however_it_is_written(typed):
    with translation.override("en"):
        assert questions.meaning("sum 3 4", typed) == "7"
        assert questions.how_to_answer("sum 3 4") == "Answer with a number, in digits or in words."


@pytest.mark.parametrize("typed", ["", "8", "-7", "seven seven", "apple", "7" * 5000, "²", "\x00"])
def test_what_is_another_answer(typed):
    assert questions.meaning("sum 3 4", typed) != "7"


def test_digits_are_no_answer_where_a_word_is_asked_for():
    with translation.override("en"):
        assert questions.meaning("nth 1 2 4 6", "4") == ""
        assert questions.meaning("nth 1 2 4 6", "Forest") == "4"
        assert questions.meaning("day 0", "wednesday") == "2"
        assert questions.how_to_answer("day 0") == "Answer with one word."


def test_a_day_is_understood_in_every_language_of_the_site():
    with translation.override("en"):
        for days in DAYS.values():
            assert questions.meaning("day 5", days.split()[0]) == "0"


def test_the_numbers_of_the_tests_are_those_of_the_package():
    with translation.override("en"):
        assert [str(word) for word in questions._NUMBERS.values()] == NUMBERS["en"].split()


class Guarded(AccessibleForm, GuardedMixin):
    form_name = "guarded"
    name = forms.CharField(label="Name")
    text = forms.CharField(label="Text", required=False)


def opened(seconds: float = 10, form: str = "guarded") -> str:
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds)):
        return spam.new_token(form)


def guarded(token: str | None = None, **more: str) -> Guarded:
    data = QueryDict(mutable=True)
    data.update({"name": "Aino", "form_token": opened() if token is None else token, **more})
    form = Guarded(data)
    form.is_valid()
    return form


def right(form: Guarded) -> dict[str, str]:
    """What solves the form's question."""
    bound = form.question
    return {
        "token": form.data["form_token"],
        "captcha_0": bound.field.widget.key,
        "captcha_1": solve(str(bound.label)),
    }


def test_a_form_without_suspicion_asks_nothing(db):
    form = guarded()
    assert form.is_valid()
    assert not form.asks
    assert not Guarded().asks
    assert form.suspicion == ""
    assert form.nonce == spam.read_token("guarded", form.data["form_token"]).nonce
    assert not CaptchaStore.objects.exists()


@pytest.mark.parametrize(
    ("token", "more", "code"),
    [
        ("forged", {}, "token"),
        (opened(form="other"), {}, "token"),
        (None, {"website2": "x"}, "trap"),
        (None, {"text": LINKS * 3}, "links"),
    ],
)
@pytest.mark.usefixtures("db")
def test_suspicion_asks_and_remembers_why(token, more, code):
    form = guarded(token, **more)
    assert form.asks
    assert spam.read_token("guarded", form.data["form_token"]).asked == code
    assert form.data["website2"] == ""
    assert form["name"].value() == "Aino"
    with translation.override("en"):
        assert [(one.target, one.text) for one in form.field_problems] == [
            ("id_captcha_1", "Answer one more question, and send the form again.")
        ]
        again = guarded(**right(form), text=form.data.get("text", ""))
    assert again.is_valid()
    assert again.suspicion == ""


def test_too_soon_too_late_and_a_crowd_ask_as_well(db):
    assert spam.read_token("guarded", guarded(opened(1)).data["form_token"]).asked == "quick"
    late = opened(24 * 3600 + 1)
    form = guarded(late)
    assert spam.read_token("guarded", form.data["form_token"]).asked == "old"
    assert spam.read_token("guarded", form.data["form_token"]).nonce != spam.read_token("guarded", late).nonce
    crowded = Guarded({"name": "Aino", "form_token": opened()})
    crowded.crowded = True
    assert not crowded.is_valid()
    assert spam.read_token("guarded", crowded.data["form_token"]).asked == "many"


def test_a_question_is_not_evaded_by_sending_without_it(db):
    form = guarded(website2="x")
    again = guarded(form.data["form_token"])
    assert not again.is_valid()
    assert again.asks


def test_a_second_press_names_the_same_sending(db):
    token = opened(1)
    form = guarded(token)
    assert (
        spam.read_token("guarded", form.data["form_token"]).nonce == spam.read_token("guarded", token).nonce
    )


def test_the_question_is_a_field_like_others(db):
    with translation.override("en"):
        form = guarded(website2="x", name="")
        form.contact = "organiser@x.example"
        html = str(form.question)
    assert [one.target for one in form.field_problems] == ["id_name", "id_captcha_1"]
    assert 'aria-describedby="id_captcha_helptext id_captcha_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="ka-input"' in html
    key = form.question.field.widget.key
    assert f'<input type="hidden" name="captcha_0" value="{key}">' in html
    assert "<img" not in html
    assert "<audio" not in html
    assert form.question.help_text.endswith(
        "It shows that a person sends this. If you cannot answer, write to "
        '<a href="mailto:organiser@x.example">organiser@x.example</a>. What you wrote stays on this page.'
    )


def test_without_a_contact_nobody_is_named(db):
    with translation.override("en"):
        assert guarded(website2="x").question.help_text.endswith("It shows that a person sends this.")


def test_a_wrong_answer_uses_the_question_up(db):
    form = guarded(website2="x")
    solved = right(form)
    with translation.override("en"):
        wrong = guarded(**solved | {"captcha_1": "nothing of the sort"})
        assert [one.text for one in wrong.field_problems] == [
            "Another answer was looked for. Answer this new question."
        ]
        assert wrong.question.field.widget.key != solved["captcha_0"]
        late = guarded(**solved)
        assert [one.text for one in late.field_problems] == [
            "The earlier question is no longer open. Answer this new one."
        ]
    assert not late.is_valid()


def test_a_trap_that_a_browser_fills_in_again_is_emptied_each_time(db):
    solved = right(guarded(website2="x"))
    wrong = guarded(**solved | {"captcha_1": "nothing of the sort"}, website2="again")
    assert wrong.asks
    assert wrong.data["website2"] == ""


def test_an_empty_answer_keeps_the_question(db):
    solved = right(guarded(website2="x"))
    with translation.override("en"):
        empty = guarded(**solved | {"captcha_1": "  "})
        assert [one.text for one in empty.field_problems] == ["Answer the question."]
    assert empty.question.field.widget.key == solved["captcha_0"]
    assert CaptchaStore.objects.count() == 1


@pytest.mark.parametrize("minutes", [61, 119])
def test_an_hour_to_answer(db, minutes):
    solved = right(guarded(website2="x"))
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        assert guarded(**solved).is_valid()


def test_a_question_that_waited_too_long_is_asked_anew(db):
    solved = right(guarded(website2="x"))
    with time_machine.travel(timezone.now() + timedelta(minutes=121)):
        form = guarded(**solved)
        assert not form.is_valid()
        assert form.question.field.widget.key != solved["captcha_0"]
        # What ran out is gone from the table too.
        assert CaptchaStore.objects.count() == 1


def test_what_was_solved_survives_an_error_elsewhere_for_an_hour(db):
    solved = right(guarded(website2="x"))
    form = guarded(**solved, name="")
    assert list(form.errors) == ["name"]
    assert not form.asks
    kept = {"token": solved["token"], "captcha_proof": form.data["captcha_proof"]}
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert guarded(**kept).is_valid()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        late = guarded(**kept)
        assert not late.is_valid()
        assert late.asks
        assert late.data["captcha_proof"] == ""


def test_neither_answer_nor_proof_helps_another_form(db):
    solved = right(guarded(website2="x"))
    proof = guarded(**solved, name="").data["captcha_proof"]
    other = guarded(website2="x").data["form_token"]
    assert not guarded(**solved | {"token": other}).is_valid()
    assert not guarded(other, captcha_proof=proof).is_valid()
    assert not guarded(other, captcha_proof=proof[:-1] + "A").is_valid()
    # Trying it elsewhere did not use it up either.
    assert guarded(**solved).is_valid()


@pytest.mark.parametrize("key", ["", "x", "\x00" * 40, "0" * 40, "0" * 10_000])
def test_keys_that_are_none_of_ours(db, key):
    form = guarded(website2="x")
    assert not guarded(form.data["form_token"], captcha_0=key, captcha_1="7").is_valid()


def test_a_filled_trap_beside_a_right_answer_is_taken_and_marked(db):
    form = guarded(**right(guarded(website2="x")), website2="again")
    assert form.is_valid()
    assert form.suspicion == "trap"


def test_always_asks_everybody(db, settings):
    settings.KEINO_ACADEMY = {"CAPTCHA": "always", "FORM_MIN_SECONDS": 0}
    form = Guarded()
    assert form.asks
    bound = form.question
    token = str(form["form_token"].value())
    assert not guarded(token).is_valid()
    answer = {"captcha_0": bound.field.widget.key, "captcha_1": solve(str(bound.label))}
    assert guarded(token, **answer).is_valid()


def test_off_asks_nobody_and_marks(db, settings):
    settings.KEINO_ACADEMY = {"CAPTCHA": "off"}
    for more, code in (({}, ""), ({"website2": "x"}, "trap"), ({"text": LINKS * 3}, "links")):
        form = guarded(**more)
        assert form.is_valid()
        assert form.suspicion == code
    form = guarded("forged")
    with translation.override("en"):
        assert list(form.errors["__all__"]) == [
            "The form could not be read. What you wrote is kept: send it again."
        ]
    assert not form.asks
    again = guarded(form.data["form_token"])
    assert again.suspicion == "quick"
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        again = guarded(form.data["form_token"])
    assert again.is_valid()
    assert again.suspicion == "token"
    assert not CaptchaStore.objects.exists()


def test_a_pool_of_pictures_is_left_alone(db, monkeypatch):
    monkeypatch.setattr("captcha.conf.settings.CAPTCHA_GET_FROM_POOL", True)
    CaptchaStore.objects.create(
        challenge="ABCD", response="abcd", expiration=timezone.now() + timedelta(days=1)
    )
    assert guarded(**right(guarded(website2="x"))).is_valid()


def test_another_value_of_the_setting_is_a_warning(settings):
    settings.KEINO_ACADEMY = {"CAPTCHA": "sometimes"}
    (message,) = run_checks(tags=["keino_academy"])
    assert message.id == "keino_academy.W009"
    assert message.msg == "CAPTCHA is 'sometimes', which is taken for on_suspicion."
    for mode in ("on_suspicion", "off", "always"):
        settings.KEINO_ACADEMY = {"CAPTCHA": mode}
        assert run_checks(tags=["keino_academy"]) == []


def test_a_rate_is_looked_at_without_counting(monkeypatch):
    with time_machine.travel("2023-05-10T12:00:00Z", tick=False):
        assert not any(ratelimits.is_reached("test", "192.0.2.1", (2, 60)) for _ in range(5))
        ratelimits.allow("test", "192.0.2.1", (2, 60))
        assert not ratelimits.is_reached("test", "192.0.2.1", (2, 60))
        ratelimits.allow("test", "192.0.2.1", (2, 60))
        assert ratelimits.is_reached("test", "192.0.2.1", (2, 60))
        assert not ratelimits.is_reached("test", "192.0.2.2", (2, 60))


def test_the_marks_of_two_forms_differ():
    assert captcha._mark("a") != captcha._mark("b")
    assert len(captcha._mark("a" * 500)) == 16


def test_what_is_done_twice_counts_once():
    with time_machine.travel("2023-05-10T12:00:00Z", tick=False):
        assert all(ratelimits.allow("test", "192.0.2.1", (2, 60), once="a") for _ in range(5))
        assert ratelimits.allow("test", "192.0.2.1", (2, 60), once="b")
        assert not ratelimits.allow("test", "192.0.2.1", (2, 60), once="c")
        assert not ratelimits.allow("test", "192.0.2.1", (2, 60), once="c")
