"""What booking does when Wagtail publishes a session."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published, unpublished

from keino_academy.booking.actions import write_series
from keino_academy.booking.models import AbstractBookableSession


@receiver([published, unpublished], dispatch_uid="keino_academy.booking.write_series")
def write_series_of(instance: Any, **_kwargs: Any) -> None:
    """The series follows its source session."""
    if isinstance(instance, AbstractBookableSession):
        write_series(instance)
