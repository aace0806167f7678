"""Kinds of organisation and the Finnish business id."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from keino_academy.conf import academy_settings


class OrganisationKind(models.TextChoices):
    """The kinds that the package knows; a site adds its own by ``ORGANISATION_KINDS``."""

    MUNICIPALITY = "municipality", _("municipality")
    JOINT_AUTHORITY = "joint_authority", _("joint municipal authority")
    STATE = "state", _("state agency or institution")
    PARISH = "parish", _("parish")
    OTHER_PUBLIC = "other_public", _("other public contracting entity")


def organisation_kinds() -> list[tuple[str, str]]:
    """All choices of kind, the site's own after the package's."""
    return [*OrganisationKind.choices, *academy_settings.ORGANISATION_KINDS]


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def normalise_business_id(value: str) -> str:
    """``1234567-1`` of any usual spelling (``FI12345671``, spaces); raises ``ValidationError``.

    The check digit is the Finnish Y-tunnus's: weights 7 9 10 5 8 4 2, modulus 11, and
    no id has the remainder 1 (Finnish Tax Administration, specification of the Business ID).
    """
    compact = re.sub(r"[\s-]", "", value.strip().upper()).removeprefix("FI")
    if not re.fullmatch(r"[0-9]{7,8}", compact):
        raise ValidationError(_("Write the business id like 1234567-1."), code="business_id")
    compact = compact.zfill(8)
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, compact[:7], strict=True)) % 11
    expected = 0 if remainder == 0 else 11 - remainder
    if remainder == 1 or int(compact[7]) != expected:
        raise ValidationError(_("Check the business id: its last digit does not match."), code="business_id")
    return f"{compact[:7]}-{compact[7]}"


def same_name(value: str) -> str:
    """An organisation's name in one spelling: letters and digits only, whatever their case."""
    text = unicodedata.normalize("NFKC", value).casefold()
    return "".join(letter for letter in text if letter.isalnum())[:150]
