"""Saving part by part: nothing that was typed is lost, and nobody overwrites another unseen."""

import pytest
from django.test import Client

from keino_academy.applications.models import Application, Revision
from keino_academy.core.dates import NBSP
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]


@pytest.fixture
def way(academy) -> Journey:
    """A draft whose link was opened."""
    way = Journey(academy)
    way.begin()
    way.open_link()
    return way


def states(way) -> dict[str, str]:
    page = way.client.get(way.url("application"))
    return {one.section.id: str(one.state) for one, _glimpse in page.context["parts"]}


def open_part(way, name):
    return way.client.get(way.url("application_section", section=name))


def value_of(page, name):
    return page.context["form"][name].value()


def test_a_part_is_kept_when_it_is_left_and_the_next_one_follows(way):
    names = list(states(way))
    answer = way.save("organisation")
    assert (answer.status_code, answer["Location"]) == (303, way.url("application_section", section=names[1]))
    answer = way.save(names[-1])
    assert answer["Location"] == way.url("application_answers")
    assert states(way)["organisation"] == "done"


def test_nothing_is_done_before_it_is_begun(way):
    found = states(way)
    assert set(found.values()) == {"none", "optional"}
    assert found["management"] == "optional"


def test_what_is_wrong_is_kept_as_it_was_typed(way):
    answer = way.save("pilot", **{"q-pilot_title": "  ", "q-pilot_aims": "sana " * 151})
    assert answer.status_code == 422
    assert states(way)["pilot"] == "part"
    page = open_part(way, "pilot")
    assert value_of(page, "q-pilot_aims") == "sana " * 151
    assert value_of(page, "q-pilot_category") == "construction"
    assert not page.context["form"].errors
    assert way.application.pilot.category == "construction"


def test_finishing_later_asks_for_nothing(way):
    answer = way.post("pilot", **{"count": 0, "q-pilot_title": "Koulun piha", "later": "1"})
    assert (answer.status_code, answer["Location"]) == (303, way.url("application"))
    assert states(way)["pilot"] == "part"
    assert value_of(open_part(way, "pilot"), "q-pilot_title") == "Koulun piha"


def test_another_browser_goes_on_by_the_link(way):
    way.save("pilot", **{"q-pilot_title": "Koulun piha"})
    other = Journey(way.academy, Client(), "sv")
    other.open_link()
    assert value_of(open_part(other, "pilot"), "q-pilot_title") == "Koulun piha"


def test_an_answer_that_is_taken_away_is_gone(way):
    way.save("contact", **{"q-contact_phone": "+358 40 1"})
    way.save("contact", **{"q-contact_phone": ""})
    assert way.application.contact_phone == ""


def test_what_was_cut_off_stays_as_it_was(way):
    way.save("pilot")
    way.post("pilot", **{"count": 1, "q-pilot_title": "Uusi"})
    application = way.application
    assert application.pilot.title == "Uusi"
    assert application.pilot.aims == "Tiilet ja ikkunat saadaan uuteen käyttöön."


def test_the_reason_stays_when_yes_becomes_no(way):
    name = next(one for one in states(way) if len(one) > 20)
    way.save(name)
    texts = way.texts(name)
    evidence = next(one for one in texts if one.endswith("-evidence"))
    way.save(name, **{evidence.removesuffix("-evidence"): "no"})
    assert value_of(open_part(way, name), evidence) == texts[evidence]


def test_the_same_text_twice_is_one_saving(way):
    for _time in range(2):
        assert way.save("pilot", count=0).status_code == 303
    assert way.count("pilot") == 1


def test_two_who_save_the_same_part_see_both_texts(way):
    other = Journey(way.academy, Client())
    other.open_link()
    assert way.save("pilot", count=0, **{"q-pilot_title": "Ensimmäinen"}).status_code == 303
    answer = other.save("pilot", count=0, **{"q-pilot_title": "Toinen"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert answer.context["theirs"] == [("Hankinnan nimi", "Ensimmäinen")]
    assert 'value="Toinen"' in html
    assert "Ensimmäinen" in html
    assert way.application.pilot.title == "Ensimmäinen"
    knowing = other.save("pilot", count=1, overwrites="1", **{"q-pilot_title": "Toinen ja ensimmäinen"})
    assert knowing.status_code == 303
    assert way.application.pilot.title == "Toinen ja ensimmäinen"
    kept = Revision.objects.get(transition="overwrite")
    assert kept.content["answers"]["pilot_title"] == "Ensimmäinen"


def test_two_who_save_different_parts_meet_no_conflict(way):
    other = Journey(way.academy, Client())
    other.open_link()
    assert way.save("pilot", count=0).status_code == 303
    assert other.save("contact", count=0).status_code == 303


@pytest.mark.parametrize("count", ["", "-1", "x", "²", "9" * 30, "1e3"])
def test_a_count_that_is_none_overwrites_nothing(way, count):
    way.save("pilot", **{"q-pilot_title": "Ensimmäinen"})
    assert way.save("pilot", count=count, **{"q-pilot_title": "Toinen"}).status_code == 409
    assert way.application.pilot.title == "Ensimmäinen"


def test_quietly_saved_it_says_when(way, frozen):
    data = {"count": 0, "quiet": "1", "q-pilot_title": "Koulun piha"}
    answer = way.post("pilot", **data)
    assert answer.json() == {"count": 1, "said": f"Tallennettu klo{NBSP}12.00."}
    assert answer["Cache-Control"] == "private, no-store"
    again = way.post("pilot", **data | {"q-pilot_title": "Muu"})
    assert again.status_code == 409
    assert again.json()["stop"] is True


def test_what_is_sent_changes_only_when_the_part_is_whole(way):
    way.fill()
    way.send()
    OutboxMail.objects.all().delete()
    assert way.save("pilot", **{"q-pilot_title": ""}).status_code == 422
    assert way.application.pilot.title == "Kirkonkylän koulun peruskorjaus"
    assert way.application.typed == {}
    answer = way.save("pilot", **{"q-pilot_title": "Koulun piha"})
    assert (answer.status_code, answer["Location"]) == (303, way.url("application"))
    assert way.application.pilot.title == "Koulun piha"
    assert [one.transition for one in Revision.objects.all()] == ["begin", "send_interest", "change"]


def test_what_is_sent_has_links_to_its_parts_as_long_as_they_can_be_changed(way, frozen):
    way.fill()
    way.send()
    part = way.url("application_section", section="pilot")
    assert f'href="{part}"' in way.client.get(way.url("application")).content.decode()
    frozen.move_to(way.academy.closes)
    way.open_link()
    assert part not in way.client.get(way.url("application")).content.decode()


def test_after_the_call_what_is_sent_stays_and_the_text_is_shown(way, frozen):
    way.fill()
    way.send()
    frozen.move_to(way.academy.closes)
    way.open_link()
    assert open_part(way, "pilot")["Location"] == way.url("application")
    answer = way.save("pilot", **{"q-pilot_title": "Liian myöhään"})
    assert answer.status_code == 409
    assert "Liian myöhään" in answer.content.decode()
    assert way.application.pilot.title == "Kirkonkylän koulun peruskorjaus"


def test_whoever_withdrew_writes_no_more(way):
    way.client.post(way.url("application_withdraw"))
    answer = way.save("pilot", **{"q-pilot_title": "Vielä"})
    assert answer.status_code == 409
    assert "Vielä" in answer.content.decode()


def test_strangers_and_unknown_parts_get_nothing(way):
    stranger = Journey(way.academy, Client())
    for answer in (open_part(stranger, "pilot"), open_part(way, "nothing")):
        assert answer.status_code == 404
    for key in ("", "x", way.key()[:-1], way.key()[1:]):
        answer = stranger.save("pilot", key=key, **{"q-pilot_title": "Ei katoa"})
        assert answer.status_code == 404
        assert "Ei katoa" in answer.content.decode()
    assert way.application.progress == {}


def test_a_part_that_the_form_has_no_more_shows_what_was_written(way):
    answer = way.post("nothing", **{"count": 0, "q-x": "Pitkä teksti"})
    assert answer.status_code == 409
    assert "Pitkä teksti" in answer.content.decode()


def test_what_was_written_is_kept_though_the_session_and_the_token_have_ended(way):
    page = open_part(way, "pilot").content.decode()
    assert f'name="key" value="{way.key()}"' in page
    forgetful = Journey(way.academy, Client(enforce_csrf_checks=True))
    answer = forgetful.save("pilot", **{"q-pilot_title": "Koulun piha"})
    assert answer.status_code == 303
    assert way.application.pilot.title == "Koulun piha"
    assert forgetful.client.get(answer["Location"]).status_code == 200


def test_after_the_link_was_renewed_an_old_page_saves_nothing_and_shows_its_text(way):
    key = way.key()
    way.client.post(way.url("application_link"), {"renew": "1"})
    answer = Journey(way.academy, Client()).save("pilot", key=key, **{"q-pilot_title": "Ei katoa"})
    assert answer.status_code == 404
    assert "Ei katoa" in answer.content.decode()
    assert way.application.progress == {}


def test_without_cookies_the_link_says_what_it_needs(way):
    came = Client().get(way.url("application") + "?came=1", follow=False)
    assert came.status_code == 404
    assert "evästeitä" in came.content.decode()
    assert "evästeitä" not in Client().get(way.url("application")).content.decode()


def test_the_page_to_print_has_every_answer(way):
    way.fill()
    html = way.client.get(way.url("application_print")).content.decode()
    assert "Kirkonkylän koulun peruskorjaus" in html
    assert way.application.reference in html


def test_a_part_asks_little_of_the_database(way, django_assert_num_queries):
    way.fill()
    open_part(way, "pilot")
    with django_assert_num_queries(7):
        open_part(way, "pilot")
    url = way.url("application_section", section="pilot")
    data = {"key": way.key(), "count": 1} | way.texts("pilot", **{"q-pilot_title": "Uusi"})
    with django_assert_num_queries(10):
        assert way.client.post(url, data).status_code == 303


def test_the_address_is_not_asked_again(way):
    assert "q-contact_email" not in open_part(way, "contact").context["form"].fields
    assert Application.objects.get().contact_email in open_part(way, "contact").content.decode()
