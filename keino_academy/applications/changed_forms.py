"""What an editor is told of a form that has been answered: while it is edited, and once it was changed."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from wagtail.admin import messages
from wagtail.models import Page

from keino_academy.announcement.call import accepts
from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.applications.changes import Changes, document_changes
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import AbstractApplicationPage, Application, FormDocument
from keino_academy.applications.queries import academy_of_page, content_in, current_document
from keino_academy.core.languages import current_language

#: Where a request keeps the form as it was before the page was published.
_BEFORE = "_keino_academy_form_before"
_OVER = (ApplicationState.WITHDRAWN, ApplicationState.ERASED)


def warn_of_answers(request: HttpRequest, page: Page) -> None:
    """Tell who opens an application page in an open call how many have answered its form."""
    if request.method != "GET" or not isinstance(page, AbstractApplicationPage):
        return
    academy = _academy_behind(page)
    if academy is None or not accepts(academy.state):
        return
    count = Application.objects.filter(academy=academy).exclude(state__in=_OVER).count()
    if count:
        text = ngettext(
            "%(count)s application has answered this form, and the call is open. Change a question only where you must.",
            "%(count)s applications have answered this form, and the call is open. Change a question only where you must.",
            count,
        )
        messages.warning(request, text % {"count": count})


def remember_form(request: HttpRequest, page: Page) -> None:
    """Note which form there is, before a page is published that may change it."""
    academy = _academy_behind(page)
    setattr(request, _BEFORE, current_document(academy) if academy else None)


def tell_of_changed_form(request: HttpRequest, page: Page) -> None:
    """Tell the editor what publishing changed in the form, and how many answered the earlier one."""
    old: FormDocument | None = getattr(request, _BEFORE, None)
    academy = _academy_behind(page)
    new = current_document(academy) if academy else None
    if old is None or new is None or old.structure == new.structure:
        return
    earlier = Application.objects.filter(academy=academy).exclude(document__structure=new.structure)
    drafts = earlier.filter(state=ApplicationState.DRAFT).count()
    sent = earlier.exclude(state__in=(ApplicationState.DRAFT, *_OVER)).count()
    if drafts or sent:
        language = current_language()
        changes = document_changes(content_in(old, language), content_in(new, language))
        messages.warning(request, " ".join([*_how_many(drafts, sent), *in_words(changes)]))


def _academy_behind(page: Page) -> Academy | None:
    """The academy whose form the page makes a part of."""
    if isinstance(page, AbstractApplicationPage):
        return academy_of_page(page)
    if isinstance(page, AbstractAcademyPage):
        return Academy.objects.filter(translation_key=page.translation_key).first()
    return None


def _how_many(drafts: int, sent: int) -> list[str]:
    """Who answered the earlier form, in sentences."""
    said = [gettext("The form has changed.")]
    if drafts:
        text = ngettext(
            "%(count)s draft was begun on the earlier form.",
            "%(count)s drafts were begun on the earlier form.",
            drafts,
        )
        said.append(text % {"count": drafts})
    if sent:
        text = ngettext(
            "%(count)s application that was sent answers the earlier form.",
            "%(count)s applications that were sent answer the earlier form.",
            sent,
        )
        said.append(text % {"count": sent})
    return said


def in_words(changes: Changes) -> list[str]:
    """The changes in sentences, each question by its label."""
    parts = (
        (gettext("New questions: %(labels)s."), changes.added),
        (gettext("Questions that fell away: %(labels)s."), changes.removed),
        (gettext("Changed questions: %(labels)s."), changes.changed),
    )
    said = [
        text % {"labels": "; ".join(f"“{label}”" for _key, label in pairs)} for text, pairs in parts if pairs
    ]
    return said or [gettext("Only the order of the questions is another.")]
