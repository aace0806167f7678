"""Forms that strangers send: suspicion leads to a question, or to a mark, and never to a loss."""

from __future__ import annotations

from typing import Any

from captcha.models import CaptchaStore
from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keino_academy.conf import academy_settings
from keino_academy.core.captcha import QuestionField, Verdict, code_of, find, is_proof, judge, pose, prove
from keino_academy.core.questions import how_to_answer, wording
from keino_academy.core.spam import UNREADABLE, FormToken, TrapMixin, read_token
from keino_academy.core.suspicion import Signals, Suspicion, suspect


class GuardedMixin(TrapMixin):
    """:class:`TrapMixin` with a captcha. ``keino_academy/elements/captcha.html`` shows it.

    When the form is valid, ``nonce`` names the sending, and ``suspicion`` is the code of
    :class:`Suspicion` for which the record is to be held back: empty for what is welcome.
    """

    captcha = QuestionField(label=gettext_lazy("Control question"))
    captcha_proof = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300)

    trap_names = (*TrapMixin.trap_names, "captcha", "captcha_proof")

    #: Much came from the sender's network lately; the view says so before it asks whether the form is valid.
    crowded = False
    #: To whom somebody writes who cannot answer the question.
    contact = ""
    suspicion = ""
    nonce = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The question stands last, so that the summary of errors numbers the fields as the page does.
        self.fields["captcha"] = self.fields.pop("captcha")
        self._asks = not self.is_bound and academy_settings.CAPTCHA == "always"
        self._question: CaptchaStore | None = None
        self._verdict = Verdict.GONE

    @property
    def asks(self) -> bool:
        """Whether the page has to show the question."""
        return self._asks

    @property
    def question(self) -> BoundField:
        """The field with the question as its label. The first reading asks it."""
        bound = self["captcha"]
        if not bound.field.widget.key:
            question = self._question or pose(self._shown_nonce())
            bound.field.widget.key = question.hashkey
            bound.label = wording(code_of(question))
            bound.help_text = self._hint(code_of(question))
        return bound

    def _hint(self, code: str) -> str:
        lines = [
            (how_to_answer(code),),
            (_("It shows that a person sends this."),),
        ]
        if self.contact:
            link = format_html('<a href="mailto:{0}">{0}</a>', self.contact)
            said = _("If you cannot answer, write to %(address)s. What you wrote stays on this page.")
            before, _name, after = said.partition("%(address)s")
            lines.append((format_html("{}{}{}", before, link, after),))
        return format_html_join(" ", "{}", lines)

    def _shown_nonce(self) -> str:
        shown = self.data.get(self.add_prefix("form_token")) if self.is_bound else None
        token = read_token(self.form_name, str(shown or self.fields["form_token"].initial))
        return token.nonce if token else ""

    def _meet(self, token: FormToken | None, trapped: bool) -> None:
        code = suspect(self._signals(token, trapped), self.least_seconds, academy_settings.FORM_MAX_SECONDS)
        earlier = token.asked if token else ""
        if academy_settings.CAPTCHA == "off":
            self._take_marked(token, code or earlier)
        elif not (code or earlier or academy_settings.CAPTCHA == "always"):
            self.nonce = token.nonce if token else ""
        elif token is not None and self._is_answered(token):
            # A question may be answered by a machine, too: what it filled in where people see nothing stays a sign.
            self.nonce, self.suspicion = token.nonce, code if trapped else ""
            self._type("website2", "")
        else:
            self._ask(token, code)

    def _signals(self, token: FormToken | None, trapped: bool) -> Signals:
        texts = [value for value in self.cleaned_data.values() if isinstance(value, str)]
        return Signals(trapped, token.age if token else None, self.crowded, texts)

    def _take_marked(self, token: FormToken | None, code: str) -> None:
        """Without a token of ours nothing names the sending: the page is shown once more, with one."""
        if token is None:
            self._renew(Suspicion.TOKEN)
            raise ValidationError(UNREADABLE)
        self.nonce, self.suspicion = token.nonce, code

    def _is_answered(self, token: FormToken) -> bool:
        """Whether the question of this form is answered, now or earlier; notes how it was."""
        if is_proof(token.nonce, str(self.cleaned_data.get("captcha_proof") or "")):
            return True
        key, text = self.cleaned_data.get("captcha") or ("", "")
        self._verdict = judge(token.nonce, key, text)
        if self._verdict == Verdict.RIGHT:
            self._type("captcha_proof", prove(token.nonce))
            return True
        self._question = find(token.nonce, key) if self._verdict == Verdict.EMPTY else None
        return False

    def _ask(self, token: FormToken | None, code: str) -> None:
        """Show the same form with a question, and remember in its token that there is one."""
        asked_before = bool(self.data.get(self.add_prefix("captcha_0")) or self._has_proof())
        if token is None or code == Suspicion.OLD:
            self._renew(code)
            self._question = None
        elif code and not token.asked:
            self._renew(code, token)
        self._type("website2", "")
        self._type("captcha_proof", "")
        self._asks = True
        self.add_error("captcha", _REASONS[self._verdict] if asked_before else _FIRST)

    def _has_proof(self) -> bool:
        return bool(self.data.get(self.add_prefix("captcha_proof")))


_FIRST = gettext_lazy("Answer one more question, and send the form again.")
_REASONS = {
    Verdict.EMPTY: gettext_lazy("Answer the question."),
    Verdict.WRONG: gettext_lazy("Another answer was looked for. Answer this new question."),
    Verdict.GONE: gettext_lazy("The earlier question is no longer open. Answer this new one."),
}
