"""What learning does when others bring news."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page, Revision
from wagtail.signals import copy_for_translation_done, page_published, post_page_move

from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.announcement.queries import academy_of
from keino_academy.announcement.signals import academy_published
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.signals import address_corrected, application_moved
from keino_academy.booking.holders import FeedPart
from keino_academy.booking.models import PersonalFeed
from keino_academy.booking.signals import feed_asked
from keino_academy.learning import actions, closing, moving
from keino_academy.learning.member_feed import feed_part
from keino_academy.learning.models import AbstractLearningHomePage, AbstractSessionPage

#: In these states an organisation takes part.
_IN = {ApplicationState.SELECTED, ApplicationState.CONFIRMED}


@receiver(application_moved, dispatch_uid="keino_academy.learning.application_moved")
def follow_application(application: Any, **_kwargs: Any) -> None:
    """Selected: a participation begins. No longer: it ends."""
    if application.state in _IN:
        actions.begin_participation(application)
    else:
        actions.end_participation(application)


@receiver(address_corrected, dispatch_uid="keino_academy.learning.address_corrected")
def follow_address(application: Any, old: str, **_kwargs: Any) -> None:
    """Mail and sign-in links go to the corrected address from now on."""
    actions.correct_contacts_address(application, old)


@receiver(page_published, dispatch_uid="keino_academy.learning.page_published")
def close_published(instance: Page, **_kwargs: Any) -> None:
    """A published home is restricted; documents of a published page are closed."""
    if isinstance(instance, AbstractLearningHomePage):
        closing.close_root(instance)
    closing.close_documents(instance)


@receiver(academy_published, dispatch_uid="keino_academy.learning.academy_published")
def follow_timeline(academy: Academy, page: AbstractAcademyPage, **_kwargs: Any) -> None:
    """Members are told of sessions that moved or are gone."""
    moving.follow_sessions(academy, page)


@receiver(page_published, dispatch_uid="keino_academy.learning.session_published")
def note_session(instance: Page, **_kwargs: Any) -> None:
    """From now on the session's time is known, and a move is seen."""
    if isinstance(instance, AbstractSessionPage) and instance.timeline_entry:
        academy = academy_of(instance)
        if academy is not None:
            moving.note_sessions(academy)


@receiver(feed_asked, dispatch_uid="keino_academy.learning.feed_asked")
def answer_feed(feed: PersonalFeed, **_kwargs: Any) -> FeedPart | None:
    """What a member's own calendar holds."""
    return feed_part(feed)


@receiver(copy_for_translation_done, dispatch_uid="keino_academy.learning.copy_for_translation_done")
def close_translation(target_obj: Any, **_kwargs: Any) -> None:
    """A translation is closed before anyone publishes it."""
    if isinstance(target_obj, AbstractLearningHomePage):
        closing.close_root(target_obj)


@receiver(post_page_move, dispatch_uid="keino_academy.learning.post_page_move")
def close_moved(instance: Page, **_kwargs: Any) -> None:
    """What was moved into a closed tree is closed with its documents."""
    closing.close_tree(instance)


@receiver(post_save, sender=Revision, dispatch_uid="keino_academy.learning.revision_saved")
def close_drafted(instance: Revision, raw: bool = False, **_kwargs: Any) -> None:
    """A document is closed as soon as a draft uses it: its address can be guessed before it is published."""
    if raw or not instance.content_type.model_class():
        return
    if issubclass(instance.content_type.model_class(), Page):
        draft = instance.as_object()
        closing.close_documents(draft, draft)
