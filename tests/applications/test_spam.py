"""Machines are asked a question, held back or told to wait; people lose nothing by it."""

from datetime import UTC, datetime, timedelta

import pytest
from captcha.models import CaptchaStore
from django.test import Client

from keino_academy.applications.models import Application
from keino_academy.applications.queries import held
from keino_academy.core import ratelimits
from keino_academy.core.models import OutboxMail
from keino_academy.core.spam import new_token
from tests.applications.journeys import EMAIL, STARTED, Journey
from tests.applications.test_beginning import begin, page_url
from tests.booking.test_crowd import crowd
from tests.conftest import TODAY
from tests.factories.announcement import make_academy
from tests.factories.applications import business_id, make_form
from tests.factories.site import make_site
from tests.riddles import Riddle, hidden, riddle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]

BEGUN = ("applications/begun", EMAIL)
RECEIPT = ("applications/receipt", EMAIL)
NEWS = ("applications/organiser_new", "organiser@osaamiskeskus.example")
#: The member of the team whose address was told.
MEMBER = ("applications/member_asked", "aino@koivuranta.example")

#: What a machine sends that fills in every field.
TRAPPED = {"website2": "https://spam.example"}


class DeadCache:
    """What the limits count in, when it is down. Wagtail's own pages need the site's cache in any case."""

    def __getattr__(self, name: str):
        raise ConnectionError(name)


def mails() -> list[tuple[str, str]]:
    return sorted(OutboxMail.objects.values_list("kind", "to"))


def asked(response, **typed: str) -> Riddle:
    """The question that the answer asks, with everything that was typed."""
    html = response.content.decode()
    found = riddle(html)
    assert response.status_code == 422
    assert found is not None
    for text in (STARTED | typed).values():
        assert f'value="{text}"' in html
    return found


def taken(response) -> Application:
    assert response.status_code == 303
    return Application.objects.get(reference=response["Location"].split("/")[-2])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("answer", range(8))
def test_who_is_suspected_answers_a_question_and_is_taken(client, academy, document, language, answer):
    question = asked(begin(client, academy, language, **TRAPPED))
    assert 'href="#id_captcha_1"' in question.html
    assert 'href="mailto:organiser@osaamiskeskus.example"' in question.html
    assert f'name="captcha_0" value="{question.key}"' in question.html
    assert not Application.objects.exists()
    assert mails() == []
    application = taken(begin(client, academy, language, **question.answered()))
    assert (application.suspicion, application.language) == ("", language)
    assert mails() == [BEGUN]


def test_who_has_answered_is_asked_no_more_and_sends_like_anybody(client, academy, document):
    way = Journey(academy, client)
    taken(way.begin(**asked(way.begin(**TRAPPED)).answered()))
    way.fill()
    assert way.send().status_code == 303
    assert (way.application.state, way.application.suspicion) == ("interest_sent", "")
    assert mails() == [BEGUN, MEMBER, NEWS, RECEIPT]


@pytest.mark.parametrize(
    "bad",
    [
        {"website2": "x"},
        {"form_token": "forged"},
        {"form_token": ""},
        {"age": 1},
        {"age": 24 * 3600 + 1},
        {"organisation": "www.x.example " * 5 + "https://x.example"},
    ],
    ids=["honeypot", "forged", "none", "quick", "old", "links"],
)
def test_what_is_suspicious_asks(client, academy, document, token, bad):
    data = {"form_token": token(age=bad.get("age", 60))} | {name: bad[name] for name in bad if name != "age"}
    typed = {"organisation": bad.get("organisation", STARTED["organisation"])}
    question = asked(begin(client, academy, **data), **typed)
    assert not Application.objects.exists()
    assert taken(begin(client, academy, **typed, **question.answered())).suspicion == ""


def test_who_is_not_suspected_is_asked_nothing(client, academy, document):
    assert riddle(client.get(page_url()).content.decode()) is None
    response = begin(client, academy, organisation="")
    assert response.status_code == 422
    assert riddle(response.content.decode()) is None
    assert not CaptchaStore.objects.exists()


def test_after_the_first_form_nothing_is_asked(client, academy, document, settings):
    settings.KEINO_ACADEMY = {"CAPTCHA": "always"}
    way = Journey(academy, client)
    taken(way.begin(**asked(way.begin()).answered()))
    spam = {"q-pilot_aims": "https://spam.example " * 6}
    assert way.save("pilot", website2="x", **spam).status_code == 303
    assert riddle(client.get(way.url("application_section", section="pilot")).content.decode()) is None
    way.fill()
    assert riddle(client.get(way.url("application_answers")).content.decode()) is None
    way.send(website2="x")
    assert (way.application.state, way.application.suspicion) == ("interest_sent", "")


def test_a_wrong_answer_keeps_all_and_gives_a_new_question(client, academy, document):
    first = asked(begin(client, academy, **TRAPPED))
    second = asked(begin(client, academy, **first.answered("no idea")))
    assert second.key != first.key
    asked(begin(client, academy, **first.answered()))
    assert not Application.objects.exists()
    assert taken(begin(client, academy, **second.answered()))


@pytest.mark.parametrize(
    "wrong", [{"organisation": ""}, {"business_id": "1234567-2"}, {"email": "no address"}]
)
def test_what_was_solved_survives_an_error_elsewhere(client, academy, document, wrong):
    question = asked(begin(client, academy, **TRAPPED))
    response = begin(client, academy, **question.answered() | wrong)
    html = response.content.decode()
    assert response.status_code == 422
    assert riddle(html) is None
    kept = {"captcha_0": "", "captcha_1": ""} | hidden(html, "captcha_proof", "form_token")
    assert taken(begin(client, academy, **kept)).suspicion == ""


def test_the_proof_runs_out_after_an_hour(client, academy, document, frozen):
    question = asked(begin(client, academy, **TRAPPED))
    html = begin(client, academy, **question.answered(), organisation="").content.decode()
    kept = hidden(html, "captcha_proof", "form_token")
    frozen.shift(timedelta(minutes=61))
    again = asked(begin(client, academy, **kept))
    assert taken(begin(client, academy, **kept | again.answered()))


def test_an_answer_may_take_an_hour_and_no_more_than_two(client, academy, document, frozen):
    question = asked(begin(client, academy, **TRAPPED))
    frozen.shift(timedelta(minutes=121))
    late = asked(begin(client, academy, **question.answered()))
    frozen.shift(timedelta(minutes=61))
    assert taken(begin(client, academy, **late.answered()))


def test_the_same_answer_again_gives_the_same_application(client, academy, document):
    answered = asked(begin(client, academy, **TRAPPED)).answered()
    assert taken(begin(client, academy, **answered)) == taken(begin(client, academy, **answered))
    assert Application.objects.count() == 1
    assert mails() == [BEGUN]


def test_an_answer_makes_no_second_application(client, academy, document):
    answered = asked(begin(client, academy, **TRAPPED)).answered()
    taken(begin(client, academy, **answered))
    second = {"email": "toinen@kunta.example"}
    other = asked(begin(Client(), academy, **second, form_token="forged"), **second)
    asked(begin(Client(), academy, **second, **answered | {"form_token": other.form_token}), **second)
    # Nor with the first form's own token, which names the application that it made.
    assert begin(Client(), academy, **second, **answered).status_code == 409
    assert Application.objects.count() == 1


def test_the_proof_of_another_session_is_none(client, academy, document):
    question = asked(begin(client, academy, **TRAPPED))
    html = begin(client, academy, **question.answered(), organisation="").content.decode()
    other = asked(begin(Client(), academy, form_token="forged"))
    asked(begin(Client(), academy, form_token=other.form_token, **hidden(html, "captcha_proof")))
    assert not Application.objects.exists()


def test_always_asks_on_the_page_too(client, academy, document, settings, frozen):
    settings.KEINO_ACADEMY = {"CAPTCHA": "always"}
    question = riddle(client.get(page_url()).content.decode())
    frozen.shift(timedelta(minutes=5))
    asked(begin(client, academy, form_token=question.form_token))
    assert taken(begin(client, academy, **question.answered())).suspicion == ""


@pytest.mark.parametrize(
    ("bad", "code"), [({"website2": "x"}, "trap"), ({"age": 1}, "quick"), ({"age": 24 * 3600 + 1}, "old")]
)
def test_off_takes_and_holds_back(client, academy, document, token, settings, bad, code):
    settings.KEINO_ACADEMY = {"CAPTCHA": "off"}
    way, made = Journey(academy, client), token(age=bad.get("age", 60))
    begun = way.begin(form_token=made, website2=bad.get("website2", ""))
    application = taken(begun)
    assert (application.suspicion, application.state, application.cleared_at) == (code, "draft", None)
    assert client.get(begun["Location"]).status_code == 200
    way.fill()
    sent = way.send()
    assert (way.application.suspicion, way.application.state) == (code, "interest_sent")
    assert way.application.cleared_at is None
    assert list(Application.objects.filter(held())) == [application]
    page = client.get(sent["Location"])
    assert page.status_code == 200
    assert application.reference in page.content.decode()
    assert mails() == []


def test_off_shows_a_form_without_a_token_once_more(client, academy, document, settings, frozen):
    settings.KEINO_ACADEMY = {"CAPTCHA": "off"}
    response = begin(client, academy, form_token="forged")
    html = response.content.decode()
    assert response.status_code == 422
    assert riddle(html) is None
    frozen.shift(timedelta(seconds=30))
    again = begin(client, academy, **hidden(html, "form_token"))
    assert taken(again).suspicion == "token"


def test_a_solved_question_beside_a_filled_trap_is_held_back(client, academy, document):
    question = asked(begin(client, academy, **TRAPPED))
    assert taken(begin(client, academy, **question.answered(), **TRAPPED)).suspicion == "trap"
    assert mails() == []


def test_many_from_one_network_are_asked_whatever_they_say_of_themselves(
    client, academy, document, token, settings
):
    settings.KEINO_ACADEMY = {"SUSPICION_RATE": (2, 3600)}
    for number in range(2):
        data = {"email": f"a{number}@kunta.example", "business_id": business_id(number)}
        data["form_token"] = token(f"n{number}")
        # Pressing twice, and errors, count for nothing.
        assert begin(client, academy, **data | {"organisation": ""}).status_code == 422
        assert taken(begin(client, academy, **data)) == taken(begin(client, academy, **data))
    for number in range(5):
        stranger = Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
        asked(begin(stranger, academy, form_token=token(f"m{number}")))
    elsewhere = Client(REMOTE_ADDR="198.51.100.1")
    assert taken(begin(elsewhere, academy, form_token=token("else"), business_id=business_id(9)))


def test_many_with_one_address_are_told_to_wait(academy, document, token, settings, frozen):
    settings.KEINO_ACADEMY = {"RATE_ADDRESS": (2, 3600)}
    for number in range(2):
        data = {"business_id": business_id(number), "form_token": token(f"n{number}")}
        assert taken(begin(Client(REMOTE_ADDR=f"198.51.100.{number}"), academy, **data))
    other = {"email": "Hankinnat@Koivuranta.example", "business_id": business_id(9)}
    other["form_token"] = token("last")
    for number in range(3, 9):
        response = begin(Client(REMOTE_ADDR=f"198.51.100.{number}"), academy, "en", **other)
        html = response.content.decode()
        assert response.status_code == 429
        assert (
            "Many applications have come with your e-mail address. "
            "Keep this page open and send it again in an hour." in html
        )
        assert 'value="Koivurannan kaupunki"' in html
    assert Application.objects.count() == 2
    frozen.shift(timedelta(hours=1))
    assert taken(begin(Client(), academy, "en", **other))


def test_a_cache_that_is_down_stops_nobody(client, academy, document, token, settings, caplog, monkeypatch):
    monkeypatch.setattr(ratelimits, "cache", DeadCache())
    settings.KEINO_ACADEMY = {
        "RATE_APPLY": (1, 3600),
        "RATE_ADDRESS": (1, 3600),
        "SUSPICION_RATE": (1, 3600),
    }
    ratelimits._last_complaint[0] = 0.0
    caplog.set_level("WARNING", "keino_academy.ratelimits")
    for number in range(3):
        data = {"business_id": business_id(number), "form_token": token(f"n{number}")}
        assert taken(begin(client, academy, **data)).suspicion == ""
    own = {"business_id": business_id(9)}
    question = asked(begin(client, academy, **own, form_token=token("m"), **TRAPPED), **own)
    assert taken(begin(client, academy, **own, **question.answered()))
    lines = [one.getMessage() for one in caplog.records if one.name == "keino_academy.ratelimits"]
    assert lines == ["The cache does not answer: rate limits are off until it does"]


def test_the_question_costs_little(client, academy, document, django_assert_num_queries):
    client.get(page_url())
    begin(client, academy, **TRAPPED)
    # One tidies up, one keeps the question; the others are the form with its errors.
    with django_assert_num_queries(19):
        begin(client, academy, **TRAPPED)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ten_that_answer_at_once_are_one_application(settings):
    settings.KEINO_ACADEMY = {"CLOCK_OFFSET": TODAY - datetime.now(UTC), "FORM_MIN_SECONDS": 0}
    academy = make_academy(make_site())
    make_form(academy)
    opened = new_token(f"apply:{academy.pk}")
    answered = asked(begin(Client(), academy, form_token=opened, **TRAPPED)).answered()
    answers = crowd(10, lambda _number: begin(Client(), academy, **answered)["Location"])
    (application,) = Application.objects.all()
    assert answers == {f"/academy/fi/application/{application.reference}/?begun=1": 10}
    assert application.suspicion == ""
    assert mails() == [BEGUN]
