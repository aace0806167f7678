"""The system checks of every room, listed for Django."""

from keino_academy.applications import checks as applications
from keino_academy.booking import checks as booking
from keino_academy.core import checks as core
from keino_academy.learning import checks as learning

__all__ = ["applications", "booking", "core", "learning"]
