"""Who asks to join: the form, its frozen documents, and applications."""

from keino_academy.applications.models.applications import Application, Pilot, Revision, TeamMember
from keino_academy.applications.models.documents import FormDocument
from keino_academy.applications.models.pages import AbstractApplicationPage, ApplicationPage

__all__ = [
    "AbstractApplicationPage",
    "Application",
    "ApplicationPage",
    "FormDocument",
    "Pilot",
    "Revision",
    "TeamMember",
]
