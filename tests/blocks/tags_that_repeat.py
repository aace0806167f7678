"""Stand-ins for the rooms' tags: each repeats what a block's template hands over."""

from django import template

register = template.Library()


def _repeat(name):
    @register.simple_tag(name=name, takes_context=True)
    def tag(context, value):
        return f"[{name} {value['heading']} on {context['page']}]"


for _name in ("ka_programme", "ka_criteria", "ka_check_link", "ka_application_start", "ka_booking_days"):
    _repeat(_name)


@register.simple_tag(takes_context=True)
def ka_target_url(context, target):
    return f"/{context['page']}/{target}/"
