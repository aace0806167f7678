"""Who may see and do what in an academy's closed pages: one function, asked everywhere.

Membership is a row, read anew at every request: who was taken out is out at the next one.
Whatever is not known to be allowed is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.documents import get_document_model
from wagtail.models import Page

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import academies_for
from keino_academy.core import clock
from keino_academy.learning import queries
from keino_academy.learning.models import Member, Participation
from keino_academy.learning.phases import Action, allows, phase


@dataclass(frozen=True)
class Visit:
    """The answer to "may this user": ``member`` is set where membership is the reason.

    ``home`` is the participants' home of the page, in its own language.
    """

    allowed: bool
    academy: Academy | None = None
    member: Member | None = None
    home: Page | None = None


_NO = Visit(allowed=False)


def may(user: Any, action: Action | str, thing: Any) -> bool:
    """Whether the user may do it. ``thing`` is a page, a document or a participation.

    A page or document that nothing closes may be read by all.
    """
    return visit(user, action, thing).allowed


def visit(user: Any, action: Action | str, thing: Any) -> Visit:
    """The same with the reason, for pages that show it."""
    action = Action(action)
    if isinstance(thing, Page):
        roots = queries.roots_of(thing)
        if not roots and not queries.is_learning_page(thing):
            return Visit(allowed=action is Action.READ)
        return closed_visit(user, action, roots, [thing])
    if isinstance(thing, Participation):
        return _participation(user, action, thing)
    if isinstance(thing, get_document_model()):
        rows = queries.closing_of(thing)
        if not rows:
            return Visit(allowed=action is Action.READ)
        return document_visit(user, action, rows)
    raise TypeError(f"may() knows pages, documents and participations, not {type(thing).__name__}")


def closed_visit(user: Any, action: Action, roots: list[Page], pages: Iterable[Page]) -> Visit:
    """Whether the user may visit pages that stand below closed roots."""
    if not _known(user):
        return _NO
    found = _as_member(user, action, academy__in=queries.academies_above(roots)) if roots else _NO
    if found.allowed:
        return found
    academies = queries.academies_above(roots)
    if user.is_superuser or any(_edits(user, page) for page in pages):
        return Visit(allowed=True, academy=academies.first())
    return _as_organiser(user, [academy.pk for academy in academies])


def document_visit(user: Any, action: Action, rows: list[Any]) -> Visit:
    """Whether the user may read a document, for any of the reasons that close it."""
    if not _known(user):
        return _NO
    academies = [row.academy_id for row in rows if row.academy_id]
    found = _as_member(user, action, academy__in=academies)
    if found.allowed or user.is_superuser:
        return found if found.allowed else Visit(allowed=True)
    if any(_edits(user, row.page) for row in rows if row.page):
        return Visit(allowed=True)
    return _as_organiser(user, academies)


def _participation(user: Any, action: Action, participation: Participation) -> Visit:
    if not _known(user):
        return _NO
    if user.is_superuser:
        return Visit(allowed=True, academy=participation.academy)
    organiser = _as_organiser(user, [participation.academy_id])
    return organiser if organiser.allowed else _as_member(user, action, pk=participation.pk)


def _known(user: Any) -> bool:
    return bool(user is not None and user.is_authenticated and user.is_active)


def _as_member(user: Any, action: Action, **which: Any) -> Visit:
    """The first participation of the user, among those asked for, whose phase allows it."""
    lookups = {f"participation__{name}": value for name, value in which.items()}
    for member in queries.members_of(user).filter(**lookups).order_by("-participation__began_at", "-pk"):
        academy = member.participation.academy
        if allows(phase(academy.call_dates, clock.now()), action):
            return Visit(allowed=True, academy=academy, member=member)
    return _NO


def _as_organiser(user: Any, academies: list[int]) -> Visit:
    academy = academies_for(user, Right.PARTICIPANTS).filter(pk__in=academies).first()
    return Visit(allowed=True, academy=academy) if academy else _NO


def _edits(user: Any, page: Page) -> bool:
    """Whether the user may edit the page in the admin, where it can be read anyway."""
    return user.has_perm("wagtailadmin.access_admin") and page.permissions_for_user(user).can_edit()
