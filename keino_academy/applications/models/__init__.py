"""Who asks to join: the form, its frozen documents, and applications."""

from keino_academy.applications.models.applications import Application, Revision
from keino_academy.applications.models.attachments import Attachment
from keino_academy.applications.models.documents import FormDocument
from keino_academy.applications.models.notes import DiscussionNote
from keino_academy.applications.models.pages import AbstractApplicationPage, ApplicationPage
from keino_academy.applications.models.people import (
    ApplicationReminder,
    Colleague,
    Countersignature,
    TeamMember,
)
from keino_academy.applications.models.pilots import Pilot

__all__ = [
    "AbstractApplicationPage",
    "Application",
    "ApplicationPage",
    "ApplicationReminder",
    "Attachment",
    "Colleague",
    "Countersignature",
    "DiscussionNote",
    "FormDocument",
    "Pilot",
    "Revision",
    "TeamMember",
]
