"""Browsers of organisers, and what they ask of the list of applications."""

import csv
import io
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from keino_academy.announcement.models import AcademyRight
from keino_academy.applications.models import Application
from keino_academy.core.models import OutboxMail
from tests.factories.booking import make_booking, make_series


def organiser(django_user_model, academy, *rights) -> Client:
    """A browser of somebody with these rights in one academy."""
    group = Group.objects.create(name=f"Group {academy.code} {rights}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        AcademyRight.objects.create(group=group, academy=academy, right=right)
    user = django_user_model.objects.create_user(f"user{group.pk}", f"u{group.pk}@x.example", "x")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def listing(client: Client, **query: Any) -> str:
    """The results of the list."""
    response = client.get(reverse("keino_applications:index_results"), query)
    assert response.status_code == 200
    return response.content.decode()


def exported(client: Client, kind: str = "csv", **query: Any) -> list[dict[str, Any]]:
    """The rows of an export, by the headings."""
    response = client.get(reverse("keino_applications:index"), {"export": kind, **query})
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    if kind == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    head, *rows = load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def copies(application: Application, number: int) -> list[Application]:
    """So many more of the same, without pilot and team."""
    made = []
    for index in range(number):
        copy = Application.objects.get(pk=application.pk)
        copy.pk, copy.reference, copy.secret, copy.nonce = None, f"R{index}", f"s{index}", f"n{index}"
        copy.organisation_key = f"id:{index}"
        made.append(copy)
    return Application.objects.bulk_create(made)


def book(application: Application) -> Any:
    """When the discussion starts that the application has booked."""
    slot = make_series(application.academy).slots.order_by("starts").first()
    return make_booking(slot, f"application:{application.pk}").slot.starts


def in_english(client: Client) -> Client:
    """The same browser, whose organiser reads English."""
    user = get_user_model().objects.get(pk=client.session["_auth_user_id"])
    UserProfile.objects.create(user=user, preferred_language="en")
    return client


def draft(application: Application, **changed: Any) -> Application:
    """The application as it stood before it was sent, with nothing told to anybody."""
    fields = {"state": "draft", "sent_at": None, "organisation_key": "", **changed}
    Application.objects.filter(pk=application.pk).update(**fields)
    OutboxMail.objects.filter(about=f"application:{application.pk}").delete()
    application.revisions.all().delete()
    return Application.objects.get(pk=application.pk)


def question_of(application: Application, kind: str) -> str:
    """The id of the first question of a type in the application's form."""
    sections = application.document.content["fi"]["sections"]
    return next(asked["id"] for one in sections for asked in one["questions"] if asked["type"] == kind)
