"""The list of applications: its filters, its columns, its search, and how many queries it takes."""

import pytest
from django.core.checks import run_checks
from django.urls import reverse

from keino_academy.announcement.enums import Right
from keino_academy.applications.list_columns import COLUMNS
from keino_academy.applications.models import Application
from keino_academy.core import clock
from tests.applications.organisers import book, copies, listing, organiser
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]


@pytest.fixture
def reader(django_user_model, academy):
    return organiser(django_user_model, academy, Right.READ)


@pytest.fixture
def pair(academy):
    """Two applications to the same academy."""
    first = make_application(academy)
    second = make_application(
        academy,
        organisation="Muu kunta",
        business_id="7654321-4",
        contact_name="Onni Ostaja",
        contact_email="onni@muukunta.example",
    )
    return first, second


def shown(reader, pair, **query):
    """Which of the two the list shows."""
    html = listing(reader, **query)
    return [application.reference in html for application in pair]


def change(application, **values):
    Application.objects.filter(pk=application.pk).update(**values)


def test_criteria_are_all_met_or_not(reader, pair):
    change(pair[0], met=6, asked=6)
    change(pair[1], met=5, asked=6)
    assert shown(reader, pair, criteria="all") == [True, False]
    assert shown(reader, pair, criteria="some") == [False, True]
    change(pair[0], met=0, asked=0)
    assert shown(reader, pair, criteria="all") == [False, False]


def test_a_discussion_is_booked_or_not(reader, pair):
    book(pair[0])
    assert shown(reader, pair, booked="yes") == [True, False]
    assert shown(reader, pair, booked="no") == [False, True]


def test_what_was_sent_within_the_grace(reader, pair):
    change(pair[1], in_grace=True)
    assert shown(reader, pair, flagged="in_grace") == [False, True]


def test_what_is_held_is_hidden_until_it_is_asked_for(reader, pair):
    change(pair[0], suspicion="fast")
    assert shown(reader, pair) == [False, True]
    assert shown(reader, pair, state="interest_sent") == [False, True]
    assert shown(reader, pair, flagged="in_grace") == [False, False]
    assert shown(reader, pair, flagged="quarantine") == [True, False]
    change(pair[0], cleared_at=clock.now())
    assert shown(reader, pair) == [True, True]
    assert shown(reader, pair, flagged="quarantine") == [False, False]


@pytest.mark.parametrize("flagged", ["", "quarantine", "nonsense"])
def test_a_filter_that_makes_no_sense_opens_no_quarantine(reader, pair, flagged):
    change(pair[0], suspicion="fast")
    expected = [True, False] if flagged == "quarantine" else [False, True]
    assert shown(reader, pair, state="nonsense", flagged=flagged) == expected


def test_states_kinds_and_academies_are_told_apart(reader, pair, academy):
    change(pair[0], state="selected")
    change(pair[1], organisation_kind="parish")
    assert shown(reader, pair, state="selected") == [True, False]
    assert shown(reader, pair, organisation_kind="parish") == [False, True]
    assert shown(reader, pair, academy=academy.pk) == [True, True]


@pytest.mark.parametrize("words", ["Muu kunta", "onni ostaja", "onni@muukunta"])
def test_names_and_addresses_are_searched(reader, pair, words):
    assert shown(reader, pair, q=words) == [False, True]


def test_a_reference_is_searched(reader, pair):
    assert shown(reader, pair, q=pair[0].reference) == [True, False]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "Vieras"},
        {"criteria": "all"},
        {"booked": "no"},
        {"flagged": "in_grace"},
        {"flagged": "quarantine"},
        {"state": "interest_sent"},
    ],
)
def test_no_filter_shows_another_academys(reader, site, academy, query):
    other = make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")
    foreign = make_application(other, organisation="Vieras kunta")
    if query.get("flagged") == "quarantine":
        change(foreign, suspicion="fast")
    change(foreign, in_grace=True)
    html = listing(reader, **query)
    assert foreign.reference not in html
    assert "Vieras kunta" not in html


def test_the_site_chooses_the_columns(reader, pair, settings):
    settings.KEINO_ACADEMY = {"APPLICATION_COLUMNS": ["organisation", "contact_email"]}
    html = listing(reader)
    assert "onni@muukunta.example" in html
    assert f">{pair[0].reference}" not in html
    assert reverse("keino_applications:inspect", args=[pair[0].pk]) in html


def test_every_column_can_be_shown_and_sorted_by(reader, pair, settings):
    settings.KEINO_ACADEMY = {"APPLICATION_COLUMNS": list(COLUMNS)}
    html = listing(reader)
    for text in ("onni@muukunta.example", "Kirkonkylän koulun peruskorjaus", "7654321-4", "10.5.2023"):
        assert text in html.replace("\xa0", " "), text
    for column in COLUMNS.values():
        if column.sort_key:
            assert pair[0].reference in listing(reader, ordering=f"-{column.sort_key}")


def test_a_column_that_is_not_there_is_told_and_left_out(reader, pair, settings):
    settings.KEINO_ACADEMY = {"APPLICATION_COLUMNS": ["reference", "shoe_size"]}
    (warning,) = [one for one in run_checks(tags=["keino_academy"]) if one.id == "keino_academy.W010"]
    assert "shoe_size" in warning.msg
    assert pair[0].reference in listing(reader)
    settings.KEINO_ACADEMY = {"APPLICATION_COLUMNS": ["shoe_size"]}
    assert "Koivurannan kaupunki" in listing(reader)


def test_the_default_columns_warn_of_nothing():
    assert not [one for one in run_checks(tags=["keino_academy"]) if one.id == "keino_academy.W010"]


@pytest.mark.parametrize("number", [0, 49])
def test_a_page_takes_few_queries_whatever_it_holds(
    reader, academy, number, settings, django_assert_num_queries
):
    settings.KEINO_ACADEMY = {"APPLICATION_COLUMNS": list(COLUMNS)}
    copies(make_application(academy), number)
    listing(reader)
    # The results alone: the page around them asks for the menu, which other rooms fill.
    with django_assert_num_queries(10):
        listing(reader)
