"""A named member of the management confirms what the organisation commits to, by a link of their own."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from keino_academy.announcement.enums import Right
from keino_academy.applications.actions import withdraw
from keino_academy.applications.asking import ask_people
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.journey import sections_of
from keino_academy.applications.models import (
    Application,
    ApplicationPage,
    Countersignature,
    FormDocument,
    Pilot,
)
from keino_academy.applications.naming import keep_management, keep_team
from keino_academy.applications.people import management_link, promise_of, still_holds
from keino_academy.applications.promise import digest, promise
from keino_academy.applications.queries import all_answers, application_link, find_application
from keino_academy.applications.standing import written_sections
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import Journey
from tests.applications.test_admin import organiser
from tests.factories.applications import business_id, make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]

DIRECTOR = {
    "director_name": "Johanna Johtaja",
    "director_title": "tekninen johtaja",
    "director_email": "johanna@koivuranta.example",
}
KEPT = {"name": "Johanna Johtaja", "title": "tekninen johtaja", "email": "johanna@koivuranta.example"}


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


@pytest.fixture
def application(academy) -> Application:
    return find_application(pk=make_application(academy, **DIRECTOR).pk)


@pytest.fixture
def signature(application) -> Countersignature:
    return Countersignature.objects.get()


@pytest.fixture
def own(client, signature) -> Client:
    """A browser that came by the director's link."""
    assert client.get(path_of(management_link(signature))).status_code == 302
    return client


def home(application, language="fi"):
    return f"/academy/{language}/commitment/{application.reference}/"


def confirm(browser, application, language="fi", shown=None):
    if shown is None:
        shown = re.search(r'name="shown" value="(\w+)"', page(browser, application, language))[1]
    return browser.post(home(application, language), {"shown": shown})


def page(browser, application, language="en"):
    return browser.get(home(application, language)).content.decode().replace("\xa0", " ")


# --- The form -------------------------------------------------------------------------------------


def names(way) -> list[str]:
    """The parts that are written one by one."""
    return [section.id for section in written_sections(way.application, "fi")]


def typed(**answers: str) -> dict[str, str]:
    """What a browser posts of the part about the management."""
    empty = dict.fromkeys(DIRECTOR, "")
    return {f"q-{name}": text for name, text in (empty | answers).items()}


def named(academy, client=None, **answers) -> Journey:
    """The way of somebody who has written everything and named the director."""
    way = Journey(academy, client)
    way.begin()
    way.fill()
    assert way.save("management", **typed(**DIRECTOR | answers)).status_code == 303
    return way


def test_the_form_asks_for_the_management_where_its_page_says_so(client, academy, document):
    form_page = ApplicationPage.objects.get(locale__language_code="fi")
    asked = {section["id"]: section["questions"] for section in document.content["fi"]["sections"]}
    label = asked["management"][-1]["label"]
    way = Journey(academy, client)
    way.begin()
    assert names(way)[-1] == "management"
    part = client.get(way.url("application_section", section="management"))
    assert "q-director_email" in part.content.decode()
    assert label in client.get(form_page.url).content.decode()
    form_page.asks_management = False
    form_page.save_revision().publish()
    newest = FormDocument.objects.order_by("-version").first()
    assert newest.version == 2
    assert "management" not in [section["id"] for section in newest.content["fi"]["sections"]]
    assert label not in client.get(form_page.url).content.decode()
    other = Journey(academy, business_id=business_id(1), email="toinen@kunta.example")
    other.begin("second")
    assert "management" not in names(other)
    assert other.client.get(other.url("application_section", section="management")).status_code == 404


def test_what_the_form_says_of_the_director_is_kept_and_read_back(academy):
    way = named(academy)
    row = Countersignature.objects.get()
    assert (row.name, row.title, row.email, row.asked_at) == (*DIRECTOR.values(), None)
    found = all_answers(way.application)
    assert {key: found[key] for key in DIRECTOR} == DIRECTOR
    part = way.client.get(way.url("application_section", section="management"))
    assert {name: part.context["form"][f"q-{name}"].value() for name in DIRECTOR} == DIRECTOR
    assert not OutboxMail.objects.filter(kind__contains="management").exists()
    assert way.send().status_code == 303
    mail = OutboxMail.objects.get(kind="applications/management_asked")
    assert (mail.to, mail.language) == (DIRECTOR["director_email"], "fi")
    assert management_link(row) in mail.text
    assert row.application.secret not in mail.text


def test_a_director_named_only_after_sending_is_asked_at_once(academy):
    way = Journey(academy)
    way.sent()
    assert way.save("management", **typed(**DIRECTOR)).status_code == 303
    mail = OutboxMail.objects.get(kind="applications/management_asked")
    assert mail.to == DIRECTOR["director_email"]
    assert management_link(Countersignature.objects.get()) in mail.text


@pytest.mark.parametrize("how", ["never opened", "saved empty"])
def test_all_three_may_be_left_empty(academy, how):
    way = Journey(academy)
    way.begin()
    for name in names(way)[:-1]:
        assert way.save(name).status_code == 303
    if how == "saved empty":
        assert way.save("management", **typed()).status_code == 303
    assert way.send().status_code == 303
    assert way.application.state == "interest_sent"
    assert not Countersignature.objects.exists()
    assert not OutboxMail.objects.filter(kind__contains="management").exists()
    assert all_answers(way.application)["director_email"] == ""


NAME = "Write the name of the director, or leave all three empty for now."
ADDRESS = "Write the address of the director: the link goes there."
FORMAT = "Write the address like name@example.org."


@pytest.mark.parametrize(
    ("name", "title", "email", "said"),
    [
        ("", "", "johanna@koivuranta.example", {NAME}),
        ("Johanna", "", "", {ADDRESS}),
        ("", "johtaja", "", {NAME, ADDRESS}),
        ("Johanna", "", "not an address", {FORMAT}),
        (" \u200b ", "", "not an address", {NAME, FORMAT}),
        ("Johanna", "", "johanna@koivuranta.example", set()),
    ],
)
def test_the_form_says_what_is_missing_of_the_director(academy, name, title, email, said):
    values = {"director_name": name, "director_title": title, "director_email": email}
    way = Journey(academy, language="en")
    way.begin()
    way.fill()
    response = way.save("management", **typed(**values))
    assert response.status_code == (422 if said else 303)
    checked = way.client.get(way.url("application_answers")).content.decode()
    for html in (response.content.decode(), checked):
        assert {text for text in (NAME, ADDRESS, FORMAT) if text in html} == said
    page = way.client.get(way.url("application_section", section="management")).context["form"]
    assert {key: page[f"q-{key}"].value() or "" for key in values} == values
    assert way.send().status_code == (409 if said else 303)
    assert way.application.state == ("draft" if said else "interest_sent")
    assert OutboxMail.objects.filter(kind="applications/management_asked").count() == (0 if said else 1)


# --- The page -------------------------------------------------------------------------------------


def test_the_secret_leaves_the_address_bar(client, application, signature):
    response = client.get(path_of(management_link(signature)))
    assert response["Location"] == home(application)
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("private, no-store", "strict-origin")


def test_it_shows_what_is_promised_and_nothing_else(own, application):
    html = page(own, application)
    rows = dict(promise_of(application, "en")["rows"])
    assert list(rows.items())[:2] == [
        ("Organisation", "Koivurannan kaupunki"),
        ("Academy", "Kiertotaloushankintojen johtaminen"),
    ]
    assert {"Jaatteko, mitä opitte?", "Pystyttekö osallistumaan alusta loppuun?"} <= set(rows)
    assert rows["Name of the procurement"] == "Kirkonkylän koulun peruskorjaus"
    assert rows["When is the procurement prepared?"] == "September\xa02023 – February\xa02024"
    assert len(rows) == 6
    for question, answer in rows.items():
        assert question in html
        assert answer.splitlines()[0].replace("\xa0", " ") in html
    for secret in (
        "Aino Aalto",
        "aino@koivuranta.example",
        "hankinnat@koivuranta.example",
        "+358 40 123 4567",
        "1234567-1",
        "Kaupunkistrategia",
        "Tiilet ja ikkunat",
    ):
        assert secret not in html, secret


def test_confirming_keeps_what_was_shown_and_tells_the_contact_person(own, application, signature, frozen):
    OutboxMail.objects.all().delete()
    frozen.shift(timedelta(hours=1))
    response = confirm(own, application, "en")
    assert (response.status_code, response["Location"]) == (303, home(application, "en"))
    signature.refresh_from_db()
    assert signature.signed_at == timezone.now()
    assert signature.promise == promise_of(application, "en")
    text = json.dumps(signature.promise, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert signature.digest == hashlib.sha256(text.encode()).hexdigest()
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to) == ("applications/management_signed", "hankinnat@koivuranta.example")
    assert "Johanna Johtaja" in mail.text
    assert application_link(application) in mail.text
    html = page(own, application)
    assert "You confirmed it on 10 May 2023, 13:00." in html
    assert "<form" not in html


def test_a_second_press_signs_nothing_anew(own, application, signature, frozen):
    shown = digest(promise_of(application, "fi"))
    confirm(own, application, shown=shown)
    signature.refresh_from_db()
    at, mails = signature.signed_at, OutboxMail.objects.count()
    frozen.shift(timedelta(minutes=1))
    assert confirm(own, application, shown=shown).status_code == 303
    signature.refresh_from_db()
    assert (signature.signed_at, OutboxMail.objects.count()) == (at, mails)


def test_what_changed_while_the_page_was_open_is_not_signed_unread(own, application, signature):
    shown = re.search(r'name="shown" value="(\w+)"', page(own, application))[1]
    Pilot.objects.update(title="Aivan muu hanke")
    response = confirm(own, application, "en", shown=shown)
    html = response.content.decode()
    assert response.status_code == 409
    assert "The application was changed while this page was open." in html
    assert "Aivan muu hanke" in html
    signature.refresh_from_db()
    assert signature.signed_at is None
    assert confirm(own, application, "en").status_code == 303


@pytest.mark.parametrize("shown", ["", "0" * 64, "\x00", "\u202e" + "a" * 64, "x" * 100_000])
def test_a_tampered_fingerprint_signs_nothing(own, application, signature, shown):
    assert confirm(own, application, shown=shown).status_code == 409
    signature.refresh_from_db()
    assert signature.signed_at is None


def test_a_signature_of_an_earlier_version_is_seen_and_renewed(own, application, signature, frozen):
    confirm(own, application, "sv")
    Pilot.objects.update(title="Aivan muu hanke")
    signature.refresh_from_db()
    signature.application = find_application(pk=application.pk)
    assert still_holds(signature) is False
    html = page(own, application)
    assert "You confirmed an earlier version on 10 May 2023, 12:00." in html
    frozen.shift(timedelta(days=1))
    OutboxMail.objects.all().delete()
    assert confirm(own, application, "en").status_code == 303
    signature.refresh_from_db()
    signature.application = find_application(pk=application.pk)
    assert still_holds(signature) is True
    assert signature.signed_at == timezone.now()
    assert OutboxMail.objects.get().kind == "applications/management_signed"


def test_what_is_not_promised_may_change(own, application, signature):
    confirm(own, application)
    Application.objects.update(contact_phone="09 1", contact_name="Toinen")
    Pilot.objects.update(aims="Muu", value_band="over_5m")
    signature.refresh_from_db()
    signature.application = find_application(pk=application.pk)
    assert still_holds(signature) is True


def test_a_team_that_is_promised_shows_no_addresses():
    team = {"id": "t", "type": "team", "label": "Who?", "criterion": "commitment"}
    sections = sections_of({"sections": [{"id": "team", "title": "Team", "questions": [team]}]})
    answers = {"t": [{"name": "Aino Aalto", "role": "hankinta", "email": "aino@koivuranta.example"}]}
    rows = promise("Kunta", "Akatemia", sections, answers, "en")["rows"]
    assert rows[2:] == [["Who?", "Aino Aalto, hankinta"]]


@pytest.mark.parametrize(
    "odd", ["\x00nul\x1b \u202eright\u202c", "<img src=x onerror=alert(1)>", "{{ secret }} %s"]
)
def test_an_odd_name_is_kept_clean_and_shown_escaped(client, academy, odd):
    way = named(academy, client, director_name=odd, director_title=odd)
    assert way.send().status_code == 303
    row = Countersignature.objects.get()
    assert not set(row.name + row.title) & set("\x00\x1b\u202e\u202c")
    browser = Client()
    browser.get(path_of(management_link(row)))
    applicant = client.get(f"/academy/en/application/{row.application.reference}/").content.decode()
    for html in (page(browser, row.application), applicant):
        assert "Confirm the commitment" in html or "Confirmation of the management" in html
        assert "<img src=x" not in html


LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
ROWS = st.lists(st.tuples(LINE, LINE).map(list), max_size=3)


@given(ROWS, ROWS)
def test_only_what_reads_the_same_has_the_same_fingerprint(one, other):
    first, second = {"language": "fi", "rows": one}, {"rows": other, "language": "fi"}
    assert (digest(first) == digest(second)) == (one == other)
    assert digest(json.loads(json.dumps(first))) == digest(first)
    assert digest(first) != digest(first | {"language": "sv"})


# --- Who does not get in --------------------------------------------------------------------------


def test_the_directors_link_opens_nothing_else(own, application):
    for path in (
        f"/academy/fi/application/{application.reference}/",
        f"/academy/fi/team/{application.reference}/1/",
    ):
        assert own.get(path).status_code == 404


def test_whatever_is_wrong_with_a_link_gets_one_neutral_page(client, application, signature):
    applicant = Client()
    applicant.get(path_of(application_link(application)))
    responses = [
        client.get(home(application)),
        client.post(home(application), {"shown": digest(promise_of(application, "fi"))}),
        applicant.get(home(application)),
        Client().get(client.get(path_of(management_link(signature)))["Location"]),
        *(
            Client().get(f"/academy/fi/commitment/open/{odd}/")
            for odd in (
                signature.secret[1:],
                application.secret,
                "%00",
                "%E2%80%AE",
                signature.secret + "%0a",
            )
        ),
    ]
    for response in responses:
        assert response.status_code == 404
        assert "Koivurannan" not in response.content.decode()
        assert response["Cache-Control"] == "private, no-store"


def test_get_and_head_sign_nothing_and_a_post_needs_its_token(own, application, signature):
    own.head(home(application))
    strict = Client(enforce_csrf_checks=True)
    strict.get(path_of(management_link(signature)))
    data = {"shown": digest(promise_of(application, "fi"))}
    assert strict.post(home(application), data).status_code == 403
    signature.refresh_from_db()
    assert signature.signed_at is None


def test_of_a_withdrawn_application_nothing_is_shown(own, application, signature):
    shown = digest(promise_of(application, "fi"))
    withdraw(application)
    for response in (
        own.get(home(application)),
        confirm(own, application, shown=shown),
        own.get(path_of(management_link(signature))),
    ):
        assert response.status_code == 404
        assert "Koivurannan" not in response.content.decode()


def test_after_the_decision_nothing_is_signed(own, application, signature):
    Application.objects.update(state=ApplicationState.NOT_SELECTED)
    assert "<form" not in page(own, application)
    assert confirm(own, application, shown=digest(promise_of(application, "fi"))).status_code == 409
    signature.refresh_from_db()
    assert signature.signed_at is None


# --- Named anew -----------------------------------------------------------------------------------


def test_another_address_gets_another_link_and_nothing_signed(own, application, signature):
    confirm(own, application)
    OutboxMail.objects.all().delete()
    keep_management(application, KEPT | {"email": "uusi@koivuranta.example"})
    assert ask_people(application) == 1
    new = Countersignature.objects.get()
    assert (new.signed_at, new.promise, new.digest) == (None, {}, "")
    assert new.secret != signature.secret
    assert OutboxMail.objects.get().to == "uusi@koivuranta.example"
    assert own.get(home(application)).status_code == 404


def test_the_same_address_keeps_the_signature(own, application, signature):
    confirm(own, application)
    keep_management(application, KEPT | {"title": "kaupunginjohtaja", "email": KEPT["email"].upper()})
    assert ask_people(application) == 0
    kept = Countersignature.objects.get()
    assert (kept.title, kept.secret) == ("kaupunginjohtaja", signature.secret)
    assert kept.signed_at is not None


def test_nobody_named_any_more(application):
    keep_management(application, dict.fromkeys(KEPT, ""))
    assert not Countersignature.objects.exists()
    assert all_answers(application)["director_name"] == ""


# --- The applicant's own page and the organiser's -------------------------------------------------


def test_the_applicant_sees_and_reminds_the_director(application, signature, frozen):
    applicant = Client()
    applicant.get(path_of(application_link(application)))
    url = f"/academy/en/application/{application.reference}/"
    assert "Confirmation of the management, tekninen johtaja." in applicant.get(url).content.decode()
    OutboxMail.objects.all().delete()
    frozen.shift(60)
    assert applicant.post(f"{url}remind/", {"who": "management"}).status_code == 303
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to) == ("applications/management_reminder", KEPT["email"])
    director = Client()
    director.get(path_of(management_link(signature)))
    confirm(director, application)
    OutboxMail.objects.all().delete()
    applicant.post(f"{url}remind/", {"who": "management"})
    assert not OutboxMail.objects.exists()
    Pilot.objects.update(title="Aivan muu hanke")
    html = applicant.get(url).content.decode()
    assert "Signed an earlier version on" in html
    applicant.post(f"{url}remind/", {"who": "management"})
    assert OutboxMail.objects.get().kind == "applications/management_reminder"


def test_the_organiser_sees_how_the_signature_stands(django_user_model, academy, own, application):
    reader = organiser(django_user_model, academy, Right.READ)
    url = reverse("keino_applications:inspect", args=[application.pk])
    assert "odottaa, linkki lähetetty" in reader.get(url).content.decode()
    confirm(own, application)
    html = reader.get(url).content.decode()
    assert "vahvisti 10.5.2023" in html
    assert "Mitä vahvistettiin" in html
    Pilot.objects.update(title="Aivan muu hanke")
    html = reader.get(url).content.decode()
    assert "vahvisti aiemman version" in html
    # What was signed stays to be read.
    assert "Kirkonkylän koulun peruskorjaus" in html


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_asks_the_same_however_big_the_team_is(own, application, number, django_assert_num_queries):
    people = [{"name": f"N{one}", "role": "r", "email": ""} for one in range(number)]
    keep_team(application, people)
    own.get(home(application))
    with django_assert_num_queries(8):
        own.get(home(application))
