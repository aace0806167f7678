"""What changed between two revisions: the pure function, and the page that tells of it."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from keino_academy.applications.differences import differences, is_same
from keino_academy.applications.journey import Question, QuestionType, Section
from keino_academy.applications.models import Revision
from keino_academy.core import clock
from tests.factories.applications import make_application

KEYS = ("name", "kind", "promise", "period", "team", "gone", "older")
SECTIONS = (
    Section(
        "one",
        "One",
        (
            Question("name", QuestionType.LINE, "Name"),
            Question("kind", QuestionType.CHOICE, "Kind", options=(("a", "Apple"), ("b", "Pear"))),
        ),
    ),
    Section(
        "two",
        "Two",
        (
            Question("promise", QuestionType.CONSENT, "Promise"),
            Question("period", QuestionType.PERIOD, "Period"),
            Question("team", QuestionType.TEAM, "Team"),
        ),
    ),
)
ANSWERS = (
    None,
    "",
    [],
    {},
    False,
    True,
    0,
    1,
    "a",
    "x",
    ["a"],
    {"first": "2023-09", "last": "2023-10"},
    {"x": 1},
)
CONTENT = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(ANSWERS))


@given(CONTENT)
def test_nothing_differs_from_itself(content):
    assert differences(SECTIONS, content, dict(content)) == ()


@given(CONTENT, CONTENT)
def test_every_key_that_differs_is_told_and_no_other(before, after):
    changes = differences(SECTIONS, before, after)
    applied = dict(before) | {change.key: change.became for change in changes}
    for key in KEYS:
        assert is_same(applied.get(key), after.get(key)), key
    assert all(not is_same(before.get(one.key), after.get(one.key)) for one in changes)
    assert len({one.key for one in changes}) == len(changes)


@given(CONTENT, CONTENT)
def test_the_way_back_tells_the_same_turned_round(before, after):
    there, back = differences(SECTIONS, before, after), differences(SECTIONS, after, before)
    assert [(one.key, one.before, one.after) for one in there] == [
        (one.key, one.after, one.before) for one in back
    ]


def test_changes_are_told_in_words_and_in_the_forms_order():
    before = {"older": "x", "promise": False, "kind": "a", "name": "", "team": []}
    after = {"promise": True, "kind": "b", "name": "Koivu"}
    found = differences(SECTIONS, before, after)
    assert [(one.label, one.before, one.after) for one in found] == [
        ("Name", "", "Koivu"),
        ("Kind", "Apple", "Pear"),
        ("Promise", "Ei", "Kyllä"),
        ("older", "x", ""),
    ]


def test_one_and_yes_are_not_the_same():
    assert not is_same(True, 1)
    assert is_same("", None)
    assert not is_same(False, None)


@pytest.mark.django_db
def test_the_page_shows_what_each_revision_changed(admin_client, academy):
    application = make_application(academy)
    first = application.revisions.get()
    answers = {**first.content["answers"], "pilot_title": "<b>Uusi koulu</b>", "contact_phone": ""}
    Revision.objects.create(
        application=application,
        made_at=clock.now(),
        state="interest_sent",
        actor="applicant",
        content={"answers": answers, "language": "fi"},
    )
    url = reverse("keino_applications:inspect", args=[application.pk])
    html = admin_client.get(url, {"language": "en"}).content.decode()
    part = html[html.index('id="revisions-section') :]
    assert part.count("Mikä muuttui") == 1
    assert "Name of the procurement" in part
    assert "Kirkonkylän koulun peruskorjaus</td><td>&lt;b&gt;Uusi koulu&lt;/b&gt;</td>" in part
    assert "+358 40 123 4567</td><td>ei vastausta</td>" in part
    assert "Aino Aalto" not in part


@pytest.mark.django_db
def test_a_revision_that_changed_nothing_shows_no_table(admin_client, academy):
    application = make_application(academy, "final_sent")
    html = admin_client.get(reverse("keino_applications:inspect", args=[application.pk])).content.decode()
    assert "What changed" not in html
