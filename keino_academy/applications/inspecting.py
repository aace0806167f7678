"""One application in the admin, as its readers see it."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from keino_academy.applications.answer_sheet import language_name
from keino_academy.applications.answers import labels_of, say_all
from keino_academy.applications.confirmations import confirmations_of
from keino_academy.applications.differences import Change, differences
from keino_academy.applications.discussion_notes import notes_of
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.journey import sections_of
from keino_academy.applications.list_columns import met_of
from keino_academy.applications.models import Application, Revision
from keino_academy.applications.queries import (
    all_answers,
    content_in,
    holder_key,
    sections_for,
    with_all,
)
from keino_academy.applications.typed_answers import with_typed
from keino_academy.booking.queries import live_bookings_of
from keino_academy.core import dates
from keino_academy.core.admin_views import ScopedInspectView
from keino_academy.core.languages import language_codes
from keino_academy.core.models import OutboxMail
from keino_academy.core.suspicion import words_of
from keino_academy.core.zones import last_minute

#: Functions of this hook get an application and a user, and return buttons for its page.
BUTTONS_HOOK = "keino_academy_application_buttons"


class ApplicationInspectView(ScopedInspectView):
    """One application: answers, criteria with their verdicts, pilot, team, bookings, mails, revisions."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything that is known of it, in the language that is asked for."""
        application = with_all(Application.objects.filter(pk=self.object.pk)).get()
        asked = self.request.GET.get("language", "")
        language = asked if asked in language_codes() else application.academy.language
        sections = sections_for(application, language)
        with override(language):
            said = say_all(sections, all_answers(application, sections))
        return super().get_context_data(**kwargs) | {
            "application": application,
            "facts": application_facts(application),
            "said": with_typed(said, application.typed),
            "confirmations": confirmations_of(application, language),
            "notes": notes_of(application, labels_of(said)),
            "judged": [(part.section, row) for part in said for row in part.rows if row.verdict is not None],
            "bookings": [
                (booking, application.academy.local(booking.slot.starts))
                for booking in live_bookings_of(holder_key(application))
            ],
            "mails": OutboxMail.objects.filter(about=f"application:{application.pk}").order_by("-pk"),
            "revisions": revisions_of(application, language),
            "language": language,
            "languages": [(code, language_name(code), code == language) for code in language_codes()],
            "doings": self.doings,
        }

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What other rooms let the user do with the application."""
        return [*super().header_more_buttons, *self.doings]

    @cached_property
    def doings(self) -> list[Button]:
        """The buttons of other rooms, in their order."""
        offers = (offer(self.object, self.request.user) for offer in hooks.get_hooks(BUTTONS_HOOK))
        return sorted(button for offer in offers for button in offer)


def application_facts(application: Application) -> list[tuple[Any, Any]]:
    """Name and value of what is known without reading answers."""
    sent = application.academy.local(application.sent_at) if application.sent_at else None
    grace = _("within the grace after the deadline") if application.in_grace else ""
    facts = [
        (_("Academy"), application.academy.title),
        (_("State"), application.get_state_display()),
        *_late_facts(application),
        *_held_facts(application),
        (_("Sent"), f"{dates.moment(sent)} {grace}".strip() if sent else "–"),
        (_("Language"), language_name(application.language)),
        (_("Criteria met"), met_of(application)),
    ]
    if application.state == ApplicationState.RETURNED and application.return_message:
        facts.append((_("What is to be completed"), application.return_message))
    return facts


def _late_facts(application: Application) -> list[tuple[Any, Any]]:
    """Since when it is late, until when it has more time, and why."""
    academy, facts = application.academy, []
    if application.late_at:
        facts.append((_("Late since"), dates.moment(academy.local(application.late_at))))
    if application.extended_until:
        until = last_minute(academy.local(application.extended_until))
        facts.append((_("More time until"), dates.moment(until)))
        facts.append((_("Reason"), application.extension_reason))
    return facts


def _held_facts(application: Application) -> list[tuple[Any, Any]]:
    """Why it was held back, and since when it is not any more."""
    if not application.suspicion:
        return []
    facts = [(_("Held back"), words_of(application.suspicion))]
    if application.cleared_at:
        facts.append((_("Let through"), dates.moment(application.academy.local(application.cleared_at))))
    return facts


def revisions_of(application: Application, language: str) -> list[tuple[Revision, str, tuple[Change, ...]]]:
    """Each revision with its moment and what it changed; the first one changed nothing, it began.

    Answers are told in ``language``, as the others of the page.
    """
    sections = sections_of(content_in(application.document, language))
    found: list[tuple[Revision, str, tuple[Change, ...]]] = []
    before = None
    for revision in application.revisions.all():
        answers = revision.content.get("answers") or {}
        with override(language):
            changes = () if before is None else differences(sections, before, answers)
        found.append((revision, dates.moment(application.academy.local(revision.made_at)), changes))
        before = answers
    return found
