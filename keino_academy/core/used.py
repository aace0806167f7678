"""Using a token once."""

from __future__ import annotations

import hashlib

from django.db import IntegrityError, transaction

from keino_academy.core.models import UsedToken


def use_once(purpose: str, token: str) -> bool:
    """Use the token up; False when it had been used. Safe against two at once."""
    try:
        with transaction.atomic():
            UsedToken.objects.create(purpose=purpose, digest=_digest(token))
    except IntegrityError:
        return False
    return True


def was_used(purpose: str, token: str) -> bool:
    """Whether the token was used before; changes nothing."""
    return UsedToken.objects.filter(purpose=purpose, digest=_digest(token)).exists()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
