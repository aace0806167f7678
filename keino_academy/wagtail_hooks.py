"""The hooks of every room, listed for Wagtail."""

from keino_academy.announcement import hooks as announcement
from keino_academy.applications import hooks as applications
from keino_academy.booking import hooks as booking
from keino_academy.core import hooks as core
from keino_academy.learning import hooks as learning
from keino_academy.selection import hooks as selection

__all__ = ["announcement", "applications", "booking", "core", "learning", "selection"]
