"""Bookings: a seat of a slot, taken by a holder."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino_academy.booking.enums import LIVE, Attendance, BookingState, StepKind
from keino_academy.booking.models.series import SlotSeries
from keino_academy.booking.models.slots import Slot
from keino_academy.booking.models.waiting import Waiting
from keino_academy.core.codes import new_reference
from keino_academy.core.fields import new_secret

_LIVE = models.Q(state__in=[str(state.value) for state in LIVE])


class Booking(models.Model):
    """One seat for one holder. Uniqueness is the database's, not Python's.

    ``holder`` says whose it is (``application:17``, ``email:…``). ``holder_key`` is the same
    where the series allows one booking, else the booking's own. ``sequence`` is the calendar's SEQUENCE and only rises; ``uid``
    is the calendar entry's for the booking's whole life.
    """

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    series = models.ForeignKey(
        SlotSeries, verbose_name=_("bookable session"), on_delete=models.PROTECT, related_name="bookings"
    )
    seat = models.PositiveSmallIntegerField(_("seat"))
    holder = models.CharField(max_length=300, db_index=True)
    holder_key = models.CharField(max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=BookingState, default=BookingState.BOOKED)
    #: Until when the seat is kept for whoever fills in the form, or was offered it; exclusive.
    held_until = models.DateTimeField(null=True, blank=True)
    hold_extended = models.BooleanField(default=False)
    #: The place in the waiting list whose offer this is, or was.
    waiting = models.ForeignKey(
        Waiting, null=True, blank=True, on_delete=models.SET_NULL, related_name="offers", editable=False
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    person = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=15)
    note = models.TextField(_("note"), blank=True)
    reference = models.CharField(_("reference"), max_length=20, unique=True, default=new_reference)
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    uid = models.CharField(max_length=100, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    #: The token of the form that made it: the same form never makes two.
    nonce = models.CharField(max_length=40, unique=True)
    booked_at = models.DateTimeField(_("booked"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_by_organiser = models.BooleanField(default=False)
    attendance = models.CharField(_("attendance"), max_length=10, choices=Attendance, blank=True)
    #: Real time of the last change, which calendars read as DTSTAMP.
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["slot__starts", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "seat"], condition=_LIVE, name="keino_seat_taken_once"),
            models.UniqueConstraint(
                fields=["series", "holder_key"], condition=_LIVE, name="keino_holder_books_once"
            ),
        ]

    def when(self) -> str:
        """When its time is, as :meth:`Slot.when` writes it."""
        return self.slot.when()

    when.short_description = _("when")  # type: ignore[attr-defined]

    def __str__(self) -> str:
        return self.reference


class BookingStep(models.Model):
    """What happened to a booking, and at which time it then was. Only ever added.

    ``at`` is the academy's time. A reminder is a step too: of each kind there is one for a
    booking and a time.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=StepKind)
    at = models.DateTimeField()
    starts = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "kind", "starts"],
                condition=models.Q(kind__in=["reminded", "reminded_soon"]),
                name="keino_reminded_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
