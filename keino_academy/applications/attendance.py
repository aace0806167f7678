"""Who can come to which session: what members of the team say becomes the organisation's answer. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from keino_academy.applications.journey import QuestionType, Section, questions_of

YES, NO, UNSURE = "yes", "no", "unsure"
#: What may be said of a session.
WORDS = (YES, NO, UNSURE)


def attended(
    own: Mapping[str, str] | None, said: Iterable[Mapping[str, str]], entries: Iterable[str]
) -> dict[str, str] | None:
    """The answer about each entry: what all who answered agree on, and unsure where they don't.

    ``own`` is the organisation's answer, which stays where no member has answered; ``said`` is
    what each member said. None when nobody has said anything.
    """
    voices = list(said)
    found = dict(own or {})
    for entry in entries:
        words = {voice[entry] for voice in voices if voice.get(entry) in WORDS}
        if words:
            found[entry] = words.pop() if len(words) == 1 else UNSURE
    return None if own is None and not found else found


def session_options(sections: tuple[Section, ...]) -> tuple[tuple[str, str], ...]:
    """Ids and labels of every session that the form asks about, in its order, each once."""
    found: dict[str, str] = {}
    for question in questions_of(sections):
        if question.type == QuestionType.ATTENDANCE:
            for key, label in question.options:
                found.setdefault(key, label)
    return tuple(found.items())


@dataclass(frozen=True)
class Clash:
    """A session to which somebody cannot come, or is not sure to: their names."""

    label: str
    cannot: tuple[str, ...]
    unsure: tuple[str, ...]


def clashes(
    options: Iterable[tuple[str, str]], said: Sequence[tuple[str, Mapping[str, str]]]
) -> tuple[Clash, ...]:
    """The sessions that do not suit all who answered; ``said`` are names with what each said."""
    found = (
        Clash(
            label,
            tuple(name for name, voice in said if voice.get(key) == NO),
            tuple(name for name, voice in said if voice.get(key) == UNSURE),
        )
        for key, label in options
    )
    return tuple(clash for clash in found if clash.cannot or clash.unsure)
