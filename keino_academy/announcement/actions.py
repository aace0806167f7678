"""The verbs of the announcement: what publishing and unpublishing a page do to its academy."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page

from keino_academy.announcement.facts import call_dates
from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.announcement.queries import is_source
from keino_academy.announcement.signals import academy_published, academy_withdrawn


def publish_academy(page: AbstractAcademyPage) -> Academy | None:
    """Write the academy from the facts of its source page; the academy, or None where nothing was done.

    Only the page of the language in which the family began is believed: a translation may
    carry old dates, and an alias says nothing of its own.
    """
    with transaction.atomic():
        if not is_source(page):
            return None
        academy = Academy.objects.select_for_update().filter(translation_key=page.translation_key).first()
        if academy is None:
            academy = Academy(translation_key=page.translation_key)
        academy.language = page.locale.language_code
        for name, value in _body(page).items():
            setattr(academy, name, value)
        academy.code = _free_code(page, academy)
        academy.save()
        academy_published.send(sender=type(page), academy=academy, page=page)
    return academy


def withdraw_academy(page: AbstractAcademyPage) -> Academy | None:
    """Close the call of an academy whose source page is unpublished or deleted; what it holds stays."""
    with transaction.atomic():
        if page.alias_of_id:
            return None
        academy = (
            Academy.objects.select_for_update()
            .filter(translation_key=page.translation_key, language=page.locale.language_code, published=True)
            .first()
        )
        if academy is None:
            return None
        academy.published = False
        academy.save(update_fields=["published"])
        academy_withdrawn.send(sender=type(page), academy=academy)
    return academy


def recount_children(page: Page) -> None:
    """Make ``numchild`` of a page and of its parent true.

    Translating a tree in one transaction may leave 0 there, and then every page below
    answers 404 (wagtail-localize issue 773).
    """
    for path, depth in ((page.path, page.depth), (page.path[: -page.steplen], page.depth - 1)):
        if not path:
            continue
        children = Page.objects.filter(path__startswith=path, depth=depth + 1).count()
        if Page.objects.filter(path=path).exclude(numchild=children).update(numchild=children):
            page.numchild = children if path == page.path else page.numchild


def _body(page: AbstractAcademyPage) -> dict[str, Any]:
    dates = call_dates(page)
    year = page.year or (page.starts_on or page.closes_on or page.opens_on or _Never).year
    return {
        "title": page.title,
        "time_zone": page.time_zone,
        "year": year,
        "opens": dates.opens,
        "closes": dates.closes,
        "grace_minutes": page.grace_minutes or 0,
        "places": page.places,
        "decision_on": page.decision_on,
        "starts": dates.starts,
        "ends": dates.ends,
        "alumni_until": dates.alumni_until,
        "archived_from": dates.archived_from,
        "organiser_email": page.organiser_email,
        "published": True,
    }


class _Never:
    """A day that is not known."""

    year = None


def _free_code(page: AbstractAcademyPage, academy: Academy) -> str:
    """The editor's code, else the one it has, else one of the page's address; a number where it is taken."""
    wish = page.code or academy.code or slugify(page.slug) or slugify(page.title) or "academy"
    wish = wish[:56]
    taken = set(
        Academy.objects.filter(code__startswith=wish).exclude(pk=academy.pk).values_list("code", flat=True)
    )
    if page.code and academy.code.rpartition("-")[0] == wish and wish in taken:
        return academy.code
    codes = (wish if number == 1 else f"{wish}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in codes if code not in taken)
