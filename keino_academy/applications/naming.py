"""Keeping who takes part: the team and the management, as often as they are told. Used by ``answering``.

A confirmation belongs to an address. Who keeps the address keeps the link and what was confirmed;
another address is another person, with a new link and nothing confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F

from keino_academy.applications.models import Application, Countersignature, TeamMember
from keino_academy.core.fields import new_secret

#: Above every number that a form gives: rows wait there while they change places.
_ASIDE = 1000


def keep_team(application: Application, people: Iterable[Mapping[str, Any]]) -> None:
    """Make the team these people, in this order; each has ``name``, ``role`` and ``email``."""
    known = {_address(row.email): row for row in application.team.exclude(email="")}
    wanted = list(people)
    stay = [known.pop(_address(one["email"]), None) if one["email"] else None for one in wanted]
    rows = application.team.all()
    rows.exclude(pk__in=[row.pk for row in stay if row]).delete()
    if any(stay):
        rows.update(number=F("number") + _ASIDE)
    for number, (one, row) in enumerate(zip(wanted, stay, strict=True), 1):
        if row:
            row.number, row.name, row.role, row.email = number, one["name"], one["role"], one["email"]
            row.save(update_fields=["number", "name", "role", "email"])
    TeamMember.objects.bulk_create(
        TeamMember(application=application, number=number, **one)
        for number, (one, row) in enumerate(zip(wanted, stay, strict=True), 1)
        if row is None
    )


def keep_management(application: Application, fields: Mapping[str, str]) -> None:
    """Make this the one who countersigns: ``name``, ``title``, ``email``; nobody where all are empty."""
    row = Countersignature.objects.filter(application=application).first()
    if not any(fields.values()):
        if row:
            row.delete()
            # What the instance remembers of the row is gone too.
            application.countersignature = None
        return
    row = row or Countersignature(application=application)
    if _address(row.email) != _address(fields["email"]):
        row.secret, row.asked_at, row.signed_at = new_secret(), None, None
        row.promise, row.digest = {}, ""
    row.name, row.title, row.email = fields["name"], fields["title"], fields["email"]
    row.save()
    application.countersignature = row


def _address(email: str) -> str:
    return email.casefold()
