"""Template tags of the site's own frame."""

from django import template

from example_site.home import frame
from keino_academy.announcement.enums import CallState
from keino_academy.models import Academy, AcademyPage

register = template.Library()

#: The states of academies on the home page, in this order. Those that are over stand in the list only.
FRESH = (
    CallState.OPEN,
    CallState.GRACE,
    CallState.PLANNED,
    CallState.CLOSED,
    CallState.DECIDED,
    CallState.RUNNING,
)


@register.simple_tag(takes_context=True)
def site_frame(context):
    """Menu and foot in the active language."""
    request = context.get("request")
    return frame.frame_of(request, context.get("page")) if request else frame.Frame()


@register.simple_tag(takes_context=True)
def site_languages(context):
    """This same thing in each language: what a view of the package says, else the page's translations."""
    request = context.get("request")
    given = context.get("language_links")
    if given:
        return given
    return frame.languages_of(request, context.get("page")) if request else []


@register.simple_tag(takes_context=True)
def site_academies(context):
    """Academies in the page's language: those that can be applied to first, then those that will be."""
    faces = list(AcademyPage.objects.live().public().filter(locale=context["page"].locale))
    bodies = Academy.objects.filter(translation_key__in=[face.translation_key for face in faces])
    states = {academy.translation_key: academy.state for academy in bodies}
    known = [face for face in faces if states.get(face.translation_key) in FRESH]
    return sorted(known, key=lambda face: (FRESH.index(states[face.translation_key]), face.title))
