"""Reading what was decided."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from keino_academy.announcement.enums import Right
from keino_academy.announcement.queries import academies_for, may_in
from keino_academy.applications.answers import labels_of, say_all
from keino_academy.applications.discussion_notes import NoteWords, notes_of
from keino_academy.applications.models import Application
from keino_academy.applications.queries import all_answers, sections_for, visible_to_organisers, with_all
from keino_academy.core import dates
from keino_academy.core.models import OutboxMail

#: Mails that tell an applicant of a decision.
_LETTERS = ("learning/invitation", "applications/not_selected")


def decidable(user: Any) -> QuerySet[Application]:
    """The applications on which the user may decide."""
    rows = Application.objects.filter(visible_to_organisers(), academy__in=academies_for(user, Right.DECIDE))
    return rows.select_related("academy")


def notes_for(user: Any, application: Application) -> list[NoteWords]:
    """The notes of the discussion, with the questions in the applicant's language; none for who may not read it."""
    if not may_in(user, application.academy, Right.READ) or not application.notes.exists():
        return []
    whole = with_all(Application.objects.filter(pk=application.pk)).get()
    sections = sections_for(whole)
    with override(whole.language):
        labels = labels_of(say_all(sections, all_answers(whole, sections)))
    return notes_of(whole, labels)


def last_move(application: Application) -> str:
    """Who moved the application last and when, in words; nothing when nobody has."""
    last = application.revisions.exclude(transition="").order_by("-pk").first()
    if last is None:
        return ""
    return _("%(state)s: %(who)s, %(when)s.") % {
        "state": str(last.get_state_display()).capitalize(),
        "who": _name(last.user_id_text) or last.get_actor_display(),
        "when": dates.moment(application.academy.local(last.made_at)),
    }


def letters_of(application: Application) -> QuerySet[OutboxMail]:
    """The mails that told the contact person of a decision, the newest first."""
    return OutboxMail.objects.filter(
        kind__in=_LETTERS, to__iexact=application.contact_email, scope=application.academy.translation_key
    )


def _name(user_id: str) -> str:
    if not user_id:
        return ""
    user = get_user_model()._default_manager.filter(pk=user_id).first()
    return (user.get_full_name() or user.get_username()) if user else ""
