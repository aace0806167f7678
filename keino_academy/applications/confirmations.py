"""Who has confirmed and who is waited for, as the applicant and the organiser see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from keino_academy.applications.answers import yes_no_words
from keino_academy.applications.attendance import Clash, clashes
from keino_academy.applications.models import Application, Countersignature, TeamMember
from keino_academy.applications.people import MANAGEMENT, may_be_asked, sessions_in, still_holds
from keino_academy.core import dates


@dataclass(frozen=True)
class Confirmation:
    """One person; ``who`` is what :func:`remind_person` takes. ``state`` is ``done``, ``waiting``, ``earlier`` (signed an earlier version) or ``unasked``.

    Days are in words; ``sessions`` are labels with what the person says, ``rows`` what was signed.
    """

    who: str
    name: str
    role: str
    email: str
    state: str
    asked: str
    confirmed: str
    sessions: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    can_be_reminded: bool = False

    @property
    def cannot(self) -> tuple[str, ...]:
        """The sessions that the person has not said yes to, with what was said."""
        return tuple(f"{label}: {word}" for label, word in self.sessions if word != yes_no_words()["yes"])


@dataclass(frozen=True)
class Confirmations:
    """Everybody of an application, and the sessions that do not suit all."""

    members: tuple[Confirmation, ...]
    management: Confirmation | None
    clashes: tuple[Clash, ...]

    @property
    def people(self) -> tuple[Confirmation, ...]:
        """The management first, then the team."""
        return (self.management, *self.members) if self.management else self.members

    @property
    def to_ask(self) -> int:
        """How many could be sent the link for the first time."""
        return sum(1 for one in self.people if one.can_be_reminded and not one.asked)


def confirmations_of(application: Application, language: str) -> Confirmations:
    """Who has confirmed, with the sessions' names in a language; ``application`` is read ``with_all``."""
    options = sessions_in(application, language)
    team = list(application.team.all())
    said = [(one.name, one.sessions) for one in team if one.confirmed_at]
    signature = getattr(application, "countersignature", None)
    if signature is not None:
        signature.application = application
    return Confirmations(
        members=tuple(_member(application, one, options) for one in team),
        management=_management(application, signature) if signature else None,
        clashes=clashes(options, said),
    )


def _member(
    application: Application, member: TeamMember, options: tuple[tuple[str, str], ...]
) -> Confirmation:
    words, state = yes_no_words(), _state(member.confirmed_at, member.email)
    said = tuple((label, words.get(member.sessions.get(key, ""), "–")) for key, label in options)
    return Confirmation(
        who=str(member.pk),
        name=member.name,
        role=member.role,
        email=member.email,
        state=state,
        asked=_day(application, member.asked_at),
        confirmed=_day(application, member.confirmed_at),
        sessions=said if member.confirmed_at else (),
        can_be_reminded=state == "waiting" and may_be_asked(application),
    )


def _management(application: Application, signature: Countersignature) -> Confirmation:
    state = _state(signature.signed_at, signature.email)
    if state == "done" and not still_holds(signature):
        state = "earlier"
    return Confirmation(
        who=MANAGEMENT,
        name=signature.name,
        role=signature.title,
        email=signature.email,
        state=state,
        asked=_day(application, signature.asked_at),
        confirmed=_day(application, signature.signed_at),
        rows=tuple((question, answer) for question, answer in signature.promise.get("rows", ())),
        can_be_reminded=state in {"waiting", "earlier"} and may_be_asked(application),
    )


def _state(confirmed: datetime | None, email: str) -> str:
    if confirmed:
        return "done"
    return "waiting" if email else "unasked"


def _day(application: Application, moment: datetime | None) -> str:
    return dates.moment(application.academy.local(moment)) if moment else ""
