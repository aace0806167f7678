"""A draft is its applicant's alone: it appears in no list, export, search, count or page of an organiser."""

import pytest
from django.db import DatabaseError
from django.db.models.signals import post_save
from django.urls import reverse

from keino_academy.announcement.enums import Right
from keino_academy.applications.actions import withdraw
from keino_academy.applications.models import Pilot, TeamMember
from keino_academy.applications.queries import visible_to_organisers
from keino_academy.applications.unbooked import unbooked
from keino_academy.core import clock
from keino_academy.core.models import OutboxMail
from keino_academy.core.outbox import post
from tests.applications.organisers import draft, exported, in_english, listing, organiser, question_of
from tests.factories.announcement import make_academy
from tests.factories.applications import business_id, make_application
from tests.factories.booking import make_series

pytestmark = pytest.mark.django_db

SEEDED = "Salainen kunta"


@pytest.fixture
def decider(django_user_model, academy):
    return in_english(organiser(django_user_model, academy, Right.READ, Right.DECIDE, Right.BOOKINGS))


@pytest.fixture
def unsent(academy):
    """A draft of which nothing may be found, beside one that was sent."""
    make_application(academy, organisation="Lähettänyt kunta")
    return draft(
        make_application(
            academy, organisation=SEEDED, contact_name=SEEDED, contact_email="salainen@kunta.example"
        )
    )


def pages(application):
    names = ("inspect", "history", "history_results", "usage", "return", "clear", "extend", "accept_late")
    found = [reverse(f"keino_applications:{name}", args=[application.pk]) for name in names]
    return [*found, reverse("keino_selection:select", args=[application.pk])]


def test_no_list_search_or_export_holds_it(decider, unsent):
    for query in ({}, {"state": "draft"}, {"q": "Salainen"}, {"q": unsent.reference}, {"flagged": "late"}):
        html = listing(decider, **query)
        assert SEEDED not in html
        assert reverse("keino_applications:inspect", args=[unsent.pk]) not in html
    for kind in ("csv", "xlsx"):
        (row,) = exported(decider, kind)
        assert "Lähettänyt kunta" in row.values()


def test_no_page_of_it_is_found_and_nothing_is_done(decider, unsent):
    for url in pages(unsent):
        for response in (decider.get(url), decider.post(url, {"message": "x"})):
            assert response.status_code in {302, 404}
            assert SEEDED not in response.content.decode()
    unsent.refresh_from_db()
    assert (unsent.state, unsent.extended_until) == ("draft", None)


def test_neither_pilots_nor_who_has_not_booked_nor_mails_know_it(decider, academy, unsent):
    chart = decider.get(reverse("keino_applications:pilots_of", args=[academy.pk])).content.decode()
    assert "Lähettänyt kunta" in chart
    assert SEEDED not in chart
    assert [row.application.organisation for row in unbooked(make_series(academy))] == ["Lähettänyt kunta"]
    for about in (f"application:{unsent.pk}", "application:other"):
        post(
            "applications/withdrawn",
            to=f"{about[12:]}@kunta.example",
            language="fi",
            context={"application": unsent, "organisation": "", "academy": "", "organiser": ""},
            scope=academy.translation_key,
            about=about,
        )
    html = decider.get(reverse("keino_mails:index")).content.decode()
    assert "other@kunta.example" in html
    assert f"{unsent.pk}@kunta.example" not in html


def test_an_erased_one_is_gone_as_well(decider, academy):
    erased = draft(make_application(academy, organisation=SEEDED), state="erased")
    assert SEEDED not in listing(decider)
    assert decider.get(pages(erased)[0]).status_code in {302, 404}


def test_a_number_is_all_that_is_told(decider, academy, unsent, site):
    assert "1 draft has been begun and not sent; only its applicant reads it." in listing(decider)
    draft(make_application(academy, business_id=business_id(9)))
    two = "2 drafts have been begun and not sent; only their applicants read them."
    assert two in listing(decider)
    assert two in listing(decider, academy=academy.pk)
    other = make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")
    draft(make_application(other))
    assert two in listing(decider)
    for chosen in (other.pk, 10**30):
        assert "begun and not sent" not in listing(decider, academy=chosen)
    assert two in listing(decider, academy="²")


def test_what_is_late_or_held_back_is_no_hidden_draft(decider, academy):
    draft(make_application(academy), late_at=clock.now())
    draft(make_application(academy, business_id=business_id(9)), suspicion="trap")
    assert "begun and not sent" not in listing(decider)


def test_a_late_one_is_listed_flagged_and_found(decider, unsent):
    unsent = draft(unsent, late_at=clock.now())
    for query in ({}, {"flagged": "late"}, {"q": "Salainen"}, {"state": "draft"}):
        assert SEEDED in listing(decider, **query)
    assert "Draft, late" in listing(decider)
    assert "Lähettänyt kunta" not in listing(decider, flagged="late")
    assert decider.get(pages(unsent)[0]).status_code == 200
    assert len(exported(decider)) == 2


def test_a_draft_without_months_team_or_kind_is_shown_and_exported(decider, academy, settings):
    settings.KEINO_ACADEMY = {"APPLICATION_COLUMNS": ["reference", "kind", "pilot", "pilot_months", "met"]}
    late = draft(make_application(academy), late_at=clock.now(), organisation_kind="", answers={})
    asked = question_of(late, "period")
    TeamMember.objects.filter(application=late).delete()
    for months, shown in (
        ({"first_month": None, "last_month": None}, ""),
        ({"first_month": "2023-09-01", "last_month": None}, "syyskuu\xa02023 –"),
        ({"first_month": None, "last_month": "2024-02-01"}, "– helmikuu\xa02024"),
    ):
        Pilot.objects.filter(application=late).update(title="", category="", phase="", **months)
        assert late.reference in listing(decider)
        assert shown in decider.get(pages(late)[0]).content.decode()
        (row,) = exported(decider, language="fi")
        (period,) = [value for key, value in row.items() if key.endswith(f"[{asked}]")]
        assert period == shown
    Pilot.objects.filter(application=late).delete()
    assert late.reference in listing(decider)
    assert decider.get(pages(late)[0]).status_code == 200
    assert len(exported(decider)) == 1


@pytest.mark.parametrize(
    ("state", "late", "seen"),
    [
        ("draft", False, False),
        ("draft", True, True),
        ("erased", True, False),
        ("withdrawn", False, False),
        ("withdrawn", True, True),
    ],
)
def test_what_an_organiser_sees(academy, state, late, seen):
    application = make_application(academy)
    draft(application, state=state, late_at=clock.now() if late else None)
    assert academy.applications.filter(visible_to_organisers()).exists() is seen


@pytest.mark.parametrize("missing", ["first_month", "last_month"])
def test_a_pilot_without_both_months_is_not_drawn(decider, academy, missing):
    application = make_application(academy)
    url = reverse("keino_applications:pilots_of", args=[academy.pk])
    assert application.organisation in decider.get(url).content.decode()
    Pilot.objects.filter(application=application).update(**{missing: None})
    response = decider.get(url)
    assert response.status_code == 200
    assert application.organisation not in response.content.decode()


def test_a_draft_that_is_withdrawn_stays_unseen_and_the_organiser_hears_nothing(decider, academy, unsent):
    withdraw(unsent)
    assert list(
        OutboxMail.objects.filter(about=f"application:{unsent.pk}").values_list("kind", flat=True)
    ) == ["applications/withdrawn"]
    for query in ({}, {"state": "withdrawn"}, {"q": "Salainen"}):
        assert SEEDED not in listing(decider, **query)
    assert decider.get(pages(unsent)[0]).status_code in {302, 404}
    assert "salainen@kunta.example" not in decider.get(reverse("keino_mails:index")).content.decode()


def test_what_was_sent_and_withdrawn_is_seen(academy):
    withdraw(make_application(academy))
    assert academy.applications.filter(visible_to_organisers()).exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_withdrawn_of_which_the_organiser_can_not_be_told(academy):
    application = make_application(academy)

    def fail(instance, **kwargs):
        if instance.kind == "applications/organiser_withdrawn":
            raise DatabaseError

    post_save.connect(fail, sender=OutboxMail, weak=False, dispatch_uid="t")
    try:
        with pytest.raises(DatabaseError):
            withdraw(application)
    finally:
        post_save.disconnect(sender=OutboxMail, dispatch_uid="t")
    application.refresh_from_db()
    assert application.state == "interest_sent"
