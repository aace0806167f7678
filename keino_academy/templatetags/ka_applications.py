"""Tags of applications: the form of a page, and the fields that begin an application."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from keino_academy.announcement.call import accepts
from keino_academy.announcement.call_words import call_words, closing_words
from keino_academy.announcement.models import AbstractAcademyPage
from keino_academy.announcement.queries import academy_of, find_face
from keino_academy.announcement.reading import read_page
from keino_academy.applications.journey import Question
from keino_academy.applications.models import AbstractApplicationPage, Application
from keino_academy.applications.opening import Opening, open_form
from keino_academy.applications.queries import files_of, has_form
from keino_academy.core.file_kinds import size_words

register = template.Library()


@register.simple_tag(takes_context=True)
def ka_opening(context: Context) -> Opening | None:
    """``{% ka_opening as opening %}``: the form of the context's application page.

    A view that answers what was sent has put its own into the context. None where the page
    stands below no academy.
    """
    given = context.get("opening")
    if given is not None:
        return given
    page = context.get("page")
    parent = page.get_parent() if isinstance(page, AbstractApplicationPage) else None
    face = parent.specific if parent else None
    if page is None or not isinstance(face, AbstractAcademyPage):
        return None
    academy, request = read_page(face, context.get("request")).academy, context.get("request")
    return open_form(academy, page.locale.language_code, request, face=face) if academy else None


@register.inclusion_tag("keino_academy/applications/start.html", takes_context=True)
def ka_application_start(context: Context, block: Any) -> dict[str, Any]:
    """The fields that begin an application, or where the call stands when it takes none.

    The page may be the academy's own or any below it.
    """
    page, request = context.get("page"), context.get("request")
    face = _face_above(page) if page is not None and page.pk else None
    reading = read_page(face, request) if face else None
    academy = reading.academy if reading else None
    if page is None or reading is None or academy is None:
        return {}
    language = page.locale.language_code
    return {
        "block": block,
        "takes": accepts(reading.state) and has_form(academy),
        "words": call_words(reading),
        "closes": closing_words(reading),
        "action": reverse("keino_academy:apply_start", kwargs={"language": language, "code": academy.code}),
    }


def _face_above(page: Any) -> AbstractAcademyPage | None:
    """The academy's page that the page is, or stands below."""
    if isinstance(page, AbstractAcademyPage):
        return page
    academy = academy_of(page)
    return find_face(academy, page.locale.language_code) if academy else None


@register.simple_tag(takes_context=True)
def ka_files(context: Context, question: Question) -> list[dict[str, Any]]:
    """``{% ka_files asked.question as files %}``: the files that answer it in the context's application.

    Each has ``pk``, ``name`` and ``size`` in words; there are none where nothing is begun yet.
    """
    application = context.get("application")
    if not isinstance(application, Application):
        return []
    found = files_of(application, question)
    return [{"pk": one.pk, "name": one.name, "size": size_words(one.size)} for one in found]


@register.filter
def ka_visible(form: Any) -> list[Any]:
    """A form's fields without its traps and its control question."""
    names = getattr(form, "trap_names", ())
    return [field for field in form.visible_fields() if field.name not in names]
