"""What is held back, and letting it through: who is told what, and when."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import AcademyRight
from keino_academy.applications import actions
from keino_academy.applications.enums import Actor
from keino_academy.applications.models import Application
from keino_academy.applications.queries import held
from keino_academy.applications.signals import application_sent
from keino_academy.core.models import OutboxMail
from keino_academy.core.text import unlinked
from tests.applications.journeys import EMAIL, Journey
from tests.applications.test_spam import MEMBER, NEWS, RECEIPT, TRAPPED, mails
from tests.factories.announcement import make_academy
from tests.factories.applications import business_id, make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]


@pytest.fixture
def suspected(client, academy, settings) -> Journey:
    """The way of somebody whose application is held back, and who has only begun it."""
    settings.KEINO_ACADEMY = {"CAPTCHA": "off"}
    way = Journey(academy, client)
    assert way.begin(**TRAPPED).status_code == 303
    return way


@pytest.fixture
def suspect(suspected) -> Application:
    """An application that is sent, and held back."""
    suspected.fill()
    assert suspected.send().status_code == 303
    return suspected.application


def organiser(django_user_model, academy, *rights):
    """Somebody with these rights in one academy."""
    group = Group.objects.create(name=f"Group {academy.code} {rights}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        AcademyRight.objects.create(group=group, academy=academy, right=right)
    user = django_user_model.objects.create_user(f"user{group.pk}", f"u{group.pk}@x.example", "x")
    user.groups.add(group)
    return user


@pytest.fixture
def decider(django_user_model, academy):
    """A browser of somebody who decides."""
    browser = Client()
    browser.force_login(organiser(django_user_model, academy, Right.READ, Right.DECIDE))
    return browser


def clear_url(application: Application) -> str:
    return reverse("keino_applications:clear", args=[application.pk])


def inspected(browser, application: Application) -> str:
    return browser.get(reverse("keino_applications:inspect", args=[application.pk])).content.decode()


def test_letting_through_sends_what_was_held_back_once(decider, suspect):
    heard = []
    application_sent.connect(
        lambda **kwargs: heard.append(kwargs["application"].pk), weak=False, dispatch_uid="t"
    )
    try:
        shown = decider.get(clear_url(suspect))
        assert shown.status_code == 200
        assert mails() == []
        for _time in range(2):
            response = decider.post(clear_url(suspect))
            assert response.status_code == 302
            assert response["Location"] == reverse("keino_applications:inspect", args=[suspect.pk])
    finally:
        application_sent.disconnect(dispatch_uid="t")
    suspect.refresh_from_db()
    assert (suspect.suspicion, suspect.cleared_at) == ("trap", timezone.now())
    assert mails() == [MEMBER, NEWS, RECEIPT]
    assert heard == [suspect.pk]
    (entry,) = ModelLogEntry.objects.filter(action="keino_academy.clear")
    assert (entry.object_id, entry.data) == (str(suspect.pk), {"suspicion": "trap"})
    assert entry.user is not None


def test_the_receipt_that_was_held_back_is_the_ordinary_one(decider, suspect, academy):
    decider.post(clear_url(suspect))
    late = OutboxMail.objects.get(kind="applications/receipt")
    way = Journey(academy, business_id=business_id(1), email="toimisto@koivuranta.example")
    way.begin("plain")
    way.fill()
    way.send()
    other = way.application
    plain = OutboxMail.objects.get(kind="applications/receipt", to=other.contact_email)
    # But for what is each one's own.
    names = ("reference", "secret", "business_id", "contact_email")
    own = {unlinked(getattr(other, name)): unlinked(getattr(suspect, name)) for name in names}
    for theirs, ours in own.items():
        plain.text, plain.subject = plain.text.replace(theirs, ours), plain.subject.replace(theirs, ours)
    assert late.text.splitlines() == plain.text.splitlines()
    assert late.subject == plain.subject


def test_nothing_is_written_to_anybody_on_the_way(suspected):
    assert mails() == []
    suspected.client.post(suspected.url("application_link"))
    suspected.client.post(suspected.url("application_link"), {"renew": "1"})
    suspected.open_link()
    suspected.fill()
    assert mails() == []
    assert suspected.application.organisation_key == ""
    assert suspected.send().status_code == 303
    assert (suspected.application.state, suspected.application.organisation_key) == ("interest_sent", "")
    suspected.save("pilot", **{"q-pilot_title": "Uusi"})
    assert suspected.application.pilot.title == "Uusi"
    assert mails() == []


def test_one_that_comes_late_is_marked_and_told_of_to_nobody(suspected, academy, frozen):
    suspected.fill()
    frozen.move_to(academy.closes)
    suspected.open_link()
    suspected.send()
    application = suspected.application
    assert (application.state, application.late_at) == ("draft", academy.closes)
    assert mails() == []


def test_what_is_begun_under_suspicion_keeps_no_organisation_from_beginning_and_sending(suspected, academy):
    suspected.open_link()
    other = Journey(academy, email="toinen@koivuranta.example")
    assert other.begin("second").status_code == 303
    other.open_link()
    other.fill()
    assert other.send().status_code == 303
    assert other.application.organisation_key == "id:1234567-1"
    # And it can still be written, to be looked at by an organiser.
    suspected.fill()
    assert suspected.send().status_code == 303
    assert suspected.application.organisation_key == ""


def test_what_is_let_through_is_met_by_the_name_that_it_has_then(decider, suspected, academy):
    suspected.fill()
    suspected.save("organisation", **{"q-organisation": "Koivulan kunta"})
    suspected.send()
    decider.post(clear_url(suspected.application))
    for name, status in (("Koivulan kunta", 409), ("Koivurannan kaupunki", 303)):
        other = Journey(academy, organisation=name, business_id="", email=f"{status}@koivuranta.example")
        assert other.begin(name).status_code == status


def test_the_button_is_there_while_it_is_needed_and_for_who_decides(
    decider, suspect, academy, django_user_model
):
    assert clear_url(suspect) in inspected(decider, suspect)
    reader = Client()
    reader.force_login(organiser(django_user_model, academy, Right.READ))
    assert clear_url(suspect) not in inspected(reader, suspect)
    decider.post(clear_url(suspect))
    assert clear_url(suspect) not in inspected(decider, suspect)
    assert clear_url(suspect) not in inspected(decider, make_application(academy))


def test_the_inspection_page_says_why(decider, suspect):
    user = decider.get(clear_url(suspect)).wsgi_request.user
    UserProfile.objects.create(user=user, preferred_language="en")
    assert "a field that people do not see was filled in" in inspected(decider, suspect)
    html = decider.get(clear_url(suspect)).content.decode()
    assert "The application is held back: a field that people do not see was filled in." in html
    assert "The organiser gets word of the application: organiser@osaamiskeskus.example" in html
    decider.post(clear_url(suspect))
    assert "The application is not held back." in decider.get(clear_url(suspect)).content.decode()


def test_others_let_nothing_through(suspect, academy, site, django_user_model):
    other = make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")
    elsewhere = organiser(django_user_model, other, Right.READ, Right.DECIDE)
    reader = organiser(django_user_model, academy, Right.READ)
    for user in (None, reader, elsewhere):
        browser = Client()
        if user is not None:
            browser.force_login(user)
        for method in (browser.get, browser.post):
            # The language middleware of this site leads a 404 on to /fi/…, where there is nothing either.
            response = method(clear_url(suspect), follow=True)
            assert "let it through" not in response.content.decode().casefold()
    assert mails() == []
    assert Application.objects.filter(held()).count() == 1


def test_what_the_applicant_does_meanwhile_writes_to_nobody(suspect):
    actions.correct_address(suspect, "uhri@muualla.example")
    assert actions.send_links("uhri@muualla.example", "fi") == 0
    actions.withdraw(suspect)
    assert mails() == []
    with pytest.raises(actions.NotPossible):
        actions.clear(suspect, None)
    assert mails() == []


def test_what_was_let_through_goes_to_the_corrected_address(suspect):
    actions.correct_address(suspect, "oikea@koivuranta.example")
    actions.clear(suspect, None)
    assert mails() == [MEMBER, NEWS, ("applications/receipt", "oikea@koivuranta.example")]
    assert actions.send_links("oikea@koivuranta.example", "fi") == 1


def test_an_organiser_who_acts_on_it_is_heard(suspect):
    actions.move(suspect, "return", Actor.ORGANISER)
    assert mails() == [("applications/returned", EMAIL)]


def test_what_is_held_back_keeps_no_organisation_from_applying(decider, suspect, academy):
    assert suspect.organisation_key == ""
    made = make_application(academy, business_id=suspect.business_id)
    response = decider.post(clear_url(suspect), follow=True)
    suspect.refresh_from_db()
    assert (suspect.cleared_at, suspect.organisation_key) == (None, "")
    assert "Organisaatiolla on toinen hakemus. Mitään ei muutettu." in response.content.decode()
    actions.withdraw(made)
    decider.post(clear_url(suspect))
    suspect.refresh_from_db()
    assert suspect.organisation_key == f"id:{suspect.business_id}"


def test_nobody_is_reminded_for_what_is_held_back(suspected, suspect):
    suspected.open_link()
    suspected.client.post(suspected.url("application_remind"), {"who": "1"})
    assert mails() == []


def kept_path(way) -> str:
    """The address that the page tells its reader to save, as a path."""
    keep = way.client.get(way.url("application")).context["keep"]
    assert keep.startswith("http://testserver/")
    return keep.removeprefix("http://testserver")


def test_a_draft_that_is_held_back_is_found_again_by_the_address_on_its_page(suspected):
    suspected.save("pilot", **{"q-pilot_title": "Silta"})
    page = suspected.client.get(suspected.url("application") + "?begun=1").content.decode()
    browser, path = Client(), kept_path(suspected)
    assert path in page
    assert "on its way" not in page
    assert browser.get(path)["Location"] == suspected.url("application") + "?came=1"
    assert "Silta" in browser.get(suspected.url("application_answers")).content.decode()
    assert mails() == []
    # Whoever typed the address need not read its mail.
    assert (suspected.application.opened_at, suspected.application.organisation_key) == (None, "")


def test_that_address_goes_on_working_once_it_is_let_through_and_dies_with_the_link(suspected, decider):
    path = kept_path(suspected)
    suspected.fill()
    suspected.send()
    decider.post(clear_url(suspected.application))
    assert Client().get(path).status_code == 302
    assert suspected.application.opened_at is None
    actions.renew_link(suspected.application)
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("flipped", [0, 9, -1])
def test_that_address_with_one_character_changed_opens_nothing(suspected, flipped):
    start, token = kept_path(suspected).rstrip("/").rsplit("/", 1)
    letters = list(token)
    letters[flipped] = "A" if letters[flipped] != "A" else "B"
    assert Client().get(f"{start}/{''.join(letters)}/").status_code == 404


def test_whoever_gets_the_link_by_mail_is_shown_no_other_address(client, academy):
    way = Journey(academy, client)
    way.begin()
    assert way.client.get(way.url("application")).context["keep"] == ""
