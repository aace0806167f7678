"""The system checks of every room, listed for Django."""

from keino_academy.core import checks as core
from keino_academy.learning import checks as learning

__all__ = ["core", "learning"]
