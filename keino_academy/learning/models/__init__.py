"""What accepted organisations do together: pages, and the people who may read them."""

from keino_academy.learning.models.documents import ClosedDocument
from keino_academy.learning.models.pages import (
    AbstractLearningHomePage,
    AbstractSessionPage,
    LearningHomePage,
    SessionPage,
)
from keino_academy.learning.models.participations import Member, Participation
from keino_academy.learning.models.times import SessionTime

__all__ = [
    "AbstractLearningHomePage",
    "AbstractSessionPage",
    "ClosedDocument",
    "LearningHomePage",
    "Member",
    "Participation",
    "SessionPage",
    "SessionTime",
]
