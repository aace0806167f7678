"""A question in words instead of a picture, kept in django-simple-captcha's table.

Each question belongs to one form token, and so does the proof that it was answered:
neither helps with another form, and a token makes one record at most. The library's own
field would use an answer up when another field is wrong, and drop it after five minutes.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from enum import Enum
from typing import Any

from captcha.fields import CaptchaField, CaptchaTextInput
from captcha.models import CaptchaStore
from django.forms import MultiWidget
from django.utils import timezone

from keino_academy.core.doors import LinkError, read, sign
from keino_academy.core.questions import meaning, new_question

#: Seconds for which a question may wait for its answer, and for which an answer counts.
QUESTION_SECONDS = 2 * 60 * 60
PROOF_SECONDS = 60 * 60

_PURPOSE = "captcha"
_KEY = re.compile(r"[0-9a-f]{40}\Z")


class Verdict(Enum):
    """What an answer was: ``GONE`` is one to a question that is not there (any more)."""

    RIGHT = "right"
    EMPTY = "empty"
    WRONG = "wrong"
    GONE = "gone"


class QuestionInput(CaptchaTextInput):
    """A plain line for the answer, and which question it answers. The question is the field's label."""

    template_name = "django/forms/widgets/multiwidget.html"
    use_fieldset = False
    #: The question that is shown.
    key = ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:  # noqa: ARG002
        """The line is empty: what was answered before is used up."""
        return MultiWidget.render(self, name, [self.key, ""], attrs=attrs, renderer=renderer)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """No picture and no sound; a hidden control has nothing to describe."""
        context = MultiWidget.get_context(self, name, value, attrs)
        context["widget"]["subwidgets"][0]["attrs"] = {}
        return context


class QuestionField(CaptchaField):
    """Question and answer as they came: the form judges them, which knows whose question it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=QuestionInput(), **kwargs)

    def clean(self, value: Any) -> list[str]:
        """Two texts."""
        key, text = value or ("", "")
        return [str(key or ""), str(text or "").strip()]


def pose(nonce: str) -> CaptchaStore:
    """A new question for the form of this nonce."""
    CaptchaStore.remove_expired()
    question = new_question()
    return CaptchaStore.objects.create(
        challenge=f"{question.code} {_mark(nonce)}",
        response=question.answer,
        hashkey=secrets.token_hex(20),
        expiration=timezone.now() + timedelta(seconds=QUESTION_SECONDS),
    )


def find(nonce: str, key: str) -> CaptchaStore | None:
    """The question that was asked on the form of this nonce and still waits."""
    if not _KEY.match(key):
        return None
    found = CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now()).first()
    return found if found and found.challenge.endswith(f" {_mark(nonce)}") else None


def code_of(question: CaptchaStore) -> str:
    """What is asked, for :mod:`keino_academy.core.questions`."""
    return question.challenge.rpartition(" ")[0]


def judge(nonce: str, key: str, text: str) -> Verdict:
    """What the answer is. A wrong one uses its question up; a right one may come twice, as its form may."""
    question = find(nonce, key)
    if question is None:
        return Verdict.GONE
    if not text:
        return Verdict.EMPTY
    if meaning(code_of(question), text) == question.response:
        return Verdict.RIGHT
    question.delete()
    return Verdict.WRONG


def prove(nonce: str) -> str:
    """What says that the question of this form was answered."""
    return sign(_PURPOSE, nonce)


def is_proof(nonce: str, proof: str) -> bool:
    """Whether that says so for this form, and is young enough."""
    try:
        return read(_PURPOSE, proof, max_age=PROOF_SECONDS) == nonce
    except LinkError:
        return False


def _mark(nonce: str) -> str:
    """A form in 16 letters: the table's text holds 32, of which a code takes 15 at most."""
    return hashlib.sha256(nonce.encode()).hexdigest()[:16]
