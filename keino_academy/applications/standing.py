"""How far an application is: what each section holds, and what is missing. Of document and answers alone."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from keino_academy.applications.documents import SENDING
from keino_academy.applications.filled import Typed, tidy
from keino_academy.applications.journey import Section, sections_of, writable_sections
from keino_academy.applications.models import Application
from keino_academy.applications.own_types import kind_of
from keino_academy.applications.queries import all_answers, content_in, sections_for
from keino_academy.applications.section_forms import BaseApplicationForm, application_form
from keino_academy.core import dates
from keino_academy.core.forms import Problem

#: Asked once, when an application is begun; another address is given on a page of its own.
ADDRESS = "contact_email"
_SEVERAL = (forms.CheckboxSelectMultiple, forms.SelectMultiple)


class SectionState(enum.StrEnum):
    """How far a section is. ``OPTIONAL``: not begun, and nothing of it has to be answered."""

    DONE = "done"
    PART = "part"
    NONE = "none"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Standing:
    """A section as it stands. ``form`` is bound to the kept ``texts``; ``saved`` is in the academy's time."""

    section: Section
    state: SectionState
    form: BaseApplicationForm
    texts: Typed
    saved: datetime | None

    @property
    def problems(self) -> list[Problem]:
        """What is to be mended before it can be sent."""
        found = self.form.field_problems
        if self.state == SectionState.PART and not found:
            return [Problem("", _("Read this part and save it once more."))]
        return found

    @property
    def saved_words(self) -> str:
        """When it was last saved, in words."""
        return dates.moment(self.saved) if self.saved else ""

    @property
    def missing(self) -> bool:
        """Whether something has to be mended."""
        return self.state in {SectionState.PART, SectionState.NONE}


def written_sections(application: Application, language: str = "") -> tuple[Section, ...]:
    """The sections that are written one by one: all but what is said when sending."""
    every = every_section(application, language)
    sections = writable_sections(every, all_answers(application, every))
    found = (_without_address(one) for one in sections if one.id != SENDING)
    return tuple(section for section in found if section.questions)


def every_section(application: Application, language: str = "") -> tuple[Section, ...]:
    """Every section of the application's document, asked or not: conditions may look at any of them."""
    return sections_of(content_in(application.document, language or application.language))


def sending_section(application: Application, language: str) -> Section:
    """What whoever sends says."""
    return next(one for one in sections_for(application, language) if one.id == SENDING)


def _without_address(section: Section) -> Section:
    return replace(section, questions=tuple(one for one in section.questions if one.id != ADDRESS))


class Part:
    """A section with its form in the active language, whose class is made once.

    ``answers`` and ``every`` section are the whole application's: conditions may look at any of them.
    """

    def __init__(self, section: Section, answers: Mapping[str, Any], every: tuple[Section, ...] = ()) -> None:
        self.section, self.answers = section, answers
        self.form_class = application_form((section,), every)

    def kept(self, application: Application) -> Typed:
        """What the fields hold: as it was typed where something is to be mended, else the answers."""
        typed = application.typed.get(self.section.id)
        if typed is not None:
            return dict(typed)
        found: Typed = {}
        for question in self.section.questions:
            groups = self.form_class.parts[question.id]
            found |= tidy(kind_of(question).fill, question, groups, self.answers.get(question.id))
        return found

    def sent(self, texts: Mapping[str, Iterable[str]]) -> BaseApplicationForm:
        """The form with these texts sent."""
        data = MultiValueDict({name: list(values) for name, values in texts.items()})
        return self._with_others(self.form_class(data))

    def opened(self, texts: Mapping[str, list[str]]) -> BaseApplicationForm:
        """The form to be filled in, with these texts in it and no errors."""
        fields = self.form_class.base_fields.items()
        several = {name for name, field in fields if isinstance(field.widget, _SEVERAL)}
        filled = ((name, values) for name, values in texts.items() if values)
        initial = {name: values if name in several else values[-1] for name, values in filled}
        return self._with_others(self.form_class(initial=initial))

    def _with_others(self, form: BaseApplicationForm) -> BaseApplicationForm:
        form.other_answers = self.answers
        return form


def standings(application: Application, language: str = "") -> list[Standing]:
    """Every written section of the application, which is read ``with_all``, in a language."""
    sections, every = written_sections(application, language), every_section(application, language)
    answers = all_answers(application)
    return [_standing(application, section, answers, every) for section in sections]


def _standing(
    application: Application, section: Section, answers: Mapping[str, Any], every: tuple[Section, ...]
) -> Standing:
    part = Part(section, answers, every)
    texts = part.kept(application)
    form = part.sent(texts)
    begun = section.id in application.progress or _is_sent(application)
    # What is whole only as typed is not among the answers yet: another organisation's name, or a newer form's.
    valid = form.is_valid() and section.id not in application.typed
    if begun:
        state = SectionState.DONE if valid else SectionState.PART
    else:
        state = SectionState.OPTIONAL if valid else SectionState.NONE
    saved = application.progress.get(section.id, {}).get("saved")
    local = application.academy.local(datetime.fromisoformat(saved)) if saved else None
    return Standing(section, state, form, texts, local)


def _is_sent(application: Application) -> bool:
    return application.sent_at is not None


def is_complete(application: Application) -> bool:
    """Whether nothing has to be mended before the application can be sent."""
    return not any(one.missing for one in standings(application))
