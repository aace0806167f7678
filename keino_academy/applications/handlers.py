"""What publishing pages does to forms, and what the booking room asks."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.signals import page_published

from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.announcement.signals import academy_published
from keino_academy.applications import (  # so that they are registered
    confirm_reminders,  # noqa: F401
    draft_reminders,  # noqa: F401
    own_types,  # noqa: F401
    unopened,  # noqa: F401
)
from keino_academy.applications.actions import publish_form
from keino_academy.applications.attaching import remove_afterwards
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import AbstractApplicationPage, Attachment
from keino_academy.applications.queries import (
    HOLDER,
    academy_of_page,
    find_application,
    holder_key,
    references_of,
)
from keino_academy.booking.holders import FeedPart, Holder
from keino_academy.booking.models import PersonalFeed, SlotSeries
from keino_academy.booking.signals import brief_asked, feed_asked, holder_asked
from keino_academy.core.doors import LinkError, read


@receiver(academy_published, dispatch_uid="keino_academy_form_of_academy")
def on_academy(academy: Academy, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver
    """Criteria or dates may have changed."""
    publish_form(academy)


@receiver(page_published, dispatch_uid="keino_academy_form_of_page")
def on_page(instance: Page, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver
    """A translation of the announcement, or an application page in any language, was published."""
    if instance.alias_of_id:
        return
    if isinstance(instance, AbstractApplicationPage):
        academy = academy_of_page(instance)
    elif isinstance(instance, AbstractAcademyPage):
        academy = Academy.objects.filter(translation_key=instance.translation_key).first()
    else:
        return
    if academy is not None:
        publish_form(academy)


@receiver(holder_asked, dispatch_uid="keino_academy_application_holder")
def on_holder_asked(token: str, series: SlotSeries, **kwargs: Any) -> Holder | None:  # noqa: ARG001
    """Whose the token is, if an application of the series' academy made it and still stands."""
    try:
        pk = read(HOLDER, token)
    except LinkError:
        return None
    gone = {ApplicationState.WITHDRAWN, ApplicationState.ERASED}
    application = find_application(pk=pk, academy_id=series.academy_id) if isinstance(pk, int) else None
    if application is None or application.state in gone:
        return None
    return Holder(
        key=holder_key(application),
        organisation=application.organisation,
        person=application.contact_name,
        email=application.contact_email,
        reference=application.reference,
    )


@receiver(feed_asked, dispatch_uid="keino_academy_application_feed")
def on_feed_asked(feed: PersonalFeed, **kwargs: Any) -> FeedPart | None:  # noqa: ARG001 - a receiver
    """The bookings of an application of the feed's academy, unless it is erased."""
    return FeedPart((feed.holder,)) if references_of({feed.holder}, academy=feed.academy_id) else None


@receiver(brief_asked, dispatch_uid="keino_academy_application_brief")
def on_brief_asked(holders: set[str], **kwargs: Any) -> dict[str, str]:  # noqa: ARG001 - a receiver
    """By which reference those who meet an applicant find the application."""
    return {
        holder: _("Application %(reference)s") % {"reference": reference}
        for holder, reference in references_of(holders).items()
    }


@receiver(post_delete, sender=Attachment, dispatch_uid="keino_academy_attachment_file")
def on_attachment_deleted(instance: Attachment, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver
    """A row is gone, also with its application: its file goes too."""
    remove_afterwards(instance)
