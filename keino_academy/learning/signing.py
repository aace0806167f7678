"""Signing in by a mailed link: asking for one, and using it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from keino_academy.conf import academy_settings
from keino_academy.core import clock, outbox
from keino_academy.core.doors import LinkError
from keino_academy.core.used import use_once, was_used
from keino_academy.learning import queries
from keino_academy.learning.accounts import AccountError, is_staff_account, new_account, staff_with
from keino_academy.learning.actions import site_root
from keino_academy.learning.links import SignIn, new_token, read_token
from keino_academy.learning.models import Member

__all__ = ["Invitation", "ask_for_link", "read_link", "use_link"]

_PURPOSE = "sign-in"


@dataclass(frozen=True)
class Invitation:
    """A link that works: what it says, and the members whom it signs in."""

    link: SignIn
    members: list[Member]


def ask_for_link(email: str, language: str, following: str) -> None:
    """Mail a sign-in link to a member, and to staff the advice to use the password.

    Nothing tells the asker whether the address is known. An unknown one gets no mail.
    """
    email = email.strip().lower()
    members = list(queries.live_members(email=email).order_by("-pk"))
    with transaction.atomic():
        if _is_staffs(email, members):
            _post("learning/sign_in_password", email, language, members, reverse("wagtailadmin_login"))
        elif members:
            token = new_token(email, language, following)
            _post("learning/sign_in", email, language, members, _link_path(language, token))


def read_link(token: str) -> Invitation:
    """What a link opens; raises ``LinkError`` when it opens nothing, for whatever reason."""
    link = read_token(token)
    members = list(queries.live_members(email=link.email).order_by("-pk"))
    if not members or was_used(_PURPOSE, link.nonce) or _is_staffs(link.email, members):
        raise LinkError
    return Invitation(link, members)


def use_link(token: str) -> tuple[Any, SignIn]:
    """The account to sign in; uses the link up. Raises ``LinkError`` like :func:`read_link`."""
    invitation = read_link(token)
    with transaction.atomic():
        if not use_once(_PURPOSE, invitation.link.nonce):
            raise LinkError
        user = _account(invitation.members)
        pks = [member.pk for member in invitation.members]
        Member.objects.filter(pk__in=pks).update(user=user)
        Member.objects.filter(pk__in=pks, joined_at__isnull=True).update(joined_at=clock.now())
    return user, invitation.link


def _account(members: list[Member]) -> Any:
    """The account that these members share; made at the first time."""
    user = next((member.user for member in members if member.user_id), None)
    if user is None:
        try:
            user = new_account(members[0].email, members[0].name)
        except AccountError as error:
            raise LinkError from error
    if not user.is_active or is_staff_account(user):
        raise LinkError
    return user


def _is_staffs(email: str, members: list[Member]) -> bool:
    """Whether a password is what this address signs in with."""
    accounts = [member.user for member in members if member.user_id]
    return any(is_staff_account(user) for user in accounts) or bool(staff_with(email))


def _link_path(language: str, token: str) -> str:
    return reverse("keino_academy:sign_in_link", kwargs={"language": language, "token": token})


def _post(kind: str, email: str, language: str, members: list[Member], path: str) -> None:
    academy = members[0].participation.academy if members else None
    outbox.post(
        kind,
        to=email,
        language=language,
        context={
            "link": site_root(academy, language) + path,
            "minutes": academy_settings.SIGN_IN_SECONDS // 60,
        },
        scope=academy.translation_key if academy else None,
        about=f"member:{members[0].pk}" if members else "",
    )
