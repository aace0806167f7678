"""Form fields for each type of question: what is typed is cleaned, and errors say what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils.html import escape, format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from keino_academy.applications.answers import month_words, yes_no_words
from keino_academy.applications.file_fields import FilesField
from keino_academy.applications.journey import Question, QuestionType, months_offered
from keino_academy.applications.own_questions import LONGEST_TEXT
from keino_academy.applications.typed_fields import BusinessIdField, LineField, MailField, TextField
from keino_academy.blocks.spans import is_month
from keino_academy.core.languages import current_language


def choice(label: Any, options: Any, required: bool, missing: Any, **kwargs: Any) -> forms.ChoiceField:
    """One of several, as radio buttons."""
    messages = {"required": missing, "invalid_choice": missing}
    kwargs.setdefault("widget", forms.RadioSelect)
    return forms.ChoiceField(
        label=label, choices=options, required=required, error_messages=messages, **kwargs
    )


def _said(question: Question) -> dict[str, Any]:
    """Label and hint as the editor wrote them: templates show hints as HTML, so they are escaped here."""
    return {"label": question.label, "help_text": escape(question.help), "required": question.required}


def asking(said: Any, question: str) -> Any:
    """What to do, with the question: many errors in one list must be told apart."""
    return format_lazy("{} {}", said, question)


def _missing(question: Question) -> dict[str, Any]:
    """What to do where an answer is missing; the package's own questions say it more exactly."""
    said = {
        "organisation": _("Write the name of the organisation."),
        "contact_name": _("Write your name."),
        "contact_email": _("Write your e-mail address."),
        "pilot_title": _("Give the procurement a name."),
        "pilot_category": _("Choose what is procured."),
        "pilot_phase": _("Choose how far the procurement is."),
        "pilot_value": _("Choose the estimated value."),
        "pilot_aims": _("Write what you want to achieve with the procurement."),
    }
    return {"required": said.get(question.id, asking(_("Write an answer:"), question.label))}


def _line(question: Question) -> LineField:
    complete = question.rule.get("autocomplete")
    return LineField(
        **_said(question),
        limit=question.rule.get("max_length") or 200,
        error_messages=_missing(question),
        widget=forms.TextInput(attrs={"autocomplete": complete} if complete else {}),
    )


def _text(question: Question) -> TextField:
    words = question.rule.get("word_limit")
    field = TextField(
        **_said(question),
        limit=question.rule.get("max_length") or LONGEST_TEXT,
        words=words,
        error_messages=_missing(question),
    )
    if words:
        most = ngettext("At most %(limit)s word.", "At most %(limit)s words.", words) % {"limit": words}
        field.help_text = format_html("{} {}", field.help_text, most) if field.help_text else most
    return field


def _number(question: Question) -> forms.IntegerField:
    lowest, highest = question.rule.get("lowest"), question.rule.get("highest")
    return forms.IntegerField(
        **_said(question),
        # JSON's readers agree on integers up to this one.
        min_value=lowest if lowest is not None else -(2**53),
        max_value=highest if highest is not None else 2**53,
        error_messages={
            "required": _("Write a number."),
            "invalid": _("Write a whole number in digits."),
            "min_value": _("Write %(limit_value)s or a bigger number."),
            "max_value": _("Write %(limit_value)s or a smaller number."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ka-input--short", "maxlength": 20}),
    )


def _date(question: Question) -> forms.DateField:
    said = _("Write the date like 31.5.2023.")
    return forms.DateField(
        **_said(question),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"required": said, "invalid": said},
        widget=forms.DateInput(attrs={"type": "date", "class": "ka-input--mid"}, format="%Y-%m-%d"),
    )


def _one(question: Question) -> forms.ChoiceField:
    said = _missing(question)["required"] if question.id.startswith("pilot_") else None
    missing = said or asking(_("Choose one:"), question.label)
    return choice(
        question.label, question.options, question.required, missing, help_text=escape(question.help)
    )


def _kind(question: Question) -> forms.ChoiceField:
    missing = _("Choose the kind of the organisation.")
    return choice(
        question.label, question.options, question.required, missing, help_text=escape(question.help)
    )


def _several(question: Question) -> forms.MultipleChoiceField:
    said = asking(_("Choose at least one:"), question.label)
    return forms.MultipleChoiceField(
        **_said(question),
        choices=question.options,
        error_messages={"required": said, "invalid_choice": said, "invalid_list": said},
        widget=forms.CheckboxSelectMultiple,
    )


def _email(question: Question) -> MailField:
    own = {"autocomplete": "email"} if question.id == "contact_email" else {}
    return MailField(
        **_said(question),
        max_length=254,
        error_messages=_missing(question)
        | {
            "invalid": _("Write the address like name@example.org."),
            "max_length": _("Write a shorter address."),
        },
        widget=forms.EmailInput(attrs=own),
    )


def _phone(question: Question) -> LineField:
    own = {"autocomplete": "tel"} if question.id == "contact_phone" else {}
    return LineField(
        **_said(question),
        limit=40,
        validators=[
            RegexValidator(r"\A[0-9+() ./-]{3,}\Z", _("Write the number in digits, like +358 40 123 4567."))
        ],
        error_messages={"required": _("Write a telephone number.")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "ka-input--mid", **own}),
    )


def _url(question: Question) -> LineField:
    said = _("Write the whole address, beginning with https://.")
    return LineField(
        **_said(question),
        limit=500,
        validators=[URLValidator(schemes=["http", "https"], message=said)],
        error_messages={"required": said},
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )


def _consent(question: Question) -> forms.BooleanField:
    return forms.BooleanField(
        **_said(question),
        error_messages={"required": _("Tick the box to go on.")},
    )


def _business_id(question: Question) -> BusinessIdField:
    return BusinessIdField(
        **_said(question),
        limit=20,
        error_messages={"required": _("Write the business id like 1234567-1.")},
        widget=forms.TextInput(attrs={"class": "ka-input--mid"}),
    )


def _file(question: Question) -> FilesField:
    return FilesField(**_said(question))


def yes_no_field(label: Any, required: bool, **kwargs: Any) -> forms.ChoiceField:
    """Yes, no or not known yet."""
    missing = asking(_("Choose yes, no or not known yet:"), label)
    return choice(label, list(yes_no_words().items()), required, missing, **kwargs)


def month_field(question: Question, label: Any, missing: Any, today: date) -> forms.ChoiceField:
    """A month out of a list by years, from a year ago on, or from the rule's window where that is wider."""
    return choice(
        label,
        [("", _("Choose")), *_years(question, today)],
        question.required,
        missing,
        widget=forms.Select,
    )


def _years(question: Question, today: date) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    rule = question.rule
    earliest, latest = _bound(rule.get("earliest")), _bound(rule.get("latest"))
    bounds = [
        date.fromisoformat(f"{month}-01")
        for month in (rule.get("first"), rule.get("last"), earliest, latest)
        if is_month(month)
    ]
    first, last = min([*bounds, today]).year - 1, max([*bounds, today]).year + 2
    for year in range(first, last + 1):
        months = [
            (month, words)
            for month, words in _months(year, current_language())
            if (not earliest or month >= earliest) and (not latest or month <= latest)
        ]
        if months:
            yield str(year), months


def _bound(month: Any) -> str:
    """A month that binds the answer; nothing where the document holds none."""
    return month if is_month(month) else ""


@lru_cache(maxsize=200)
def _months(year: int, language: str) -> list[tuple[str, str]]:  # noqa: ARG001 - the words are that language's
    """The months of a year: formatting dates is slow, and every form offers some fifty of them."""
    return [(month, month_words(month)) for month in months_offered(date(year, 1, 1), 12)]


def plain_field(question: Question) -> TextField:
    """Text, for a question of a type that is not known: its answer may be left out."""
    return TextField(
        label=question.label, help_text=escape(question.help), required=False, limit=LONGEST_TEXT
    )


#: How a question that is one field is asked; the others are made of several.
SINGLE: dict[QuestionType, Callable[[Question], forms.Field]] = {
    QuestionType.LINE: _line,
    QuestionType.TEXT: _text,
    QuestionType.NUMBER: _number,
    QuestionType.DATE: _date,
    QuestionType.CHOICE: _one,
    QuestionType.CHOICES: _several,
    QuestionType.EMAIL: _email,
    QuestionType.PHONE: _phone,
    QuestionType.URL: _url,
    QuestionType.CONSENT: _consent,
    QuestionType.BUSINESS_ID: _business_id,
    QuestionType.KIND: _kind,
    QuestionType.FILE: _file,
}
