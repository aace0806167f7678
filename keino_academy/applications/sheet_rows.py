"""Applications as a spreadsheet reads them: bare values, so many at once, and never an instance of a model.

A record has the names of an :class:`Application` as far as ``queries.all_answers`` and the sheet ask for
them, and is read only.
"""

from __future__ import annotations

from array import array
from collections import defaultdict, namedtuple
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import CharField, DateTimeField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from keino_academy.announcement.models import Academy
from keino_academy.applications.journey import QuestionType
from keino_academy.applications.models import Application, Attachment, DiscussionNote, TeamMember
from keino_academy.booking.models import Booking
from keino_academy.booking.queries import live

_OWN = (
    "pk",
    "academy_id",
    "document_id",
    "reference",
    "state",
    "organisation",
    "organisation_kind",
    "business_id",
    "contact_name",
    "contact_email",
    "contact_phone",
    "language",
    "answers",
    "met",
    "asked",
    "in_grace",
    "sent_at",
    "late_at",
    "extended_until",
    "booked_at",
)
_PILOT = ("pk", "title", "category", "phase", "value_band", "aims", "first_month", "last_month")
_MANAGEMENT = ("pk", "name", "title", "email")
_NAMES = (
    *_OWN,
    *(f"pilot__{name}" for name in _PILOT),
    *(f"countersignature__{name}" for name in _MANAGEMENT),
)

_APART = ("pilot", "countersignature", "academy", "team", "attachments", "notes")

_Record = namedtuple("_Record", [*_OWN, *_APART])  # type: ignore[misc]
_Pilot = namedtuple("_Pilot", _PILOT)  # type: ignore[misc]
_Management = namedtuple("_Management", _MANAGEMENT)  # type: ignore[misc]


class _Many(list[Any]):
    """What belongs to a record, asked for as an application is asked for it."""

    def all(self) -> _Many:
        """All of it."""
        return self


def with_booked_at(applications: QuerySet[Application]) -> QuerySet[Application]:
    """The applications, each with the time of its first booked discussion."""
    booked = Booking.objects.filter(
        live(), holder=Concat(Value("application:"), Cast(OuterRef("pk"), CharField()))
    )
    first = Subquery(booked.order_by("slot__starts").values("slot__starts")[:1], output_field=DateTimeField())
    return applications.annotate(booked_at=first)


def records(
    applications: QuerySet[Application],
    academies: Mapping[int, Academy],
    types: Collection[str],
    *,
    notes: bool,
    size: int,
) -> Iterator[Any]:
    """A record of each application in the queryset's order; two queries for each ``size`` of them.

    ``academies`` are theirs, by key. A query more reads their files where ``types``, of the questions, say
    that there may be any, and one more their ``notes``. Who is deleted while they are read is left out.
    """
    # Only keys are sorted, and only they wait in memory.
    keys = array("q", applications.values_list("pk", flat=True).iterator(chunk_size=size))
    for start in range(0, len(keys), size):
        chunk = keys[start : start + size].tolist()
        parts = [
            _belonging(TeamMember, chunk, _team_names(types), "number"),
            _belonging(Attachment, chunk, _FILE) if QuestionType.FILE in types else _nothing,
            _belonging(DiscussionNote, chunk, _NOTE) if notes else _nothing,
        ]
        # By their keys alone: with further conditions a database may well read all others first.
        found = with_booked_at(Application.objects.filter(pk__in=chunk)).order_by().values_list(*_NAMES)
        by_key = {values[0]: values for values in found}
        for key in chunk:
            if key in by_key:
                yield _record(by_key[key], academies, [part(key) for part in parts])


def _record(values: Sequence[Any], academies: Mapping[int, Academy], parts: list[_Many]) -> Any:
    own, apart = len(_OWN), len(_OWN) + len(_PILOT)
    pilot = _Pilot(*values[own:apart]) if values[own] is not None else None
    management = _Management(*values[apart:]) if values[apart] is not None else None
    return _Record(*values[:own], pilot, management, academies[values[1]], *parts)  # type: ignore[call-arg]


_FILE, _NOTE = ("pk", "name", "size", "question"), ("question", "verdict", "text")
_NONE = _Many()


def _nothing(_key: int) -> _Many:
    return _NONE


def _team_names(types: Collection[str]) -> tuple[str, ...]:
    # What members said of sessions is read only where a form asks about them.
    said = ("sessions", "confirmed_at") if QuestionType.ATTENDANCE in types else ()
    return ("name", "role", "email", *said)


def _belonging(
    model: type[Model], keys: list[int], names: tuple[str, ...], order: str = "pk"
) -> Callable[[int], _Many]:
    """The rows that belong to an application, by its key."""
    one = namedtuple("one", names)  # type: ignore[misc]
    found: defaultdict[int, _Many] = defaultdict(_Many)
    rows = model._default_manager.filter(application__in=keys).order_by(order)
    for key, *values in rows.values_list("application_id", *names):
        found[key].append(one(*values))
    return lambda key: found.get(key, _NONE)
