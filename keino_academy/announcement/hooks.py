"""What the announcement adds to the admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from keino_academy.announcement.group_forms import AcademyRightsFormSet
from keino_academy.announcement.viewsets import TopicViewSet

register_snippet(TopicViewSet)


@hooks.register("register_group_permission_panel")
def academy_rights() -> type:
    """Rights in academies, on the screen of each group."""
    return AcademyRightsFormSet
