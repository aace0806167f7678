""" "Could we apply?": asks, answers, forgets."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session

from tests.factories.announcement import block_id, make_academy_page

pytestmark = pytest.mark.django_db
CHECK = "/academy/en/kiertotalous-2023/check/"
NAMES = ("target-group", "procurement", "groundwork", "will", "sharing", "taking-part")


@pytest.fixture
def page(site, frozen):
    return make_academy_page(site, "en")


def answers(**changes) -> dict[str, str]:
    given = dict.fromkeys(NAMES, "met") | {name.replace("_", "-"): value for name, value in changes.items()}
    return {f"c-{block_id(name)}": value for name, value in given.items() if value}


def ask(client, **changes) -> str:
    response = client.post(CHECK, answers(**changes))
    assert response.status_code == 200
    return response.content.decode()


def test_it_asks_one_question_for_each_criterion(client, page):
    html = client.get(CHECK).content.decode()
    assert html.count('type="radio"') == 18
    assert "Kuuluuko organisaatiosi kohderyhmään?" in html
    assert "Question 1/6" in html
    assert "You can check all the same." not in html


def test_all_met(client, page):
    html = ask(client)
    assert "Every criterion is met." in html
    assert "Do this first" not in html
    assert "Varaa päivät tiimin kalentereista." in html


def test_what_is_unsure_is_to_be_found_out_and_the_editor_says_how(client, page):
    html = ask(client, procurement="unsure")
    assert "You can apply when one thing is clear" in html
    assert "Kysy rakennuttamisesta, missä kuussa valmistelu alkaa ja päättyy." in html


def test_selection_that_is_not_met_is_no_wall(client, page):
    html = ask(client, groundwork="not_met")
    assert "<title>\n            Result: You can apply\n" in html
    assert "Etsi, onko jokin hanke tai päätös jäänyt huomaamatta." in html
    assert "You can apply, but others may stand stronger." in html


def test_only_a_hard_criterion_is_a_wall(client, page):
    assert "You cannot apply this time" in ask(client, target_group="not_met")
    assert "You cannot apply this time" not in ask(client, procurement="not_met", sharing="not_met")


def test_the_memo_holds_the_verdicts_and_the_days(client, page):
    html = ask(client, groundwork="not_met").replace("\u00a0", " ").replace("\u2060", "")
    memo = html[html.index('class="ka-memo"') :]
    assert "<dt>Not met</dt><dd>Pohjatyötä on tehty.</dd>" in memo
    assert "Tue 12 September 2023 10:00–16:00: Käynnistystilaisuus, Helsinki" in memo
    assert "Leave to apply by 31 May 2023, 23:59 Finnish time." in memo


def test_open_questions_are_named_and_answers_kept(client, page):
    html = ask(client, will="", sharing="unsure")
    assert "Question 4: choose one of the three answers." in html
    assert html.count("checked") == 5
    assert f'href="#id_c-{block_id("will")}_0"' in html
    assert html.index("<title>") < html.index("Error:") < html.index("</title>")


def test_answers_can_be_changed(client, page):
    html = client.post(CHECK, {**answers(will="unsure"), "change": "1"}).content.decode()
    assert html.count("checked") == 6
    assert "Show the result" in html


def test_nothing_is_stored(client, page):
    ask(client)
    assert not Session.objects.exists()
    assert client.post(CHECK, answers())["Cache-Control"] == "private, no-store, no-cache"


def test_it_works_when_the_call_is_not_open_and_says_so(client, page, frozen):
    frozen.move_to(datetime(2023, 7, 1, tzinfo=ZoneInfo("Europe/Helsinki")))
    html = client.get(CHECK).content.decode()
    assert "The call closed on 31" in html
    assert "You can check all the same." in html
    assert client.post(CHECK, answers()).status_code == 200


def test_it_speaks_the_language_of_its_address(client, page):
    response = client.get(CHECK.replace("/en/", "/sv/"))
    assert response["Content-Language"] == "sv"
    assert 'href="/academy/fi/kiertotalous-2023/check/"' in response.content.decode()


def test_without_criteria_there_is_nothing_to_check(client, site):
    make_academy_page(site, "en", criteria=[])
    assert client.get(CHECK).status_code == 404


@pytest.mark.parametrize("value", ["perhaps", "\x00", "x" * 5000])
def test_odd_answers_are_asked_again(client, page, value):
    assert "Question 1: choose one of the three answers." in ask(client, target_group=value)
