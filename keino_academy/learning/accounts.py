"""Accounts of members: how one is made, and whose may sign in by mail."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.utils.module_loading import import_string

from keino_academy.conf import academy_settings


class AccountError(Exception):
    """An account that may not be signed in to by mail: of staff, or not the member's own."""


def is_staff_account(user: Any) -> bool:
    """Whether the account opens an admin: then only its password signs in."""
    return bool(
        user.is_superuser or getattr(user, "is_staff", False) or user.has_perm("wagtailadmin.access_admin")
    )


def staff_with(email: str) -> list[Any]:
    """Active accounts of staff that have the address."""
    field = get_user_model().get_email_field_name()
    users = get_user_model()._default_manager.filter(**{f"{field}__iexact": email}, is_active=True)
    return [user for user in users if is_staff_account(user)]


def new_account(email: str, name: str) -> Any:
    """The account that the site's ``MEMBER_ACCOUNT`` makes; raises :class:`AccountError` for staff."""
    user = import_string(academy_settings.MEMBER_ACCOUNT)(email, name)
    if not user.is_active or is_staff_account(user):
        raise AccountError
    return user


def make_account(email: str, name: str) -> Any:
    """Make an account without a password for a member; works with custom user models.

    Where the address is what one signs in with, the account that has it is the member's.
    Where it is not, an address proves nothing about an account that the site made: a new one
    is made beside it, and has the address only if no other account holds it.
    """
    model = get_user_model()
    email_field = model.get_email_field_name()
    holder = model._default_manager.filter(**{f"{email_field}__iexact": email}).first()
    by_email = email_field == model.USERNAME_FIELD
    if holder is not None and by_email:
        return holder
    values = {} if holder is not None else {email_field: email}
    if not by_email:
        values[model.USERNAME_FIELD] = f"academy-{secrets.token_hex(8)}"
    user = model(**values, **_names(model, name))
    user.set_unusable_password()
    user.save()
    return user


def _names(model: Any, name: str) -> dict[str, str]:
    """First and last name, where the model has fields for them."""
    first, _space, last = name.strip().partition(" ")
    values = {}
    for field_name, value in (("first_name", first), ("last_name", last)):
        try:
            longest = model._meta.get_field(field_name).max_length
        except FieldDoesNotExist:
            continue
        values[field_name] = value[:longest]
    return values
