"""Odd input gets an answer, never a fault; what is stored can be shown everywhere."""

import pytest
from django.urls import reverse

from keino_academy.applications.models import Application
from keino_academy.core.models import OutboxMail
from tests.factories.applications import typed

pytestmark = pytest.mark.django_db

ODD = [
    "\x00nul\x0bvt\x1besc",
    "\u202eright-to-left\u202c \u200bzero\u200b",
    "😀 emoji 🏗️",
    "<img src=x onerror=alert(1)>\"'",
    "=cmd|' /C calc'!A0",
    "line\r\nBcc: a@x.example\r\n\r\nbody",
    "{{ secret }} {% load x %} %s %(x)s {0}",
]


def send(client, academy, data):
    url = reverse("keino_academy:apply", kwargs={"language": "fi", "code": academy.code})
    return client.post(url, data)


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_is_stored_clean_and_shown_escaped(client, admin_client, academy, document, token, odd):
    changed = {"organisation": odd, "contact_name": odd, "pilot_title": odd, "pilot_aims": odd}
    response = send(client, academy, typed(document, **changed) | {"form_token": token()})
    assert response.status_code == 303
    application = Application.objects.get()
    assert not set(application.organisation) & set("\x00\x0b\x1b\r\n\u202e\u202c")
    for page in (client.get(response["Location"]), _inspect(admin_client, application)):
        html = page.content.decode()
        assert page.status_code == 200
        assert "<img src=x" not in html
    for kind in ("csv", "xlsx"):
        export = admin_client.get(reverse("keino_applications:index"), {"export": kind})
        content = b"".join(export.streaming_content) if export.streaming else export.content
        assert content
        if kind == "csv":
            assert ",=cmd" not in content.decode()
            assert content.startswith("\ufeff".encode())
    for mail in OutboxMail.objects.all():
        assert "\n" not in mail.subject
        assert "\r" not in mail.text


def _inspect(admin_client, application):
    return admin_client.get(reverse("keino_applications:inspect", args=[application.pk]))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q-organisation", "x" * 5000),
        ("q-pilot_aims", "x" * 1_000_000),
        ("q-contact_name", " \u200b\u2060 "),
        ("q-pilot_category", "spaceship"),
        ("q-contact_phone", "javascript:alert(1)"),
        ("q-contact_email", "a@x.example\nBcc: b@x.example"),
        ("q-contact_email", f"{'a' * 300}@x.example"),
        ("q-business_id", "9" * 5000),
        ("document", "9" * 5000),
        ("document", "x\x00"),
        ("form_token", "x" * 5000),
        ("form_token", "\ud800"),
    ],
)
def test_what_cannot_be_taken_is_explained(client, academy, document, token, name, value):
    data = typed(document) | {"form_token": token(), name: value.encode("utf-8", "replace").decode()}
    response = send(client, academy, data)
    assert response.status_code in {409, 422}
    assert "ka-errors" in response.content.decode()
    assert not Application.objects.exists()


@pytest.mark.parametrize("data", [{}, {"q-organisation": ["a", "b"]}, {f"x{n}": "1" for n in range(900)}])
def test_a_form_of_something_else_is_explained(client, academy, document, data):
    assert send(client, academy, data).status_code in {409, 422}


def test_too_many_fields_are_refused(client, academy, document):
    assert send(client, academy, {f"x{n}": "1" for n in range(10_000)}).status_code == 400


def test_a_broken_body_is_refused(client, academy, document):
    url = reverse("keino_academy:apply", kwargs={"language": "fi", "code": academy.code})
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json", "text/plain"):
        response = client.post(url, b"--x\r\nContent-Disposition: form-data; name=", content_type=kind)
        assert response.status_code in {400, 409, 422}


def test_arabic_digits_are_digits_and_huge_ones_are_not(client, academy, site, token):
    from tests.factories.applications import make_application_page

    page = academy_page(academy)
    question = {"type": "number", "id": "n", "value": {"question": "Montako?", "required": True}}
    make_application_page(page, questions=[question])
    document = academy.form_documents.first()
    for typed_number, status in (("9" * 5000, 422), ("1e5", 422), ("٤٢", 303)):
        response = send(client, academy, typed(document, n=typed_number) | {"form_token": token()})
        assert response.status_code == status
    assert Application.objects.get().answers["n"] == 42


def academy_page(academy):
    from keino_academy.announcement.models import AcademyPage

    return AcademyPage.objects.get(translation_key=academy.translation_key)


def test_an_editors_hint_is_text(client, academy, site):
    from tests.factories.applications import make_application_page

    value = {"question": "<b>?</b>", "help": "<script>alert(1)</script>", "required": True}
    page = make_application_page(
        academy_page(academy), questions=[{"type": "text", "id": "n", "value": value}]
    )
    html = client.get(page.url).content.decode()
    assert "<script>alert(1)" not in html
    assert "<b>?</b>" not in html


def test_a_file_is_no_answer(client, academy, document, token):
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = {
        "q-organisation": SimpleUploadedFile("x.exe", b"MZ" * 1000),
        "other": SimpleUploadedFile("y", b"y"),
    }
    data = typed(document) | {"form_token": token()} | files
    assert send(client, academy, data).status_code == 422
    assert not Application.objects.exists()
