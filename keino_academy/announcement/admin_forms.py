"""The forms by which editors write the pages that announce."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from keino_academy.announcement.lines import UnreadLine, as_stream, read_lines


class AcademyPageForm(WagtailAdminPageForm):
    """Adds the box into which lines of dates are pasted, and checks that dates make sense together."""

    timeline_lines = forms.CharField(
        label=_("Lines with dates"),
        required=False,
        widget=AdminAutoHeightTextInput,
        help_text=_(
            "One entry on each line, such as “12.9.2023 klo 10–16 Käynnistystilaisuus, Helsinki”. "
            "Saving turns the lines into entries of the timeline."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Take in the pasted lines; check the dates unless a draft is saved."""
        cleaned = super().clean() or self.cleaned_data
        self._take_in_lines(cleaned)
        if not self.is_deferred_validation:
            for field, text in _faults(cleaned):
                if field in self.fields and field not in self.errors:
                    self.add_error(field, text)
            self._check_code(cleaned)
        return cleaned

    def _take_in_lines(self, cleaned: dict[str, Any]) -> None:
        """Append what was pasted to the timeline; with one line unread, all of them stay in the box."""
        text = cleaned.get("timeline_lines") or ""
        if not text.strip() or "timeline" not in cleaned:
            return
        read, unread = read_lines(text, cleaned.get("opens_on") or cleaned.get("starts_on"))
        if unread:
            self.add_error("timeline_lines", [_unread(line) for line in unread])
            return
        block = self.instance._meta.get_field("timeline").stream_block
        stored = list(block.get_prep_value(cleaned["timeline"]))
        taken = {child["id"] for child in stored}
        for child in as_stream(read):
            # The same line gets the same id at every autosave of one editor's page.
            stable = str(uuid.uuid5(self.instance.translation_key, repr(child["value"])))
            child["id"] = child["id"] if stable in taken else stable
            taken.add(child["id"])
            stored.append(child)
        cleaned["timeline"] = block.to_python(stored)

    def _check_code(self, cleaned: dict[str, Any]) -> None:
        code = cleaned.get("code")
        if not code:
            return
        others = apps.get_model("keino_academy", "Academy").objects.filter(code=code)
        if others.exclude(translation_key=self.instance.translation_key).exists():
            self.add_error("code", _("Another academy has this code. Write another one, or leave it empty."))


def _unread(line: UnreadLine) -> str:
    return _("Line %(number)s, “%(text)s”: %(reason)s") % {
        "number": line.number,
        "text": line.text,
        "reason": line.reason,
    }


def _faults(facts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Which dates don't go together, and what to do about it."""
    opens, closes = facts.get("opens_on"), facts.get("closes_on")
    starts, ends = facts.get("starts_on"), facts.get("ends_on")
    if facts.get("opens_at") and not opens:
        yield "opens_on", _("Choose the day as well.")
    if facts.get("closes_at") and not closes:
        yield "closes_on", _("Choose the day as well.")
    if opens and closes and opens > closes:
        yield "closes_on", _("Choose a day that is not before the call opens.")
    if opens and opens == closes and _minutes(facts, "opens_at", 0) >= _minutes(facts, "closes_at", 24 * 60):
        yield "closes_at", _("Write a time that is later than the opening.")
    if closes and facts.get("decision_on") and facts["decision_on"] < closes:
        yield "decision_on", _("Choose a day that is not before the call closes.")
    if closes and starts and starts <= closes:
        yield "starts_on", _("Choose a day after the call closes.")
    if starts and ends and ends < starts:
        yield "ends_on", _("Choose a day that is not before the programme starts.")
    if ends and facts.get("alumni_until") and facts["alumni_until"] < ends:
        yield "alumni_until", _("Choose a day that is not before the programme ends.")
    last = max((day for day in (closes, starts, ends) if day), default=None)
    if last and facts.get("archived_from") and facts["archived_from"] <= last:
        yield "archived_from", _("Choose a day after the call and the programme.")


def _minutes(facts: dict[str, Any], name: str, default: int) -> int:
    at = facts.get(name)
    return default if at is None else at.hour * 60 + at.minute


class StatementForm(WagtailAdminPageForm):
    """Begins a statement with a text in its page's language, which the organisation then makes its own."""

    #: The template of the first text; a page names its own.
    initial_template = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        template = getattr(self.instance, "initial_template", self.initial_template)
        if self.instance.pk is None and template and not self.instance.body:
            self.initial["body"] = initial_text(template, self.instance.locale.language_code)


def initial_text(template: str, language: str) -> str:
    """A statement's first text as rich text in a language."""
    with override(language):
        return " ".join(render_to_string(template).split())
