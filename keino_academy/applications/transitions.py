"""The table of transitions: every way an application may move, and nothing else.

Pure: it reads no database. :func:`keino_academy.applications.actions.move` applies it.
"""

from __future__ import annotations

from dataclasses import dataclass

from keino_academy.applications.enums import Actor, ApplicationState

S = ApplicationState

#: Before the decision: from each of these an applicant may step back.
BEFORE_DECISION = (S.DRAFT, S.INTEREST_SENT, S.RETURNED, S.FINAL_SENT, S.IN_REVIEW)


@dataclass(frozen=True)
class Transition:
    """One move. ``guard`` names a condition of :data:`actions.GUARDS`, ``letter`` a mail of :data:`mails.LETTERS`."""

    name: str
    source: ApplicationState
    target: ApplicationState
    actors: tuple[Actor, ...]
    guard: str = ""
    letter: str = ""


def _all() -> tuple[Transition, ...]:
    applicant, organiser, system = (Actor.APPLICANT,), (Actor.ORGANISER,), (Actor.SYSTEM,)
    decided = (S.SELECTED, S.ON_RESERVE, S.NOT_SELECTED)
    return (
        Transition("send_interest", S.DRAFT, S.INTEREST_SENT, applicant, "call_accepts", "receipt"),
        # Complete, and come too late: the organiser takes it all the same.
        Transition("accept_late", S.DRAFT, S.INTEREST_SENT, organiser, "is_late", "receipt"),
        Transition("return", S.INTEREST_SENT, S.RETURNED, organiser, letter="returned"),
        Transition("complete", S.RETURNED, S.INTEREST_SENT, applicant, letter="receipt"),
        # Either side may note the final word: the organisation by its link, the organiser after a talk.
        Transition("decide", S.INTEREST_SENT, S.FINAL_SENT, applicant, "discussion_held", "decided"),
        Transition("receive_final", S.INTEREST_SENT, S.FINAL_SENT, organiser),
        Transition("take_back_final", S.FINAL_SENT, S.INTEREST_SENT, organiser),
        Transition("begin_review", S.FINAL_SENT, S.IN_REVIEW, organiser),
        Transition("end_review", S.IN_REVIEW, S.FINAL_SENT, organiser),
        # Those who are selected are invited by the room that welcomes them, so there is no letter here.
        Transition("select", S.IN_REVIEW, S.SELECTED, organiser),
        Transition("reserve", S.IN_REVIEW, S.ON_RESERVE, organiser),
        Transition("turn_away", S.IN_REVIEW, S.NOT_SELECTED, organiser, letter="not_selected"),
        Transition("promote", S.ON_RESERVE, S.SELECTED, organiser),
        *(Transition("reopen", state, S.IN_REVIEW, organiser, "place_open") for state in decided),
        Transition("confirm_place", S.SELECTED, S.CONFIRMED, applicant),
        Transition("turn_down_place", S.SELECTED, S.TURNED_DOWN, applicant),
        *(
            Transition("withdraw", state, S.WITHDRAWN, applicant, letter="withdrawn")
            for state in BEFORE_DECISION
        ),
        *(Transition("erase", state, S.ERASED, system) for state in S if state != S.ERASED),
    )


TRANSITIONS = _all()


def find(name: str, source: ApplicationState | str) -> Transition | None:
    """The transition of that name from that state, or None."""
    return next((t for t in TRANSITIONS if t.name == name and t.source == source), None)


def open_to(actor: Actor, source: ApplicationState | str) -> tuple[Transition, ...]:
    """What an actor may do in a state; guards are asked when it is done."""
    return tuple(t for t in TRANSITIONS if t.source == source and actor in t.actors)


def path(source: ApplicationState | str, names: tuple[str, ...]) -> tuple[Transition, ...] | None:
    """The rest of a walk through the named transitions, from wherever on it ``source`` stands.

    ``path("final_sent", ("receive_final", "begin_review", "select"))`` begins at ``begin_review``.
    None when the state is not on the walk, or the walk does not hold together.
    """
    for start in range(len(names)):
        walk, state = [], ApplicationState(source)
        for name in names[start:]:
            step = find(name, state)
            if step is None:
                break
            walk.append(step)
            state = step.target
        else:
            return tuple(walk)
    return None
