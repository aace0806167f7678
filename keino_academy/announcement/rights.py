"""Who may do what in which academy."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy, AcademyRight


def academies_for(user: Any, right: Right | None = None) -> QuerySet[Academy]:
    """The academies in which the user has the right, or any right; superusers have all."""
    if not user.is_active or not user.is_authenticated:
        return Academy.objects.none()
    if user.is_superuser:
        return Academy.objects.all()
    rights = AcademyRight.objects.filter(group__in=user.groups.all())
    if right is not None:
        rights = rights.filter(right=right)
    return Academy.objects.filter(pk__in=rights.values("academy_id"))


def may_in(user: Any, academy: Academy, right: Right) -> bool:
    """Whether the user has the right in the academy."""
    return academies_for(user, right).filter(pk=academy.pk).exists()
