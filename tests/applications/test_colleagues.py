"""Colleagues write an application along by links of their own, which the contact person gives and takes back."""

import re
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from keino_academy.applications.actions import ask_to_join, move, renew_link
from keino_academy.applications.actions.inviting import invite_colleague
from keino_academy.applications.colleagues import MOST_COLLEAGUES, colleague_link
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.models import Application, Colleague
from keino_academy.applications.queries import application_link, find_application, holder_token
from keino_academy.core.doors import sign
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import EMAIL, Journey
from tests.factories.announcement import make_academy
from tests.factories.booking import make_booking, make_series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]

KATRI = "katri@koivuranta.example"


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


@pytest.fixture
def way(academy) -> Journey:
    """An applicant in English who has begun, and opened the link in the mail."""
    way = Journey(academy, language="en")
    way.begin()
    way.open_link()
    return way


def form_token(age: float = 60) -> str:
    return signing.dumps(["application-colleague", "n", time.time() - age], salt="keino_academy.form")


def invite(way, email=KATRI, client=None, **more):
    data = {"email": email, "form_token": form_token(), **more}
    return (client or way.client).post(way.url("application_colleagues"), data)


def press(way, **button):
    return way.client.post(way.url("application_colleagues"), button)


def colleagues_browser(way, email=KATRI) -> Client:
    """The browser of somebody who came by the link that was mailed to them."""
    browser = Client()
    sent = OutboxMail.objects.filter(kind="applications/colleague_invited", to=email)
    mail = sent.filter(about=f"application:{way.application.pk}").order_by("pk").last()
    link = re.search(r"https?://\S+/application/colleague/\S+", mail.text)[0]
    answer = browser.get(path_of(link))
    assert (answer.status_code, answer["Location"]) == (302, way.url("application") + "?came=1")
    return browser


def mails():
    return list(
        OutboxMail.objects.filter(kind="applications/colleague_invited")
        .order_by("pk")
        .values_list("to", flat=True)
    )


def text_of(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


def write(way, browser, **changed):
    """The answer to the pilot's part, saved from the page that the browser last saw of it."""
    url = way.url("application_section", section="pilot")
    shown = browser.get(url).context
    data = {"key": shown["key"], "count": shown["count"]} | way.texts("pilot", **changed)
    return browser.post(url, data)


# --- Inviting -------------------------------------------------------------------------------------


def test_the_contact_person_invites_and_the_colleague_gets_a_link_of_their_own(way, academy):
    answer = invite(way)
    assert (answer.status_code, answer["Location"]) == (
        303,
        way.url("application_colleagues") + "?done=invited",
    )
    colleague = Colleague.objects.get()
    assert (colleague.email, colleague.invited_at, colleague.opened_at) == (KATRI, timezone.now(), None)
    mail = OutboxMail.objects.get(kind="applications/colleague_invited")
    assert (mail.to, mail.language, mail.reply_to, mail.scope) == (
        KATRI,
        "en",
        EMAIL,
        academy.translation_key,
    )
    assert mail.subject == "Work on an application: Kiertotaloushankintojen johtaminen"
    assert f"{EMAIL} invites you to work on the application of Koivurannan kaupunki" in mail.text
    assert colleague_link(colleague) in mail.text
    assert way.application.secret not in mail.text
    page = text_of(way.client.get(answer["Location"]))
    assert "The link is on its way." in page
    assert "The link was sent on 10 May 2023, 12:00. It has not been opened yet." in page


def test_the_page_says_when_the_link_was_first_opened(way, frozen):
    invite(way)
    frozen.shift(timedelta(hours=2))
    browser = colleagues_browser(way)
    opened = timezone.now()
    frozen.shift(timedelta(hours=1))
    colleagues_browser(way)
    browser.get(way.url("application"))
    assert Colleague.objects.get().opened_at == opened
    assert "First opened on 10 May 2023, 14:00." in text_of(way.client.get(way.url("application_colleagues")))


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Write the address of the colleague."),
        ("katri", "Write the address like name@example.org."),
        ("katri@koivuranta.example\r\nBcc: b@x.example", "Write the address like name@example.org."),
        ("katri@koivuranta.example\nb@x.example", "Write the address like name@example.org."),
        ("\x00\u202e", "Write the address of the colleague."),
        ("a" * 250 + "@x.example", "Write a shorter address."),
        ("katri@koivuranta.example, b@x.example", "Write the address like name@example.org."),
    ],
)
def test_what_is_no_address_is_explained(way, email, said):
    answer = invite(way, email)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert (Colleague.objects.count(), mails()) == (0, [])


@pytest.mark.parametrize(
    ("email", "said"),
    [
        (EMAIL, "This is your own address. Write the address of a colleague."),
        (EMAIL.upper(), "This is your own address. Write the address of a colleague."),
        ("KATRI@Koivuranta.example", "This address is invited already."),
    ],
)
def test_oneself_and_whoever_is_invited_are_not_invited(way, email, said):
    invite(way)
    answer = invite(way, email)
    assert answer.status_code == 409
    assert said in text_of(answer)
    assert f'value="{email}"' in text_of(answer)
    assert mails() == [KATRI]


def test_the_eleventh_is_told_that_there_is_no_room(way):
    for number in range(MOST_COLLEAGUES):
        invite_colleague(way.application, f"k{number}@koivuranta.example")
    assert MOST_COLLEAGUES == 10
    page = text_of(way.client.get(way.url("application_colleagues")))
    assert "10 colleagues are invited, and there is room for no more." in page
    assert 'name="email"' not in page
    answer = invite(way)
    assert answer.status_code == 409
    assert "there is room for no more. Take one invitation back first." in text_of(answer)
    assert Colleague.objects.count() == 10
    press(way, remove=Colleague.objects.first().pk)
    assert invite(way).status_code == 303


@pytest.mark.parametrize("trap", [{"website2": "x"}, {"form_token": ""}, {"form_token": form_token(1)}])
def test_what_a_machine_sends_invites_nobody(way, trap):
    assert invite(way, **trap).status_code == 422
    assert mails() == []


def test_before_the_mails_link_was_opened_nobody_is_invited(academy):
    way = Journey(academy, language="en")
    way.begin()
    said = "Open the application once by the link in the message that we sent to you."
    page = text_of(way.client.get(way.url("application_colleagues")))
    assert said in page
    assert 'name="email"' not in page
    answer = invite(way)
    assert (answer.status_code, mails()) == (409, [])
    assert said in text_of(answer)
    way.open_link()
    assert invite(way).status_code == 303


def test_who_corrects_the_address_invites_nobody_in_its_name_before_its_own_link_was_opened(way):
    token = signing.dumps(["application-address", "n", time.time() - 60], salt="keino_academy.form")
    data = {"email": "johtaja@koivuranta.example", "form_token": token}
    assert way.client.post(way.url("application_address"), data).status_code == 303
    way.started["email"] = "johtaja@koivuranta.example"
    assert way.client.get(way.url("application")).status_code == 200
    assert (invite(way).status_code, mails()) == (409, [])
    way.open_link()
    assert (invite(way).status_code, mails()) == (303, [KATRI])


def test_of_what_is_held_back_no_mail_goes_out(way):
    Application.objects.update(suspicion="trap")
    assert "Nobody can be invited yet." in text_of(way.client.get(way.url("application_colleagues")))
    assert (invite(way).status_code, mails()) == (409, [])


@pytest.mark.parametrize("state", [one for one in ApplicationState.values if one != "erased"])
def test_one_is_invited_only_while_the_application_is_written(way, state):
    invite(way, "eka@koivuranta.example")
    Application.objects.update(state=state)
    written = state in {"draft", "interest_sent", "returned"}
    assert invite(way).status_code == (303 if written else 409)
    first = Colleague.objects.get(email="eka@koivuranta.example")
    assert press(way, again=first.pk).status_code == (303 if written else 409)
    assert press(way, remove=first.pk).status_code == 303
    assert mails() == ["eka@koivuranta.example"] + [KATRI, "eka@koivuranta.example"] * written
    assert not Colleague.objects.filter(email="eka@koivuranta.example").exists()


def test_inviting_again_gives_the_same_link(way, frozen):
    invite(way)
    secret = Colleague.objects.get().secret
    frozen.shift(timedelta(days=1))
    answer = press(way, again=Colleague.objects.get().pk)
    assert (answer.status_code, answer["Location"]) == (
        303,
        way.url("application_colleagues") + "?done=again",
    )
    assert mails() == [KATRI, KATRI]
    assert Colleague.objects.get().secret == secret
    assert all(secret in mail.text for mail in OutboxMail.objects.filter(to=KATRI))
    assert Colleague.objects.get().invited_at == timezone.now()


@pytest.mark.parametrize("button", ["again", "remove"])
@pytest.mark.parametrize("told", ["", "0", "99999", "\x00", "\u0661", "-1", "9" * 40, "1 or 1"])
def test_a_made_up_number_does_nothing(way, button, told):
    invite(way)
    assert press(way, **{button: told}).status_code == 303
    assert (mails(), Colleague.objects.count()) == ([KATRI], 1)


def test_another_applications_colleague_is_out_of_reach(way, academy):
    other = Journey(academy, language="en", organisation="Toinen", business_id="", email="toinen@x.example")
    other.begin(nonce="second")
    other.open_link()
    invite(other, "kaveri@x.example")
    theirs = Colleague.objects.get()
    assert press(way, again=theirs.pk).status_code == 303
    assert press(way, remove=theirs.pk).status_code == 303
    assert (mails(), Colleague.objects.count()) == (["kaveri@x.example"], 1)
    assert colleagues_browser(other, "kaveri@x.example").get(way.url("application")).status_code == 404


def test_we_are_no_cannon(way, settings):
    settings.KEINO_ACADEMY = {"RATE_MAIL": (2, 3600)}
    statuses = [invite(way, f"k{number}@x.example").status_code for number in range(3)]
    assert statuses == [303, 303, 429]
    assert mails() == ["k0@x.example", "k1@x.example"]
    answer = press(way, again=Colleague.objects.first().pk)
    assert answer.status_code == 429
    assert "Nothing was sent now: try again in an hour." in text_of(answer)


def test_one_address_gets_only_so_many_from_all_applications(academy, settings):
    settings.KEINO_ACADEMY = {"RATE_MAIL": (2, 3600)}
    statuses = []
    for number in range(3):
        way = Journey(
            academy,
            language="en",
            organisation=f"Kunta {number}",
            business_id="",
            email=f"k{number}@x.example",
        )
        way.client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        way.begin(nonce=f"n{number}")
        way.open_link()
        statuses.append(invite(way).status_code)
    assert statuses == [303, 303, 429]
    assert mails() == [KATRI, KATRI]


def test_a_foreign_form_and_reading_change_nothing(way):
    invite(way)
    strict = Client(enforce_csrf_checks=True)
    strict.get(path_of(application_link(way.application)))
    url = way.url("application_colleagues")
    assert strict.post(url, {"remove": Colleague.objects.get().pk}).status_code == 403
    for done in ("", "?done=removed", "?done=<b>x", "?remove=1"):
        assert "<b>x" not in text_of(way.client.get(url + done))
        way.client.head(url + done)
    assert (mails(), Colleague.objects.count()) == ([KATRI], 1)


def test_what_strangers_typed_is_no_link_in_the_mail(academy):
    way = Journey(
        academy, language="en", organisation="Kunta http://evil.example www.evil.example", business_id=""
    )
    way.begin()
    way.open_link()
    invite(way)
    mail = OutboxMail.objects.get(kind="applications/colleague_invited")
    assert not re.search(r"https?://evil|\bevil\.example", f"{mail.subject}\n{mail.text}")


# --- Writing along --------------------------------------------------------------------------------


def test_a_colleague_reads_and_writes_and_reads_all_answers(way):
    invite(way)
    browser = colleagues_browser(way)
    page = text_of(browser.get(way.url("application")))
    assert "Koivurannan kaupunki" in page
    assert "The contact person sends it: hankinnat@koivuranta.example." in page
    assert write(way, browser).status_code == 303
    assert way.application.pilot.title == "Kirkonkylän koulun peruskorjaus"
    assert "Kirkonkylän koulun peruskorjaus" in text_of(browser.get(way.url("application_answers")))
    assert browser.get(way.url("application_print")).status_code == 200


def test_the_key_in_a_colleagues_form_opens_no_more_than_their_own_link(way):
    invite(way)
    url = way.url("application_section", section="pilot")
    shown = colleagues_browser(way).get(url).context
    data = {"key": shown["key"], "count": shown["count"]} | way.texts("pilot")
    elsewhere = Client()
    assert elsewhere.post(url, data).status_code == 303
    assert elsewhere.get(way.url("application")).status_code == 200
    assert elsewhere.get(way.url("application_withdraw")).status_code == 403
    assert elsewhere.post(way.url("application_answers"), {"q-entitled": "on"}).status_code == 403
    press(way, remove=Colleague.objects.get().pk)
    assert Client().post(url, data).status_code == 404
    assert elsewhere.post(url, data).status_code == 404


CONTACTS = ("address", "link", "withdraw", "decision", "colleagues")


@pytest.mark.parametrize("name", CONTACTS)
def test_what_belongs_to_the_contact_person_is_closed_to_a_colleague(way, name):
    invite(way)
    browser, url = colleagues_browser(way), way.url(f"application_{name}")
    before = Application.objects.values().get()
    data = {"email": "x@x.example", "renew": "", "form_token": form_token()}
    for answer in (browser.get(url), browser.post(url, data), browser.post(url, {"remove": "1"})):
        assert answer.status_code == 403
        assert "Only the contact person can do that" in text_of(answer)
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-store", "strict-origin")
    assert Application.objects.values().get() == before
    assert (mails(), Colleague.objects.count()) == ([KATRI], 1)
    assert way.client.get(url).status_code == 200


def test_a_colleague_does_not_send(way):
    way.fill()
    invite(way)
    browser = colleagues_browser(way)
    page = text_of(browser.get(way.url("application_answers")))
    assert "The contact person sends the application: hankinnat@koivuranta.example." in page
    assert "Send the expression of interest" not in page
    assert browser.post(way.url("application_answers"), {"q-entitled": "on"}).status_code == 403
    assert way.application.state == "draft"
    assert way.send().status_code == 303
    assert way.application.state == "interest_sent"


@pytest.mark.parametrize("state", ["draft", "returned", "interest_sent"])
def test_no_page_of_a_colleagues_leads_to_what_is_closed_to_them(way, academy, state):
    way.fill()
    way.send()
    Application.objects.update(state=state)
    series = make_series(academy, slots=2)
    booking = make_booking(series.slots.first(), key=f"application:{way.application.pk}")
    invite(way)
    browser = colleagues_browser(way)
    for name in ("application", "application_answers", "application_print"):
        answer = browser.get(way.url(name), follow=True)
        page = answer.content.decode()
        for closed in CONTACTS:
            assert way.url(f"application_{closed}") not in page, (name, closed)
        # A key of a booking would outlive the colleague's own link.
        for key in (booking.secret, holder_token(way.application)[:20], way.application.secret):
            assert key not in page
    contact = text_of(way.client.get(way.url("application")))
    assert way.url("application_colleagues") in contact
    assert way.url("application_withdraw") in contact


def test_who_is_turned_out_is_out_everywhere_at_once_and_what_they_wrote_stays(way):
    invite(way)
    invite(way, "toinen@koivuranta.example")
    browsers = [colleagues_browser(way), colleagues_browser(way)]
    other = colleagues_browser(way, "toinen@koivuranta.example")
    secret = Colleague.objects.get(email=KATRI).secret
    write(way, browsers[0])
    url = way.url("application_section", section="pilot")
    opened = browsers[0].get(url).context
    answer = press(way, remove=Colleague.objects.get(email=KATRI).pk)
    assert answer["Location"] == way.url("application_colleagues") + "?done=removed"
    assert "The link opens nothing any more." in text_of(way.client.get(answer["Location"]))
    for browser in browsers:
        assert browser.get(way.url("application")).status_code == 404
        data = {"key": opened["key"], "count": 1} | way.texts("pilot", **{"q-pilot_title": "Liian myöhään"})
        refused = browser.post(url, data)
        assert refused.status_code == 404
        assert "Liian myöhään" in text_of(refused)
        assert browser.get(way.url("application_withdraw")).status_code == 404
    assert Client().get(f"/academy/en/application/colleague/{secret}/").status_code == 404
    assert other.get(way.url("application")).status_code == 200
    assert way.application.pilot.title == "Kirkonkylän koulun peruskorjaus"
    invite(way)
    assert Colleague.objects.get(email=KATRI).secret != secret
    assert browsers[0].get(way.url("application")).status_code == 404
    assert colleagues_browser(way).get(way.url("application")).status_code == 200


def test_a_renewed_link_of_the_contacts_leaves_the_colleagues_alone(way):
    invite(way)
    browser = colleagues_browser(way)
    renew_link(way.application)
    assert way.client.get(way.url("application")).status_code == 404
    assert browser.get(way.url("application")).status_code == 200


def test_who_has_both_links_is_the_contact_person(way):
    invite(way)
    link = colleague_link(find_with_application())
    way.client.get(path_of(link))
    assert way.client.get(way.url("application_withdraw")).status_code == 200


def find_with_application() -> Colleague:
    colleague = Colleague.objects.get()
    colleague.application = find_application(pk=colleague.application_id)
    return colleague


def test_a_link_with_one_character_changed_opens_nothing(way):
    invite(way)
    secret = Colleague.objects.get().secret
    for place in range(len(secret)):
        bad = f"{secret[:place]}{'A' if secret[place] != 'A' else 'B'}{secret[place + 1 :]}"
        assert Client().get(f"/academy/en/application/colleague/{bad}/").status_code == 404
    for odd in ("%00", "%E2%80%AE", "..%2F..", way.application.secret, f"{secret}%0a"):
        assert Client().get(f"/academy/en/application/colleague/{odd}/").status_code == 404
    assert Client().get(f"/academy/en/application/open/{secret}/").status_code == 404
    assert Colleague.objects.get().opened_at is None


def test_of_an_erased_application_nothing_is_opened(way):
    invite(way)
    browser, secret = colleagues_browser(way), Colleague.objects.get().secret
    Application.objects.update(state="erased")
    assert browser.get(way.url("application")).status_code == 404
    assert browser.get(f"/academy/en/application/colleague/{secret}/").status_code == 404


def test_the_colleagues_secret_leaves_the_address_bar(way):
    invite(way)
    secret = Colleague.objects.get().secret
    answer = Client().get(f"/academy/en/application/colleague/{secret}/")
    assert secret not in answer["Location"]
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-store", "strict-origin")


def test_a_colleague_costs_one_query_and_the_contact_person_none(way, django_assert_num_queries):
    url = way.url("application_print")
    way.client.get(url)
    with django_assert_num_queries(PRINT_QUERIES):
        way.client.get(url)
    for number in range(MOST_COLLEAGUES):
        invite_colleague(way.application, f"k{number}@koivuranta.example")
    browser = colleagues_browser(way, "k9@koivuranta.example")
    browser.get(url)
    with django_assert_num_queries(PRINT_QUERIES):
        way.client.get(url)
    with django_assert_num_queries(PRINT_QUERIES + 1):
        browser.get(url)


PRINT_QUERIES = 6

# --- Asking to be taken along ---------------------------------------------------------------------


def asked_link(way, email=KATRI) -> str:
    mail = ask_to_join(find_application(pk=way.application.pk), "Katri", email)
    return path_of(re.search(r"https?://\S+/application/open/\S+", mail.text)[0])


def test_who_asked_to_be_taken_along_is_invited_by_one_button(way):
    browser = Client()
    answer = browser.get(asked_link(way), follow=True)
    assert answer.status_code == 200
    assert way.application.secret not in answer.redirect_chain[-1][0]
    page = text_of(answer)
    assert f'value="{KATRI}"' in page
    assert "This person asked to be taken along. Invite them only if you know them." in page
    assert mails() == []
    assert invite(way, answer.context["form"]["email"].value(), client=browser).status_code == 303
    assert mails() == [KATRI]


def test_that_link_also_proves_the_address(academy):
    way = Journey(academy, language="en")
    way.begin()
    assert 'name="email"' in text_of(Client().get(asked_link(way), follow=True))
    assert way.application.opened_at == timezone.now()


def test_where_nobody_can_be_invited_the_mail_leads_to_the_application(way):
    Application.objects.update(state="final_sent")
    link = asked_link(way)
    assert link == path_of(application_link(way.application))
    assert Client().get(link)["Location"] == way.url("application") + "?came=1"


@pytest.mark.parametrize("bad", ["", "x", "flipped", "other", "shape", "purpose"])
def test_an_address_that_we_did_not_sign_is_not_filled_in(way, site, bad):
    token = sign("take-along", [way.application.pk, KATRI])
    bad = {
        "flipped": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "other": sign("take-along", [way.application.pk + 1, KATRI]),
        "shape": sign("take-along", KATRI),
        "purpose": sign("holder", [way.application.pk, KATRI]),
    }.get(bad, bad)
    page = text_of(way.client.get(way.url("application_colleagues"), {"for": bad}))
    assert KATRI not in page
    assert 'name="email"' in page


def test_the_link_of_a_stranger_opens_no_invitation(academy, way):
    secret = way.application.secret
    for bad in (secret[1:], "%00", secret.swapcase()):
        assert Client().get(f"/academy/en/application/open/{bad}/colleagues/").status_code == 404


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_mail_is_written_in_the_applications_language(academy, language):
    way = Journey(academy, language=language)
    way.begin()
    way.open_link()
    invite(way)
    mail = OutboxMail.objects.get(kind="applications/colleague_invited")
    assert mail.language == language
    assert f"/academy/{language}/application/colleague/" in mail.text


def test_a_returned_application_is_written_along_too(way, academy):
    way.fill()
    way.send()
    move(way.application, "return", Actor.ORGANISER)
    invite(way)
    browser = colleagues_browser(way)
    assert write(way, browser, **{"q-pilot_title": "Uusi nimi"}).status_code == 303
    assert way.application.pilot.title == "Uusi nimi"


def test_two_academies_have_their_own_colleagues(way, site):
    other = Journey(make_academy(site, title="Toinen", code="toinen", slug="toinen"), language="en")
    other.begin(nonce="other")
    other.open_link()
    invite(way)
    invite(other)
    assert [one.application_id for one in Colleague.objects.all()] == [
        way.application.pk,
        other.application.pk,
    ]
    browser = colleagues_browser(other)
    assert browser.get(way.url("application")).status_code == 404
