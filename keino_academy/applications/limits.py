"""How much may be sent from one network and one address. A cache that is down limits nobody."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from keino_academy.conf import academy_settings
from keino_academy.core.ratelimits import allow, is_reached, network_of

#: What is counted, beside the limits themselves, to know when to become suspicious.
_SOFT = "apply-soft"


def is_crowded(request: HttpRequest) -> bool:
    """Whether so much came from the asking network that the next is suspicious; counts nothing."""
    return is_reached(_SOFT, network_of(request), academy_settings.SUSPICION_RATE)


def why_too_many(request: HttpRequest, email: str, nonce: str) -> str:
    """Count the application that is about to be sent; why it has to wait, for a person, or nothing.

    The same ``nonce`` counts once, however often its button is pressed.
    """
    network = network_of(request)
    allow(_SOFT, network, academy_settings.SUSPICION_RATE, once=nonce)
    if not allow("apply", network, academy_settings.RATE_APPLY, once=nonce):
        return _(
            "Many applications have come from your network. Keep this page open and send it again in an hour."
        )
    if not allow("apply-address", email.strip().lower(), academy_settings.RATE_ADDRESS, once=nonce):
        return _(
            "Many applications have come with your e-mail address. Keep this page open and send it again in an hour."
        )
    return ""
