"""Records that belong to no room."""

from keino_academy.core.models.mail import OutboxMail
from keino_academy.core.models.used import UsedToken

__all__ = ["OutboxMail", "UsedToken"]
