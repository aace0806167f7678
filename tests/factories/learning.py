"""Participations and participants' pages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from keino_academy.announcement.models import Academy
from keino_academy.core import clock
from keino_academy.learning.models import LearningHomePage, Member, Participation, SessionPage


def make_participation(
    academy: Academy,
    email: str = "contact@koivuranta.example",
    *,
    organisation: str = "Koivurannan kaupunki",
    name: str = "Helena Koivu",
    language: str = "fi",
    user: Any = None,
    **fields: Any,
) -> Participation:
    """Return a live participation with its contact person as a member."""
    participation = Participation.objects.create(
        academy=academy, organisation=organisation, began_at=clock.now(), **fields
    )
    make_member(participation, email, name=name, language=language, user=user, role=Member.Role.CONTACT)
    return participation


def make_member(
    participation: Participation,
    email: str,
    *,
    name: str = "Matti Meikäläinen",
    role: str = Member.Role.EXPERT,
    language: str = "fi",
    user: Any = None,
) -> Member:
    """Return one more member of the participation, who has been invited."""
    return participation.members.create(
        name=name, email=email.lower(), role=role, language=language, user=user, invited_at=timezone.now()
    )


def make_learning_pages(academy_page: Page, *, sessions: int = 2, live: bool = True, **fields: Any) -> Page:
    """Return a participants' home below the academy's page, with sessions that take its first moments."""
    moments = [child["id"] for child in academy_page.timeline.raw_data if child["type"] == "moment"]
    home = add_page(academy_page, LearningHomePage, title="Oma akatemia", slug="oma", live=live, **fields)
    for number in range(1, sessions + 1):
        add_page(
            home,
            SessionPage,
            title=f"Tilaisuus {number}",
            slug=f"tilaisuus-{number}",
            live=live,
            timeline_entry=moments[number - 1] if number <= len(moments) else "",
            join_link=f"https://meet.example/{number}",
        )
    return LearningHomePage.objects.get(pk=home.pk)


def add_page(parent: Page, model: type[Page], *, live: bool = True, locale: str = "", **fields: Any) -> Any:
    """Return a new page below the parent, in its language unless another is named."""
    language = Locale.objects.get(language_code=locale) if locale else parent.locale
    page = Page.objects.get(pk=parent.pk).add_child(instance=model(live=live, locale=language, **fields))
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page
