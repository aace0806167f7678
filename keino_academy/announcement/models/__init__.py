"""What is offered: pages that announce, and the academy behind them."""

from keino_academy.announcement.models.academy import Academy, AcademyRight
from keino_academy.announcement.models.pages import (
    AbstractAcademyIndexPage,
    AbstractAcademyPage,
    AcademyIndexPage,
    AcademyPage,
)
from keino_academy.announcement.models.statements import (
    AbstractStatementPage,
    AccessibilityStatementPage,
    PrivacyNoticePage,
)
from keino_academy.announcement.models.topics import Topic

__all__ = [
    "AbstractAcademyIndexPage",
    "AbstractAcademyPage",
    "AbstractStatementPage",
    "Academy",
    "AcademyIndexPage",
    "AcademyPage",
    "AcademyRight",
    "AccessibilityStatementPage",
    "PrivacyNoticePage",
    "Topic",
]
