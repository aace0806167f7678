"""The verbs of participations: begin, end, invite, leave."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import log

from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import academy_title, find_face
from keino_academy.applications.models import Application
from keino_academy.booking.actions import end_feeds
from keino_academy.core import clock, outbox
from keino_academy.core.addresses import root_url
from keino_academy.core.text import clean_line, unlinked
from keino_academy.learning.models import Member, Participation
from keino_academy.learning.queries import feed_holder
from keino_academy.learning.signals import participation_began

__all__ = [
    "begin_participation",
    "correct_contacts_address",
    "end_participation",
    "mark_left",
    "send_invitation_again",
]


def begin_participation(application: Application) -> Participation:
    """Make the organisation a participant and invite its contact person.

    Safe to call again: nothing is doubled. A participation that had ended is revived, and its
    contact person invited anew; members who had left stay out.
    """
    with transaction.atomic():
        participation, made = Participation.objects.select_for_update().get_or_create(
            application=application,
            defaults={
                "academy": application.academy,
                "organisation": application.organisation,
                "began_at": clock.now(),
            },
        )
        revived = participation.ended_at is not None
        if not made and not revived:
            return participation
        if revived:
            participation.ended_at = None
            participation.save(update_fields=["ended_at"])
        _bring_people(participation, application)
        participation_began.send(sender=Participation, participation=participation)
    return participation


def end_participation(application: Application) -> None:
    """End the participation that came of an application, if there is a live one.

    It can be revived; its members' calendars cannot, they are made anew.
    """
    with transaction.atomic():
        live = Participation.objects.select_for_update().filter(
            application=application, ended_at__isnull=True
        )
        for participation in live:
            end_feeds(*(feed_holder(member) for member in participation.members.all()))
            participation.ended_at = clock.now()
            participation.save(update_fields=["ended_at"])


@transaction.atomic
def correct_contacts_address(application: Application, old: str) -> None:
    """Let the contact person of a participation follow the application's corrected address.

    The new address is invited, and the account of the old one, which may be a stranger's, is out.
    Whoever is a member by the new address already becomes the contact person.
    """
    contact = Member.objects.filter(
        participation__application=application,
        role=Member.Role.CONTACT,
        email=old.strip().lower(),
        left_at__isnull=True,
    ).first()
    if contact is None:
        return
    participation, email = contact.participation, application.contact_email.strip().lower()
    there = participation.members.filter(email=email, left_at__isnull=True).exclude(pk=contact.pk).first()
    if there is not None:
        mark_left(contact)
        there.role = Member.Role.CONTACT
        there.save(update_fields=["role"])
    elif email != contact.email:
        contact.email, contact.user, contact.joined_at = email, _account_of(email), None
        contact.save(update_fields=["email", "user", "joined_at"])
        end_feeds(feed_holder(contact))
    else:
        return
    if participation.ended_at is None:
        _invite(there or contact)


def send_invitation_again(member: Member, by: Any = None) -> None:
    """Invite a member, for the first time or once more."""
    with transaction.atomic():
        _invite(member)
        log(member.participation, "keino_academy.invite", user=by, data={"member": member.pk})


def mark_left(member: Member, by: Any = None) -> bool:
    """Note that a member has left; they are out at their next request. False when they had left before."""
    with transaction.atomic():
        left = Member.objects.filter(pk=member.pk, left_at__isnull=True).update(left_at=clock.now())
        if left:
            end_feeds(feed_holder(member))
            log(member.participation, "keino_academy.leave", user=by, data={"member": member.pk})
    return bool(left)


def _bring_people(participation: Participation, application: Application) -> None:
    """The contact person is invited; people of the team wait until they are."""
    contact = _member(
        participation, application.contact_name, application.contact_email, Member.Role.CONTACT, application
    )
    if contact is not None:
        _invite(contact)
    for person in application.team.exclude(email=""):
        _member(participation, person.name, person.email, Member.Role.EXPERT, application)


def _member(
    participation: Participation, name: str, email: str, role: str, application: Application
) -> Member | None:
    """The member with the address, made if there was none; None when that member has left."""
    email = email.strip().lower()
    known = participation.members.filter(email=email).order_by("-pk").first()
    if known is not None:
        return known if known.left_at is None else None
    return participation.members.create(
        name=name,
        email=email,
        role=role,
        language=application.language,
        user=_account_of(email),
    )


def _account_of(email: str) -> Any:
    """The account of who has signed in to another participation by the address, if anybody has."""
    known = Member.objects.filter(email=email, user__isnull=False).order_by("-pk").first()
    return known.user if known else None


def _invite(member: Member) -> None:
    academy = member.participation.academy
    outbox.post(
        "learning/invitation",
        to=member.email,
        language=member.language,
        context={
            "academy": clean_line(academy_title(academy, member.language)),
            "organisation": unlinked(clean_line(member.participation.organisation)),
            "is_contact": member.role == Member.Role.CONTACT,
            "link": site_root(academy, member.language)
            + reverse("keino_academy:sign_in", kwargs={"language": member.language}),
            "email": member.email,
        },
        scope=academy.translation_key,
        about=f"member:{member.pk}",
        reply_to=academy.organiser_email,
    )
    member.invited_at = clock.now()
    member.save(update_fields=["invited_at"])


def site_root(academy: Academy | None, language: str) -> str:
    """The root of the site that shows the academy, for addresses in a mail."""
    return root_url(find_face(academy, language) if academy else None)
