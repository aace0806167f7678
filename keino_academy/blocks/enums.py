"""Words with a fixed meaning that blocks store; upper rooms read them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who an entry of the timeline is for."""

    EVERYONE = "everyone", _("everyone")
    APPLICANTS = "applicants", _("applicants")
    PARTICIPANTS = "participants", _("participants")


class Precision(models.TextChoices):
    """How exactly the days of a period are known."""

    DAY = "day", _("the days are known")
    MONTH = "month", _("the months are known")
    SEASON = "season", _("the season is known")
    YEAR = "year", _("the year is known")


class Drawing(models.TextChoices):
    """Which picture is drawn of the timeline."""

    AUTO = "auto", _("the one that fits the dates")
    WHEEL = "wheel", _("the year wheel, for at most two years")
    LINE = "line", _("the line")
    NONE = "none", _("no picture")


class CriterionKind(models.TextChoices):
    """What a criterion decides."""

    ELIGIBILITY = "eligibility", _("eligibility")
    SELECTION = "selection", _("selection")
    COMMITMENT = "commitment", _("commitment")


class Target(models.TextChoices):
    """Where a button leads."""

    NONE = "", _("no button")
    APPLY = "apply", _("the application")
    CHECK = "check", _("“Could we apply?”")
    BOOK = "book", _("booking a discussion")
    PAGE = "page", _("a page of this site")
    URL = "url", _("another address")
