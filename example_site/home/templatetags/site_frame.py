"""Template tags of the site's own frame."""

from django import template

from example_site.home import frame
from keino_academy.models import AcademyPage

register = template.Library()


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
    """The newest academies in the page's language, those first that are not over."""
    pages = AcademyPage.objects.live().public().filter(locale=context["page"].locale)
    return pages.order_by("-closes_on")[:4]
