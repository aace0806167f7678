"""Late drafts: what an organiser reads of them, giving them more time, and taking them as sent."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from keino_academy.announcement.enums import Right
from keino_academy.applications.actions import NotPossible, accept_late, extend, move
from keino_academy.applications.enums import Actor
from keino_academy.applications.models import Application, Pilot
from keino_academy.applications.signals import application_sent
from keino_academy.applications.writing import takes
from keino_academy.core import clock
from keino_academy.core.models import OutboxMail
from tests.applications.organisers import draft, in_english, organiser, question_of
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]

ZONE = ZoneInfo("Europe/Helsinki")
REASON = "Kirjaamo oli suljettu <b>juhannuksena</b>."


@pytest.fixture
def late(academy, frozen):
    """A complete draft of a call that has closed."""
    application = make_application(academy)
    frozen.move_to(academy.closes + timedelta(days=2))
    return draft(application, late_at=clock.now() - timedelta(hours=3))


@pytest.fixture
def decider(django_user_model, late):
    """Signed in once the call has closed."""
    return in_english(organiser(django_user_model, late.academy, Right.DECIDE))


def url_of(name, application):
    return reverse(f"keino_applications:{name}", args=[application.pk])


def page(client, application, **query):
    return client.get(url_of("inspect", application), query).content.decode()


def kinds():
    return sorted(OutboxMail.objects.values_list("kind", flat=True))


def test_the_page_tells_since_when_and_what_was_typed(decider, late):
    period = question_of(late, "period")
    late = draft(
        late,
        late_at=datetime(2023, 6, 2, 9, 30, tzinfo=ZONE),
        typed={
            "contact": {"q-contact_email": ["hankinnat(at)koivuranta"], "q-unknown": ["muuta"]},
            "pilot": {f"q-{period}-first": ["2023-13"], "q-pilot_category": ["design"], "q-x": [""]},
            "gone": {"q-pilot_title": ["<i>ei</i>"]},
        },
    )
    html = page(decider, late, language="en").replace("\xa0", " ")
    assert "<dt>Late since</dt><dd>2 June 2023, 9:30</dd>" in html
    assert html.count("Typed, not valid:") == 3
    for text in ("hankinnat(at)koivuranta", "2023-13", "</strong> Construction design</dd>"):
        assert text in html, text
    for text in ("muuta", "<i>ei"):
        assert text not in html, text
    assert "More time until" not in html


def test_more_time_is_noted_logged_and_mailed(late, django_user_model):
    user = django_user_model.objects.create_user("antaja", "a@x.example", "x")
    until = datetime(2023, 6, 20, 0, 0, tzinfo=ZONE)
    given = extend(late, until, f" {REASON}\x00\n", user)
    assert (given.state, given.extended_until, given.extension_reason) == ("draft", until, REASON)
    revision = given.revisions.get()
    assert (revision.transition, revision.actor, revision.user_id_text) == (
        "extend",
        "organiser",
        str(user.pk),
    )
    assert revision.made_at == clock.now()
    entry = ModelLogEntry.objects.get(action="keino_academy.extend")
    assert (entry.user, entry.data) == (user, {"until": "2023-06-20T00:00:00+03:00"})
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to, mail.about) == (
        "applications/extended",
        late.contact_email,
        f"application:{late.pk}",
    )
    assert late.secret in mail.text
    assert "19.6.2023" in mail.text
    assert "23.59" in mail.text
    assert "juhannuksena" not in mail.text


def test_more_time_lets_it_be_sent_until_its_moment(academy, late, frozen):
    assert not takes(late)
    with pytest.raises(NotPossible):
        move(late, "send_interest", Actor.APPLICANT)
    until = clock.now() + timedelta(hours=1)
    given = extend(late, until, REASON, None)
    assert takes(given)
    frozen.move_to(until - timedelta(seconds=1))
    assert takes(given)
    frozen.move_to(until)
    assert not takes(given)
    with pytest.raises(NotPossible):
        move(given, "send_interest", Actor.APPLICANT)
    frozen.move_to(until - timedelta(seconds=1))
    assert move(given, "send_interest", Actor.APPLICANT).sent_at == clock.now()


@pytest.mark.parametrize(("hours", "reason"), [(0, REASON), (-1, REASON), (1, " \x00\n")])
def test_a_moment_that_has_passed_and_no_reason_change_nothing(late, hours, reason):
    with pytest.raises(NotPossible):
        extend(late, clock.now() + timedelta(hours=hours), reason, None)
    late.refresh_from_db()
    assert (late.extended_until, late.extension_reason, kinds()) == (None, "", [])


@pytest.mark.parametrize("state", ["interest_sent", "returned", "selected", "withdrawn", "erased"])
def test_only_a_draft_gets_more_time_or_is_taken(late, state):
    Application.objects.filter(pk=late.pk).update(state=state)
    for verb in (
        lambda: extend(late, clock.now() + timedelta(days=1), REASON, None),
        lambda: accept_late(late, None),
    ):
        with pytest.raises(NotPossible):
            verb()
    late.refresh_from_db()
    assert (late.state, late.extended_until, kinds()) == (state, None, [])


def test_what_is_held_back_gets_time_and_no_mail(late):
    late = draft(late, suspicion="trap")
    extend(late, clock.now() + timedelta(days=1), REASON, None)
    assert kinds() == []


def test_the_form_gives_time_by_the_academys_clock(decider, late):
    url = url_of("extend", late)
    assert url in page(decider, late)
    html = decider.get(url).content.decode()
    assert late.contact_email in html
    response = decider.post(url, {"day": "2023-06-20", "at": "23:59", "reason": REASON}, follow=True)
    assert response.redirect_chain == [(url_of("inspect", late), 302)]
    late.refresh_from_db()
    assert late.extended_until == datetime(2023, 6, 21, tzinfo=ZONE)
    html = response.content.decode().replace("\xa0", " ")
    assert "<dt>More time until</dt><dd>20 June 2023, 23:59</dd>" in html
    assert "Kirjaamo oli suljettu &lt;b&gt;juhannuksena&lt;/b&gt;." in html
    assert "More time has been given until 20 June 2023, 23:59." in decider.get(url).content.decode().replace(
        "\xa0", " "
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "2023-05-01"}, "day"),
        ({"day": "2023-02-30"}, "day"),
        ({"day": "0001-01-01", "at": "00:00"}, "day"),
        ({"day": "x\x00"}, "day"),
        ({"at": ""}, "at"),
        ({"at": "25:00"}, "at"),
        ({"reason": ""}, "reason"),
        ({"reason": "  \n"}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
    ],
)
def test_bad_input_is_an_error_beside_its_field(decider, late, changed, field):
    data = {"day": "2023-06-20", "at": "12:00", "reason": REASON} | changed
    response = decider.post(url_of("extend", late), data)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    late.refresh_from_db()
    assert (late.extended_until, kinds()) == (None, [])


def test_the_applicant_never_reads_the_reason(late):
    extend(late, clock.now() + timedelta(days=1), REASON, None)
    client = Client()
    client.get(reverse("keino_academy:application_open", args=["fi", late.secret]))
    own = client.get(reverse("keino_academy:application", args=["fi", late.reference]))
    assert own.status_code == 200
    assert "juhannuksena" not in own.content.decode()


def test_taking_it_sends_it_claims_the_place_and_tells_all(late, django_user_model):
    user, heard = django_user_model.objects.create_user("ottaja", "o@x.example", "x"), []

    def receiver(application, **_news):
        heard.append(application.pk)

    application_sent.connect(receiver)
    since = late.late_at
    try:
        taken = accept_late(late, user)
    finally:
        application_sent.disconnect(receiver)
    assert (taken.state, taken.sent_at, taken.late_at) == ("interest_sent", clock.now(), since)
    assert taken.organisation_key == "id:1234567-1"
    assert heard == [late.pk]
    assert [kind for kind in kinds() if "member" not in kind] == [
        "applications/organiser_new",
        "applications/receipt",
    ]
    revision = taken.revisions.get()
    assert (revision.transition, revision.actor, revision.user_id_text) == (
        "accept_late",
        "organiser",
        str(user.pk),
    )
    with pytest.raises(NotPossible):
        accept_late(late, user)
    assert heard == [late.pk]


def test_what_was_held_back_is_let_through_with_it(late):
    taken = accept_late(draft(late, suspicion="trap"), None)
    assert taken.cleared_at == clock.now()
    assert kinds().count("applications/receipt") == 1


def test_one_that_is_not_late_is_not_taken(late):
    with pytest.raises(NotPossible):
        accept_late(draft(late, late_at=None), None)
    late.refresh_from_db()
    assert (late.state, late.organisation_key, kinds()) == ("draft", "", [])


def test_an_organisation_that_applied_meanwhile_is_not_taken_twice(academy, late, frozen):
    frozen.move_to(academy.opens + timedelta(days=1))
    make_application(academy, business_id=late.business_id)
    OutboxMail.objects.all().delete()
    frozen.move_to(academy.closes + timedelta(days=2))
    with override("en"), pytest.raises(NotPossible, match="The organisation has another application"):
        accept_late(late, None)
    late.refresh_from_db()
    assert (late.state, kinds()) == ("draft", [])


def lack_team(application):
    application.team.all().delete()


def lack_month(application):
    Pilot.objects.filter(application=application).update(last_month=None)


def lack_answers(application):
    Application.objects.filter(pk=application.pk).update(answers={})


def lack_phone(application):
    Application.objects.filter(pk=application.pk).update(contact_name="")


def lack_mending(application):
    Application.objects.filter(pk=application.pk).update(typed={"contact": {"q-contact_phone": ["x"]}})


@pytest.mark.parametrize("lack", [lack_team, lack_month, lack_answers, lack_phone, lack_mending])
def test_what_lacks_something_is_not_taken_and_has_no_button(decider, late, lack):
    assert url_of("accept_late", late) in page(decider, late)
    lack(late)
    assert url_of("accept_late", late) not in page(decider, late)
    html = decider.get(url_of("accept_late", late)).content.decode()
    assert "Something is missing from the application." in html
    decider.post(url_of("accept_late", late))
    late.refresh_from_db()
    assert (late.state, late.organisation_key, kinds()) == ("draft", "", [])


def test_the_button_takes_it_once(decider, late):
    url = url_of("accept_late", late)
    assert late.contact_email in decider.get(url).content.decode()
    late.refresh_from_db()
    assert late.state == "draft"
    for _time in range(2):
        assert decider.post(url)["Location"] == url_of("inspect", late)
    late.refresh_from_db()
    assert late.state == "interest_sent"
    assert kinds().count("applications/receipt") == 1
    html = page(decider, late)
    assert "Late since" in html
    assert url not in html


def test_who_only_reads_gives_no_time_and_takes_nothing(django_user_model, academy, late):
    reader = organiser(django_user_model, academy, Right.READ)
    for name in ("extend", "accept_late"):
        url = url_of(name, late)
        assert url not in page(reader, late)
        for response in (
            reader.get(url),
            reader.post(url, {"day": "2023-06-20", "at": "12:00", "reason": "x"}),
        ):
            assert response.status_code == 302
    late.refresh_from_db()
    assert (late.state, late.extended_until) == ("draft", None)


def test_who_decides_elsewhere_finds_nothing(django_user_model, site, late):
    other = make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")
    stranger = organiser(django_user_model, other, Right.DECIDE)
    for name in ("extend", "accept_late"):
        url = url_of(name, late)
        for response in (
            stranger.get(url),
            stranger.post(url, {"day": "2023-06-20", "at": "12:00", "reason": "x"}),
        ):
            assert response.status_code in {302, 404}
            assert "Koivurannan" not in response.content.decode()
    late.refresh_from_db()
    assert (late.state, late.extended_until) == ("draft", None)
