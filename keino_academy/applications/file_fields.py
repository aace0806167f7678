"""The form's field for files: a control and its hint. What arrives is taken by ``attaching.take_files``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keino_academy.applications.journey import Question
from keino_academy.conf import academy_settings
from keino_academy.core.file_kinds import kind_words, known_kinds, size_words


class FilesInput(forms.FileInput):
    """A control for several files. Only what the site takes is offered; the server looks again."""

    allow_multiple_selected = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the kinds, which may change with the site's settings."""
        kinds = ",".join(f".{kind}" for kind in known_kinds(academy_settings.FILE_TYPES))
        return super().get_context(name, value, {**(attrs or {}), "accept": kinds, "multiple": True})


class FilesField(forms.Field):
    """Files that answer a question. It has no value of its own and never an error by itself: files are rows."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = (
            format_html("{} {}", self.help_text, limits_words()) if self.help_text else limits_words()
        )

    def clean(self, value: Any) -> None:
        """Nothing: see the class."""


def check_files(form: Any, question: Question) -> None:
    """A question that must be answered has at least one file, which is a row of the application."""
    if question.required and not form.other_answers.get(question.id):
        form.add_error(form.names(question)[0], _("Add at least one file."))


def limits_words() -> str:
    """What may be added, in the active language."""
    most = int(academy_settings.FILE_MOST_EACH)
    said = ngettext(
        "%(most)s file of at most %(size)s: %(kinds)s.",
        "At most %(most)s files of at most %(size)s each: %(kinds)s.",
        most,
    )
    size = size_words(academy_settings.FILE_MOST_BYTES)
    return said % {"most": most, "size": size, "kinds": kind_words(academy_settings.FILE_TYPES)}
