"""Which organisation an application is of: the keys by which a second one is met. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from keino_academy.core.organisations import same_name


@dataclass(frozen=True)
class Claim:
    """What names an organisation in a round.

    ``key`` is its business id, else ``name``: the organisation's name in one spelling with the
    domain of the contact's address. Empty when nothing names it.
    """

    key: str
    name: str


def claim_of(organisation: str, business_id: str, email: str) -> Claim:
    """The claim of an application; ``business_id`` is in its one spelling, as the form keeps it."""
    spelled = same_name(organisation)
    name = f"{spelled}@{email.rpartition('@')[2].lower()[-40:]}" if spelled else ""
    return Claim(f"id:{business_id}" if business_id else name, name)
