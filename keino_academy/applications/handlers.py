"""What publishing pages does to forms, and what the booking room asks."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.announcement.signals import academy_published
from keino_academy.applications.actions import publish_form
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import AbstractApplicationPage
from keino_academy.applications.queries import HOLDER, academy_of_page, find_application, holder_key
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import SlotSeries
from keino_academy.booking.signals import holder_asked
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
