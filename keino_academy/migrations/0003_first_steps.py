"""Note what happened to bookings that are older than their notes."""

from django.db import migrations


def note(apps, schema_editor):
    """Write the steps that a booking's own moments tell."""
    Booking = apps.get_model("keino_academy", "Booking")
    Step = apps.get_model("keino_academy", "BookingStep")
    old = Booking.objects.filter(steps=None, booked_at__isnull=False).select_related("slot")
    for booking in old.iterator(chunk_size=500):
        Step.objects.create(booking=booking, kind="booked", at=booking.booked_at, starts=booking.slot.starts)
        if booking.cancelled_at:
            kind = "cancelled_by_org" if booking.cancelled_by_organiser else "cancelled"
            Step.objects.create(booking=booking, kind=kind, at=booking.cancelled_at, starts=booking.slot.starts)


def forget(apps, schema_editor):
    """Going back needs nothing: the table goes."""


class Migration(migrations.Migration):
    dependencies = [("keino_academy", "0002_booking_deepened")]

    operations = [migrations.RunPython(note, forget)]
