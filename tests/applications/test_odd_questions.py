"""What a site's own questions are asked with, and what is typed into them that no one expects."""

import json

import pytest

from keino_academy.announcement.models import AcademyPage
from keino_academy.applications.standing import written_sections
from tests.applications.journeys import Journey
from tests.factories.applications import make_application_page

pytestmark = pytest.mark.django_db


def test_arabic_digits_are_digits_and_huge_ones_are_not(academy, client, site):
    question = {"type": "number", "id": "n", "value": {"question": "Montako?", "required": True}}
    make_application_page(academy_page(academy), questions=[question])
    way = Journey(academy, client)
    way.begin()
    section = next(
        one.id
        for one in written_sections(way.application)
        if "n" in {question.id for question in one.questions}
    )
    for typed_number, status in (("9" * 5000, 422), ("1e5", 422), ("٤٢", 303)):
        assert way.save(section, **{"q-n": typed_number}).status_code == status
    assert way.application.answers["n"] == 42


def test_what_was_too_long_is_sent_whole_once_a_newer_form_takes_it(academy, client, site):
    def asking(words: int) -> list[dict]:
        value = {"question": "Miksi?", "required": True, "word_limit": words}
        return [{"type": "long_text", "id": "n", "value": value}]

    page = make_application_page(academy_page(academy), questions=asking(10))
    way = Journey(academy, client, "en")
    way.begin()
    way.fill()
    long = "sana " * 10 + "loppu"
    assert way.save("further", **{"q-n": long}).status_code == 422
    page.questions = json.dumps(asking(20))
    page.save_revision().publish()
    way.client.post(way.url("application_new_form"))
    assert way.application.document.version == 2
    # As typed it is whole now, and it is no answer before its part is saved.
    refused = way.send()
    assert refused.status_code == 409
    assert "Read this part and save it once more." in refused.content.decode()
    assert way.save("further", **{"q-n": long}).status_code == 303
    assert (way.application.answers["n"], way.application.typed) == (long, {})
    assert way.send().status_code == 303


def academy_page(academy):
    return AcademyPage.objects.get(translation_key=academy.translation_key)


def test_an_editors_hint_is_text(client, academy, site):
    value = {"question": "<b>?</b>", "help": "<script>alert(1)</script>", "required": True}
    page = make_application_page(
        academy_page(academy), questions=[{"type": "text", "id": "n", "value": value}]
    )
    way = Journey(academy, client)
    way.begin()
    (section,) = [one for one in written_sections(way.application) if one.questions[0].label == "<b>?</b>"]
    paths = (
        page.url,
        way.url("application"),
        way.url("application_section", section=section.id),
        way.url("application_answers"),
    )
    for path in paths:
        html = client.get(path).content.decode()
        assert "<script>alert(1)" not in html
        assert "<b>?</b>" not in html
