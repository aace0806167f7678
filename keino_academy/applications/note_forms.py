"""The form of a discussion's notes: one for each criterion, and one on the whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keino_academy.applications.actions.noting import LONGEST_NOTE, Written, stamp
from keino_academy.applications.discussion_notes import VERDICTS, WHOLE
from keino_academy.applications.models import DiscussionNote
from keino_academy.applications.typed_fields import TextField


@dataclass(frozen=True)
class NoteRow:
    """The fields of one note. ``question`` is empty for the note on the whole, which has no verdict."""

    question: str
    text: BoundField
    verdict: BoundField | None
    seen: BoundField


class NotesForm(forms.Form):
    """Notes on these questions; ``known`` are those that stand, by question."""

    def __init__(
        self, *args: Any, questions: Sequence[str], known: Mapping[str, DiscussionNote], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = (*questions, WHOLE)
        for question in self.questions:
            note = known.get(question)
            self._add(question, note.text if note else "", note.verdict if note else "")

    def _add(self, question: str, text: str, verdict: str) -> None:
        label = _("Note") if question else _("Note on the whole")
        self.fields[f"text-{question}"] = TextField(
            label=label,
            required=False,
            limit=LONGEST_NOTE,
            initial=text,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        if question:
            self.fields[f"verdict-{question}"] = forms.ChoiceField(
                label=_("The criterion is now"),
                required=False,
                choices=[("", _("not said")), *((str(key), word) for key, word in VERDICTS.items())],
                initial=verdict,
            )
        self.fields[f"seen-{question}"] = forms.CharField(
            required=False, max_length=64, widget=forms.HiddenInput, initial=stamp(text, verdict)
        )

    @property
    def rows(self) -> list[NoteRow]:
        """The fields of each note, in order."""
        return [self._row(question) for question in self.questions]

    def _row(self, question: str) -> NoteRow:
        verdict = self[f"verdict-{question}"] if question else None
        return NoteRow(question, self[f"text-{question}"], verdict, self[f"seen-{question}"])

    def written(self) -> list[Written]:
        """The notes as they were sent."""
        said = self.cleaned_data
        return [
            Written(one, said[f"text-{one}"], said.get(f"verdict-{one}") or "", said[f"seen-{one}"])
            for one in self.questions
        ]

    def show_theirs(self, questions: Collection[str], known: Mapping[str, DiscussionNote]) -> None:
        """Keep what was typed, and say that what others wrote to these questions has been seen."""
        # Also of the others, which have been kept by now.
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for question in self.questions:
            note = known.get(question)
            data[f"seen-{question}"] = stamp(note.text, note.verdict) if note else stamp()
        self.data = data
        for question in questions:
            self.add_error(
                f"text-{question}", gettext("Somebody else wrote here meanwhile. Put both texts together.")
            )
