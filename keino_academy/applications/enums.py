"""Words of applications."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    """Where an application stands; the table of transitions says how it moves."""

    DRAFT = "draft", _("draft")
    INTEREST_SENT = "interest_sent", _("interest sent")
    RETURNED = "returned", _("returned for completion")
    FINAL_SENT = "final_sent", _("final decision sent")
    IN_REVIEW = "in_review", _("in review")
    SELECTED = "selected", _("selected")
    ON_RESERVE = "on_reserve", _("on reserve")
    NOT_SELECTED = "not_selected", _("not selected")
    CONFIRMED = "confirmed", _("place confirmed")
    TURNED_DOWN = "turned_down", _("place turned down")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ERASED = "erased", _("erased")


class Actor(models.TextChoices):
    """Who makes a transition."""

    APPLICANT = "applicant", _("applicant")
    ORGANISER = "organiser", _("organiser")
    SYSTEM = "system", _("system")


class PilotCategory(models.TextChoices):
    """What is procured."""

    CONSTRUCTION = "construction", _("construction")
    DESIGN = "design", _("construction design")
    OTHER = "other", _("other")


class PilotPhase(models.TextChoices):
    """How far a procurement is."""

    IDEA = "idea", _("The need is known, nothing has been started")
    PLANNING = "planning", _("Project planning is under way")
    MARKET = "market", _("Market dialogue is under way or about to begin")
    TENDER = "tender", _("The invitation to tender is being written")


class ValueBand(models.TextChoices):
    """Estimated value without VAT over the whole contract."""

    UNDER_150K = "under_150k", _("under €150,000")
    TO_1M = "150k_1m", _("€150,000–999,999")
    TO_5M = "1m_5m", _("€1–5 million")
    OVER_5M = "over_5m", _("over €5 million")
    UNKNOWN = "unknown", _("not known yet")
