""" "Could we apply?" where criteria have conditions: what does not apply is not asked for, and does not count."""

import pytest

from tests.factories import academy_texts
from tests.factories.announcement import block_id, make_academy_page

pytestmark = pytest.mark.django_db
CHECK = "/academy/en/kiertotalous-2023/check/"


def condition(about: str, test: str, values: str = "", name: str = "") -> dict[str, str]:
    return {"about": about, "name": name, "test": test, "values": values}


@pytest.fixture
def make_check(site, frozen):
    """Publishes the academy, whose commitment to share has a condition."""

    def make(of_sharing: dict[str, str], of_groundwork: dict[str, str] | None = None) -> None:
        criteria = academy_texts.criteria()
        criteria[2]["value"]["name"] = "groundwork"
        if of_groundwork:
            criteria[2]["value"]["when"] = of_groundwork
        criteria[4]["value"]["when"] = of_sharing
        make_academy_page(site, "en", criteria=criteria)

    return make


def answer(client, **changes) -> str:
    names = ("target-group", "procurement", "groundwork", "will", "sharing", "taking-part")
    given = dict.fromkeys(names, "met") | {name.replace("_", "-"): value for name, value in changes.items()}
    posted = {f"c-{block_id(name)}": value for name, value in given.items() if value}
    response = client.post(CHECK, posted)
    assert response.status_code == 200
    return response.content.decode()


def left_out(html: str) -> bool:
    return "These do not concern you" in html


def test_a_question_with_a_condition_says_when_it_is_to_be_answered(client, make_check):
    make_check(condition("named", "not_met", name="groundwork"))
    html = client.get(CHECK).content.decode()
    said = "Answer this if your answer to “Onko pohjatyötä tehty?” does not meet the criterion."
    assert html.count(said) == 1
    assert html.count('type="radio"') == 18


@pytest.mark.parametrize("given", ["", "not_met"])
def test_what_does_not_apply_needs_no_answer_and_does_not_count(client, make_check, given):
    make_check(condition("named", "not_met", name="groundwork"))
    html = answer(client, groundwork="met", sharing=given)
    assert "Every criterion is met." in html
    assert "<b>5</b>" in html
    assert left_out(html)
    assert html.index("These do not concern you") < html.index("Jaatte, mitä opitte")
    assert 'value="None"' not in html


def test_what_applies_must_be_answered_and_counts(client, make_check):
    make_check(condition("named", "not_met", name="groundwork"))
    assert "Question 5: choose one of the three answers." in answer(client, groundwork="not_met", sharing="")
    html = answer(client, groundwork="not_met", sharing="not_met")
    assert "You can apply when one thing is clear" in html
    assert not left_out(html)


def test_yes_and_no_are_known_in_the_words_of_any_language(client, make_check):
    make_check(condition("named", "is", "Kyllä", name="groundwork"))
    assert left_out(answer(client, groundwork="not_met", sharing=""))
    assert not left_out(answer(client, groundwork="met"))


def test_what_the_check_cannot_know_is_for_who_answers_to_say(client, make_check):
    make_check(condition("kind", "is", "municipality"))
    html = client.get(CHECK).content.decode()
    assert "Answer this if the answer to “Kind of organisation” is: municipality." in html
    assert html.count("It does not concern us") == 1
    assert "Question 5: choose one of the four answers." in answer(client, sharing="")
    assert left_out(answer(client, sharing="not_ours"))
    assert not left_out(answer(client, sharing="unsure"))


def test_what_hangs_on_a_criterion_that_does_not_apply_does_not_either(client, make_check):
    make_check(condition("named", "met", name="groundwork"), condition("kind", "is", "municipality"))
    html = answer(client, groundwork="not_ours", sharing="met")
    assert "<b>4</b>" in html
    assert left_out(html)
