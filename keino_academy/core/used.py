"""Using a token once, and standing in line for what one at a time may do."""

from __future__ import annotations

import hashlib

from django.db import IntegrityError, transaction
from django.utils import timezone

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


def stand_in_line(purpose: str, name: str) -> None:
    """Wait for every other transaction that stands in the same line; whoever comes later waits for this one's end.

    What is read afterwards holds what they wrote. Call it inside a transaction; where the database
    asks for another turn, it raises (see ``booking.contention``).
    """
    # Touched and not only locked: where a transaction reads what stood when it began, whoever waited
    # here would not see what the others wrote. A row that changed makes it begin again.
    UsedToken.objects.update_or_create(
        purpose=purpose, digest=_digest(name), defaults={"used_at": timezone.now()}
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
