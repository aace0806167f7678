"""What a member of the management commits to, and its fingerprint. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from keino_academy.applications.answers import say
from keino_academy.applications.documents import PILOT
from keino_academy.applications.journey import Question, QuestionType, Section

#: The kind of those criteria whose answers bind the organisation.
COMMITMENT = "commitment"


def promise(
    organisation: str, academy: str, sections: tuple[Section, ...], answers: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """What is shown and signed, in the active language, which ``language`` names.

    ``{"language": …, "rows": [[question, answer], …]}``: the organisation, the academy, what is
    committed to, and the pilot's name and months. Nobody's address is in it.
    """
    rows = [[_("Organisation"), organisation], [_("Academy"), academy]]
    for section in sections:
        rows += [[asked.label, said] for asked, said in _said(section, answers) if said]
    return {"language": language, "rows": rows}


def _said(section: Section, answers: Mapping[str, Any]) -> Iterator[tuple[Question, str]]:
    for asked in section.questions:
        pilot = section.id == PILOT and (asked.id == "pilot_title" or asked.type == QuestionType.PERIOD)
        if pilot or asked.criterion == COMMITMENT:
            yield asked, say(asked, _without_addresses(asked, answers.get(asked.id)))


def _without_addresses(asked: Question, answer: Any) -> Any:
    if asked.type == QuestionType.TEAM and answer:
        return [{key: value for key, value in one.items() if key != "email"} for one in answer]
    return answer


def digest(promised: Mapping[str, Any]) -> str:
    """A fingerprint: equal for what reads the same, in whatever order it was stored."""
    text = json.dumps(promised, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
