"""Odd input gets an answer, never a fault; what is stored can be shown everywhere."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keino_academy.applications.models import Application
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import STARTED, Journey
from tests.applications.test_beginning import begin
from tests.factories.applications import business_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]

ODD = [
    "\x00nul\x0bvt\x1besc",
    "\u202eright-to-left\u202c \u200bzero\u200b",
    "😀 emoji 🏗️",
    "<img src=x onerror=alert(1)>\"'",
    "=cmd|' /C calc'!A0",
    "line\r\nBcc: a@x.example\r\n\r\nbody",
    "{{ secret }} {% load x %} %s %(x)s {0}",
]
#: What may be stored of no text: PostgreSQL keeps no NUL, and a name must not read as another.
UNSAFE = set("\x00\x0b\x1b\u202e\u202c")


@pytest.fixture
def way(academy, client) -> Journey:
    """The way of somebody who has begun."""
    one = Journey(academy, client, "en")
    one.begin()
    return one


def part(way, section="pilot"):
    """The page of a part."""
    return way.client.get(way.url("application_section", section=section))


# --- The first form -------------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_name_is_begun_with_clean_and_shown_escaped(client, academy, document, odd):
    response = begin(client, academy, organisation=odd)
    application = Application.objects.get()
    assert response.status_code == 303
    assert application.organisation
    assert not set(application.organisation) & (UNSAFE | set("\r\n"))
    for path in ("", "part/organisation/", "answers/", "print/", "link/", "withdraw/"):
        page = client.get(f"/academy/en/application/{application.reference}/{path}")
        assert page.status_code == 200
        assert "<img src=x" not in page.content.decode()
    mail = OutboxMail.objects.get()
    assert "\n" not in mail.subject
    assert "\r" not in mail.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("organisation", "x" * 5000),
        ("organisation", " \u200b\u2060 "),
        ("email", "a@x.example\nBcc: b@x.example"),
        ("email", f"{'a' * 300}@x.example"),
        ("email", "a@x.example\x00, b@x.example"),
        ("business_id", "9" * 5000),
        ("form_token", "x" * 5000),
        ("form_token", "\ud800"),
        ("website2", "x" * 1_000_000),
        ("captcha_proof", "x" * 5000),
    ],
)
def test_what_nothing_can_be_begun_with_is_explained(client, academy, document, name, value):
    response = begin(client, academy, **{name: value.encode("utf-8", "replace").decode()})
    assert response.status_code == 422
    assert "ka-errors" in response.content.decode()
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [("business_id", "\x00 \u202e"), ("captcha_0", "\x00" * 5000), ("q-pilot_aims", "x" * 9999)],
)
def test_what_has_nothing_to_say_on_the_first_form_hinders_nobody(client, academy, document, name, value):
    assert begin(client, academy, **{name: value}).status_code == 303
    application = Application.objects.get()
    assert application.business_id == ("" if name == "business_id" else "1234567-1")
    assert (application.suspicion, application.typed, application.answers) == ("", {}, {})


@pytest.mark.parametrize("data", [{}, {"organisation": ["a", "b"]}, {f"x{n}": "1" for n in range(900)}])
def test_a_form_of_something_else_is_explained(client, academy, document, data):
    url = reverse("keino_academy:apply", args=["fi", academy.code])
    assert client.post(url, data).status_code == 422
    assert not Application.objects.exists()


def test_too_many_fields_are_refused(client, academy, document):
    assert begin(client, academy, **{f"x{n}": "1" for n in range(10_000)}).status_code == 400


def test_a_broken_body_is_refused(client, academy, document):
    url = reverse("keino_academy:apply", args=["fi", academy.code])
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json", "text/plain"):
        response = client.post(url, b"--x\r\nContent-Disposition: form-data; name=", content_type=kind)
        assert response.status_code in {400, 422}
    assert not Application.objects.exists()


def test_a_file_is_no_answer(client, academy, document):
    response = begin(client, academy, organisation=SimpleUploadedFile("x.exe", b"MZ" * 1000))
    assert response.status_code == 422
    assert not Application.objects.exists()


# --- The parts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_is_stored_clean_and_shown_escaped(way, admin_client, odd):
    way.fill()
    assert way.save("organisation", **{"q-organisation": odd}).status_code == 303
    assert way.save("contact", **{"q-contact_name": odd}).status_code == 303
    assert way.save("pilot", **{"q-pilot_title": odd, "q-pilot_aims": odd}).status_code == 303
    assert way.save("team", **{"q-team-1-name": odd, "q-team-1-role": odd}).status_code == 303
    for name in ("application", "application_answers", "application_print"):
        _shows_safely(way.client.get(way.url(name)))
    _shows_safely(part(way))
    assert way.send().status_code == 303
    application = way.application
    lines = (application.organisation, application.contact_name, application.pilot.title)
    assert not set("".join(lines)) & (UNSAFE | set("\r\n"))
    assert not set(application.pilot.aims) & (UNSAFE | {"\r"})
    _shows_safely(way.client.get(way.url("application")))
    _shows_safely(admin_client.get(reverse("keino_applications:inspect", args=[application.pk])))
    for kind in ("csv", "xlsx"):
        export = admin_client.get(reverse("keino_applications:index"), {"export": kind})
        content = b"".join(export.streaming_content) if export.streaming else export.content
        assert content
        if kind == "csv":
            assert ",=cmd" not in content.decode()
            assert content.startswith("\ufeff".encode())
    assert OutboxMail.objects.count() == 4
    for mail in OutboxMail.objects.all():
        assert "\n" not in mail.subject
        assert "\r" not in mail.text
        assert not set(mail.text) & UNSAFE


def _shows_safely(page) -> None:
    assert page.status_code == 200
    assert "<img src=x" not in page.content.decode()


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_that_is_not_whole_yet_is_kept_clean_too(way, odd):
    answer = way.save("pilot", **{"q-pilot_title": "", "q-pilot_aims": odd})
    assert answer.status_code == 422
    (kept,) = way.application.typed["pilot"]["q-pilot_aims"]
    assert not set(kept) & (UNSAFE | {"\r"})
    assert set(odd) - UNSAFE - {"\r"} <= set(kept)
    shown = part(way)
    assert shown.context["form"]["q-pilot_aims"].value() == kept
    for page in (answer, shown, way.client.get(way.url("application_answers"))):
        assert "<img src=x" not in page.content.decode()


SECTION_OF = {"organisation": "organisation", "business_id": "organisation"}
CONTACT = {"contact_name", "contact_phone"}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("organisation", "x" * 5000, "Shorten the answer to 200 characters. It has 5000 now."),
        ("business_id", "9" * 5000, "Shorten the answer to 20 characters. It has 5000 now."),
        ("business_id", "1234567-2", "Check the business id: its last digit does not match."),
        ("contact_name", " \u200b\u2060 ", "Write your name."),
        ("contact_phone", "javascript:alert(1)", "Write the number in digits, like +358 40 123 4567."),
        ("pilot_category", "spaceship", "Choose what is procured."),
        ("pilot_aims", "word " * 151, "Shorten the answer to 150 words. It has 151 now."),
        ("pilot_aims", "x" * 1_000_000, "characters. It has 1000000 now."),
    ],
)
def test_what_is_wrong_is_kept_as_it_was_typed_and_explained(way, name, value, said):
    section = SECTION_OF.get(name) or ("contact" if name in CONTACT else "pilot")
    way.fill()
    answer = way.save(section, **{f"q-{name}": value})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "ka-errors" in html
    assert said in html
    assert way.application.typed[section][f"q-{name}"] == [value]
    assert part(way, section).context["form"][f"q-{name}"].value() == value
    assert way.client.get(way.url("application")).status_code == 200
    checked = way.send()
    assert checked.status_code == 409
    assert said in checked.content.decode()
    assert way.application.state == "draft"


def test_the_address_cannot_be_changed_by_a_part(way):
    for odd in ("muu@x.example", "a@x.example\nBcc: b@x.example"):
        assert way.save("contact", **{"q-contact_email": odd}).status_code == 303
        assert way.application.contact_email == STARTED["email"]
    way.fill()
    assert way.send(**{"q-contact_email": "muu@x.example"}).status_code == 303
    assert way.application.contact_email == STARTED["email"]


def test_of_two_values_for_one_field_the_last_counts(way):
    assert way.save("pilot", **{"q-pilot_title": ["Eka", "Toka"]}).status_code == 303
    assert way.application.pilot.title == "Toka"


@pytest.mark.parametrize("data", [{}, {f"x{n}": "1" for n in range(900)}, {"q-pilot_title": ""}])
def test_a_part_of_something_else_changes_nothing(way, data):
    way.fill()
    before = way.application.pilot
    answer = way.post("pilot", count=way.count("pilot"), **data)
    # Text that did not come was cut off; what was emptied, or not chosen, is told.
    assert answer.status_code == 422
    assert way.application.pilot.aims == before.aims
    assert way.application.state == "draft"


@pytest.mark.parametrize("name", ["application_section", "application_answers"])
def test_too_many_fields_and_too_much_text_are_refused(way, name):
    way.fill()
    progress = way.application.progress
    url = way.url(name, section="pilot") if name == "application_section" else way.url(name)
    data = {"key": way.key(), "count": 1}
    assert way.client.post(url, data | {f"x{n}": "1" for n in range(10_000)}).status_code in {400, 413}
    assert way.client.post(url, data | {"q-pilot_aims": "x" * 3_000_000}).status_code in {400, 413}
    assert way.application.progress == progress
    assert way.application.state == "draft"


def test_a_broken_part_is_refused(way):
    for name in ("application_section", "application_answers"):
        url = way.url(name, section="pilot") if name == "application_section" else way.url(name)
        for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json"):
            response = way.client.post(
                url, b"--x\r\nContent-Disposition: form-data; name=", content_type=kind
            )
            assert response.status_code in {400, 404, 422}
    assert way.application.progress == {}
    assert way.application.state == "draft"


def test_a_file_is_no_text(way):
    files = {
        "q-pilot_title": SimpleUploadedFile("x.exe", b"MZ" * 1000),
        "other": SimpleUploadedFile("y", b"y"),
    }
    answer = way.save("pilot", **files)
    assert answer.status_code == 422
    assert "q-pilot_title" not in way.application.typed["pilot"]
    assert way.application.pilot.title == ""


@pytest.mark.parametrize("count", ["", "x", "-1", "1.5", "٤", "9" * 5000, "\x00", "0x1"])
def test_an_odd_count_is_none(way, count):
    assert way.save("pilot", count=count).status_code == 303
    assert way.count("pilot") == 1
    answer = way.save("pilot", count=count, **{"q-pilot_title": "Uusi"})
    assert answer.status_code == 409
    assert way.application.pilot.title == "Kirkonkylän koulun peruskorjaus"


@pytest.mark.parametrize(
    "odd", ["nothing", "sending", "x" * 3000, "%00", "%E2%80%AE", "..%2F", "q-pilot_title"]
)
def test_an_odd_part_is_not_found(way, odd):
    url = way.url("application") + f"part/{odd}/"
    assert way.client.get(url).status_code == 404
    answer = way.client.post(url, {"key": way.key(), "count": 0, "q-x": "Ei katoa"})
    assert answer.status_code in {404, 409}
    assert way.application.progress == {}
    assert way.application.state == "draft"


ENDS = ["", "part/pilot/", "answers/", "print/", "new-form/", "address/", "link/", "withdraw/"]


@pytest.mark.parametrize("end", ENDS)
def test_an_unknown_reference_opens_nothing(way, end):
    odd = ("AAAA-AAAA", "%00", "%E2%80%AE", "x" * 3000, way.application.reference.lower() + "x")
    for reference in odd:
        url = f"/academy/en/application/{reference}/{end}"
        assert way.client.get(url).status_code == 404
        assert way.client.post(url, {"key": way.key(), "count": 0}).status_code in {404, 405}


@pytest.mark.parametrize("end", ENDS)
def test_another_applications_door_opens_nothing(academy, way, end):
    other = Journey(academy, business_id=business_id(1), email="toinen@kunta.example")
    other.begin("second")
    url = way.url("application") + end
    for key in (other.key(), way.key()[:-1], "", "x" * 5000, "\x00"):
        data = {"key": key, "count": 0, "q-pilot_title": "Vieras", "q-entitled": "on", "renew": "1"}
        assert other.client.get(url).status_code == 404
        answer = other.client.post(url, data | {"email": "vieras@x.example"})
        assert answer.status_code in {404, 405}
        assert "Koivurannan" not in answer.content.decode()
    assert (way.application.progress, way.application.state) == ({}, "draft")
    assert way.open_link().status_code == 302


@pytest.mark.parametrize("odd", ["", "x", "%00", "%E2%80%AE", "x" * 3000])
def test_an_odd_secret_opens_nothing(way, odd):
    for secret in (odd, way.application.secret[1:], way.application.secret + odd + "0"):
        assert way.client.get(f"/academy/en/application/open/{secret}/").status_code == 404
    assert way.application.opened_at is None
