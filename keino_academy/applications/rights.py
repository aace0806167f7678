"""Who may do what with the applications of an academy."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy
from keino_academy.announcement.rights import academies_for


def readable_academies(user: Any) -> QuerySet[Academy]:
    """The academies whose applications a user may read: who decides has to read."""
    return academies_for(user, Right.READ) | academies_for(user, Right.DECIDE)


def deciding_academies(user: Any) -> QuerySet[Academy]:
    """The academies on whose applications a user may decide."""
    return academies_for(user, Right.DECIDE)


def nudging_academies(user: Any) -> QuerySet[Academy]:
    """The academies in which a user sees who has not booked, and reminds them: it takes both rights."""
    return readable_academies(user).filter(pk__in=academies_for(user, Right.BOOKINGS).values("pk"))
