"""Tags of applications: the form of a page, and the fields that begin an application."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.announcement.queries import academy_of
from keino_academy.applications.models import AbstractApplicationPage
from keino_academy.applications.opening import Opening, open_form
from keino_academy.applications.queries import academy_of_page
from keino_academy.core.spam import TrapMixin

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
    academy = academy_of_page(page) if isinstance(page, AbstractApplicationPage) else None
    if academy is None or not isinstance(page, AbstractApplicationPage):
        return None
    return open_form(academy, page.locale.language_code, context.get("request"))


@register.inclusion_tag("keino_academy/applications/start.html", takes_context=True)
def ka_application_start(context: Context, block: Any) -> dict[str, Any]:
    """The fields that begin an application, or where the call stands when it takes none."""
    page = context.get("page")
    academy = academy_of(page) if page is not None and page.pk else None
    if academy is None or page is None:
        return {}
    language = page.locale.language_code
    opening = open_form(academy, language, context.get("request"))
    return {
        "block": block,
        "opening": opening,
        "action": reverse("keino_academy:apply_start", kwargs={"language": language, "code": academy.code}),
        "here": isinstance(page, AbstractAcademyPage),
    }


@register.filter
def ka_visible(form: Any) -> list[Any]:
    """A form's fields without its traps."""
    return [field for field in form.visible_fields() if field.name not in TrapMixin.trap_names]


@register.filter
def ka_written(academy: Academy, moment: Any) -> Any:
    """A moment in the academy's zone."""
    return academy.local(moment) if moment else ""
