"""Questions that every form asks, in the active language, and how the editor's are read. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from keino_academy.announcement.criteria import Criterion, OrganisationKindRule
from keino_academy.applications.enums import PilotCategory, PilotPhase, ValueBand
from keino_academy.applications.journey import QuestionType
from keino_academy.applications.question_types import find_question_type
from keino_academy.blocks.conditions import written_condition
from keino_academy.core.organisations import organisation_kinds

#: Characters of the longest answer that any form takes.
LONGEST_TEXT = 20_000


def question(
    id: str,  # noqa: A002 - as in the document
    type: str,  # noqa: A002
    label: str,
    *,
    criterion: str = "",
    **more: Any,
) -> dict[str, Any]:
    """One question as the document holds it."""
    return {"id": id, "type": str(type), "label": label, "criterion": str(criterion), **more}


def organisation(criterion: Criterion | None) -> list[dict[str, Any]]:
    """Name, kind and business id. A criterion about kinds judges the answer and never narrows the choice."""
    rule = criterion.rule if criterion else None
    kinds = list(rule.kinds) if isinstance(rule, OrganisationKindRule) else []
    return [
        question(
            "organisation",
            QuestionType.LINE,
            _("Name of the organisation"),
            rule={"max_length": 200, "autocomplete": "organization"},
        ),
        question(
            criterion.id if criterion else "kind",
            QuestionType.KIND,
            _("Kind of organisation"),
            options=[[key, str(label)] for key, label in organisation_kinds()],
            rule={"kinds": kinds},
            criterion=criterion.kind if criterion else "",
            name=criterion.name if criterion else "",
        ),
        question(
            "business_id",
            QuestionType.BUSINESS_ID,
            _("Business id"),
            help=_("For example 1234567-1."),
            required=False,
        ),
    ]


def contact() -> list[dict[str, Any]]:
    """The contact person."""
    return [
        question(
            "contact_name",
            QuestionType.LINE,
            _("Your name"),
            rule={"max_length": 120, "autocomplete": "name"},
        ),
        question(
            "contact_email",
            QuestionType.EMAIL,
            _("Your e-mail address"),
            help=_("A copy of your answers comes here, with a link to your application."),
        ),
        question("contact_phone", QuestionType.PHONE, _("Your telephone number"), required=False),
    ]


def pilot(criterion: Criterion | None) -> list[dict[str, Any]]:
    """The procurement that would be coached; a criterion about months judges its months."""
    rule: Any = criterion.rule if criterion else None
    window = {"first": rule.first, "last": rule.last} if rule else {}
    return [
        question(
            "pilot_title",
            QuestionType.LINE,
            _("Name of the procurement"),
            help=_("A short name from which others too understand what is procured."),
            rule={"max_length": 200},
        ),
        question(
            "pilot_category", QuestionType.CHOICE, _("What is procured?"), options=_options(PilotCategory)
        ),
        question(
            "pilot_phase", QuestionType.CHOICE, _("How far is the procurement?"), options=_options(PilotPhase)
        ),
        question(
            criterion.id if criterion else "pilot_period",
            QuestionType.PERIOD,
            _("When is the procurement prepared?"),
            help=_(
                "From the month in which preparation begins to the month of the invitation to tender. "
                "An estimate is enough."
            ),
            rule=window,
            criterion=criterion.kind if criterion else "",
            name=criterion.name if criterion else "",
        ),
        question(
            "pilot_value",
            QuestionType.CHOICE,
            _("What is its estimated value?"),
            help=_("Without VAT, over the whole contract."),
            options=_options(ValueBand),
        ),
        question(
            "pilot_aims",
            QuestionType.TEXT,
            _("What do you want to achieve with it?"),
            help=_("Two or three aims, and how you would notice that they are reached."),
            rule={"word_limit": 150, "max_length": LONGEST_TEXT},
        ),
    ]


def management() -> list[dict[str, Any]]:
    """Who of the management countersigns; it may be told later."""
    return [
        question(
            "director_name",
            QuestionType.LINE,
            _("Name of the director"),
            required=False,
            rule={"max_length": 120},
        ),
        question(
            "director_title", QuestionType.LINE, _("Job title"), required=False, rule={"max_length": 120}
        ),
        question(
            "director_email",
            QuestionType.EMAIL,
            _("E-mail of the director"),
            help=_("They get a link of their own and confirm the commitment with one button."),
            required=False,
        ),
    ]


def sending() -> list[dict[str, Any]]:
    """What whoever sends the form says."""
    said = _("The information is right, and I may send it on behalf of my organisation")
    return [question("entitled", QuestionType.CONSENT, said)]


def _options(choices: Any) -> list[list[str]]:
    return [[key, str(label)] for key, label in choices.choices]


def editors_questions(stream_value: Iterable[Any]) -> tuple[dict[str, Any], ...]:
    """The editor's own questions out of the page's stream, in its order."""
    return tuple(
        _editors_question(str(child.id or place), child.block_type, child.value)
        for place, child in enumerate(stream_value)
    )


def _editors_question(name: str, kind: str, value: Any) -> dict[str, Any]:
    rule = {
        key: value[key]
        for key in ("max_length", "word_limit", "lowest", "highest", "rows")
        if value.get(key) is not None
    }
    if kind == QuestionType.PERIOD:
        # They bind the answer; a criterion's window, ``first`` and ``last``, judges it only.
        rule |= {"earliest": value.get("first") or "", "latest": value.get("last") or ""}
    if kind == QuestionType.TEXT:
        rule.setdefault("max_length", LONGEST_TEXT)
    options = [[key, label] for key, label in value.choices]
    texts: dict[str, Any] = {}
    own = find_question_type(kind)
    if own and own.document:
        said = own.document(value)
        rule |= said.get("rule") or {}
        options = said.get("options") or options
        texts = {"texts": said["texts"]} if said.get("texts") else {}
    return question(
        name,
        kind,
        value.get("question") or "",
        help=value.get("help") or "",
        required=bool(value.get("required")),
        options=options,
        rule=rule,
        **texts,
        name=value.get("name") or "",
        when=written_condition(value.get("when")),
        # What was not asked for before leaves no trace, so that an old form makes no new version.
        **({"example": value["example"]} if value.get("example") else {}),
    )
