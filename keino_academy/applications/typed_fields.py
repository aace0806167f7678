"""Fields whose text is cleaned as it is read, and whose limits say what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext_lazy

from keino_academy.core.organisations import normalise_business_id
from keino_academy.core.text import clean_line, clean_text


def has_words(value: str) -> bool:
    """Whether there is anything to see: spaces and invisible characters alone are nothing."""
    return any(unicodedata.category(one)[0] not in "ZC" for one in value)


class LineField(forms.CharField):
    """One line of clean text, at most ``limit`` characters long."""

    clean_value: Callable[[str], str] = staticmethod(clean_line)

    def __init__(self, *, limit: int = 200, words: int | None = None, **kwargs: Any) -> None:
        self.limit, self.words = limit, words
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = self.clean_value(str(value or ""))
        return text.strip() if has_words(text) else ""

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        if len(value) > self.limit:
            raise ValidationError(
                ngettext_lazy(
                    "Shorten the answer to %(limit)s character. It has %(count)s now.",
                    "Shorten the answer to %(limit)s characters. It has %(count)s now.",
                    "limit",
                ),
                code="max_length",
                params={"limit": self.limit, "count": len(value)},
            )
        count = len(value.split())
        if self.words and count > self.words:
            raise ValidationError(
                ngettext_lazy(
                    "Shorten the answer to %(limit)s word. It has %(count)s now.",
                    "Shorten the answer to %(limit)s words. It has %(count)s now.",
                    "limit",
                ),
                code="words",
                params={"limit": self.words, "count": count},
            )


class TextField(LineField):
    """Several lines of clean text."""

    widget = forms.Textarea(attrs={"rows": 5})
    clean_value = staticmethod(clean_text)


class BusinessIdField(LineField):
    """A Finnish business id in any usual spelling."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return normalise_business_id(text) if text else ""


class MailField(forms.EmailField):
    """An e-mail address; letters that mail servers disagree about are refused."""

    def to_python(self, value: Any) -> str:
        return clean_line(str(value or "")).replace(" ", "")
