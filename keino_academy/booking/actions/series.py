"""Writing what a published session says into its series."""

from __future__ import annotations

from django.db import transaction

from keino_academy.booking.models import BookableSession, SeriesFacts, SlotSeries


@transaction.atomic
def write_series(session: BookableSession) -> SlotSeries | None:
    """Write what the source session says into its series; translations change nothing."""
    family = type(session)._default_manager.filter(translation_key=session.translation_key)
    if family.order_by("pk").values_list("pk", flat=True).first() != session.pk:
        return None
    facts = {field.name: getattr(session, field.name) for field in SeriesFacts._meta.local_fields}
    series, _created = SlotSeries.objects.update_or_create(
        translation_key=session.translation_key,
        defaults={**facts, "title": session.title, "published": session.live},
    )
    return series
