"""Whether what was sent looks as if a machine had sent it. Pure: whoever asks brings the signals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: So many links in one answer are still a person's.
MOST_LINKS = 5

_LINK = re.compile(r"(?i)\b(?:https?://|www\.)")


class Suspicion(TextChoices):
    """Why; the value stands in ``Application.suspicion``."""

    TRAP = "trap", _("a field that people do not see was filled in")
    TOKEN = "token", _("the form was not one that had been opened here")
    OLD = "old", _("the form had been open for very long")
    QUICK = "quick", _("the form came back sooner than a person fills it in")
    LINKS = "links", _("one answer held many links")
    MANY = "many", _("much had come from the same network")


@dataclass(frozen=True)
class Signals:
    """What is known of a sending; ``age`` in seconds, None where the form's token is not ours."""

    trapped: bool = False
    age: float | None = None
    crowded: bool = False
    texts: Iterable[str] = ()


def suspect(signals: Signals, least: float, most: float) -> str:
    """Why the sending is suspicious, the plainest reason first; empty where it is not.

    A person takes ``least`` seconds, and a form stays good for ``most``.
    """
    if signals.trapped:
        return Suspicion.TRAP
    if signals.age is None:
        return Suspicion.TOKEN
    if signals.age > most:
        return Suspicion.OLD
    if signals.age < least:
        return Suspicion.QUICK
    if any(len(_LINK.findall(text)) > MOST_LINKS for text in signals.texts):
        return Suspicion.LINKS
    return Suspicion.MANY if signals.crowded else ""


def words_of(code: str) -> str:
    """A code in words; the code itself where an older release wrote it."""
    return str(dict(Suspicion.choices).get(code, code))
