"""The result of "Could we apply?" in words, and the memo that one takes to one's manager."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keino_academy.announcement.call_words import closing_words
from keino_academy.announcement.criteria import CheckResult, CheckRow, Outcome
from keino_academy.announcement.entries import Kind, Precision
from keino_academy.announcement.programme import programme
from keino_academy.announcement.reading import Reading
from keino_academy.blocks.enums import Audience
from keino_academy.core import dates


@dataclass(frozen=True)
class VerdictWords:
    """The title of the result, and a sentence below it."""

    title: str
    text: str


def verdict_words(result: CheckResult) -> VerdictWords:
    """What the result comes to."""
    if result.outcome is Outcome.NOT_NOW:
        return VerdictWords(
            _("You cannot apply this time"),
            _("A criterion that decides is not met. Below you see which one, and what to do."),
        )
    if result.outcome is Outcome.FIND_OUT:
        count = sum(row.needs_finding_out for row in result.rows)
        title = ngettext(
            "You can apply when one thing is clear", "You can apply when %(count)s things are clear", count
        )
        return VerdictWords(title % {"count": count}, _("Nothing stops you from beginning already now."))
    if result.to_do:
        return VerdictWords(
            _("You can apply"),
            _("What is open does not stop you, but it counts when applicants are compared."),
        )
    return VerdictWords(_("You can apply"), _("Every criterion is met."))


@dataclass(frozen=True)
class Memo:
    """One sheet for whoever decides."""

    today: str
    title: str
    about: str
    met: str
    unsure: str
    not_met: str
    days: list[str]
    closes: str
    promises: list[str]


def memo(reading: Reading, result: CheckResult) -> Memo:
    """The memo of a result, dated by the academy's clock."""
    today = reading.now.astimezone(reading.academy.zone) if reading.academy else reading.now
    return Memo(
        today=dates.day(today),
        title=reading.page.title,
        about=reading.page.introduction,
        met=_titles(result.met),
        unsure=_titles(result.unsure),
        not_met=_titles(result.not_met),
        days=_days(reading),
        closes=closing_words(reading),
        promises=[
            row.criterion.explanation or row.criterion.title
            for row in result.rows
            if row.criterion.kind == "commitment"
        ],
    )


def _titles(rows: tuple[CheckRow, ...]) -> str:
    return " ".join(f"{row.criterion.title.rstrip('.')}." for row in rows)


def _days(reading: Reading) -> list[str]:
    """The programme's own days in one line each: what is asked of applicants is said elsewhere."""
    found = []
    for item in programme(reading.entries, reading.now):
        entry: Any = item.entry
        if entry.kind is Kind.DEADLINE or entry.audience == Audience.APPLICANTS:
            continue
        when = item.brief if entry.precision is not Precision.DAY else f"{item.day} {item.hours}".strip()
        place = _("online") if entry.online else entry.place
        found.append(f"{when}: {', '.join(filter(None, (entry.title, place)))}")
    return found
