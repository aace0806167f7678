"""The academy's timeline: moments, periods and deadlines.

Ids of the entries are what other rooms point to: a session page takes its date, time
and place from the entry. Dates and times are the same in every language.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks import BlockGroup

from keino_academy.blocks.base import AcademyBlock
from keino_academy.blocks.enums import Audience, Precision
from keino_academy.blocks.spans import whole
from keino_academy.core import dates


class MomentValue(blocks.StructValue):
    """A moment, which says when it is."""

    @property
    def when(self) -> str:
        """The day with its hours, in the active language."""
        day, starts, ends = self.get("date"), self.get("starts"), self.get("ends")
        if not day:
            return ""
        hours = (dates.hours(starts, ends) if ends else dates.clock(starts)) if starts else ""
        return f"{dates.dated(day)} {hours}".strip()


class PeriodValue(blocks.StructValue):
    """A period, which says when it is as exactly as is known."""

    @property
    def bounds(self) -> tuple[date, date] | None:
        """First and last day, both included, of the whole days, months, seasons or years."""
        first = self.get("first")
        return whole(first, self.get("last"), self.get("precision") or Precision.DAY) if first else None

    @property
    def when(self) -> str:
        """The editor's own words, or the period in the active language."""
        if self.get("said") or not self.bounds:
            return str(self.get("said") or "")
        first, last = self.bounds
        precision = self.get("precision")
        if precision == Precision.MONTH:
            return dates.months(first, last)
        if precision == Precision.SEASON:
            opening, closing = dates.season(self["first"]), dates.season(self.get("last") or self["first"])
            return opening if opening == closing else f"{opening} – {closing}"
        if precision == Precision.YEAR:
            return dates.year(first) if first.year == last.year else f"{first.year}–{last.year}"
        return dates.days(first, last)


class DeadlineValue(blocks.StructValue):
    """A deadline, which says until when."""

    @property
    def when(self) -> str:
        """The day with its last minute, in the active language."""
        day, at = self.get("date"), self.get("time")
        return f"{dates.dated(day)} {dates.clock(at) if at else ''}".strip() if day else ""


class EntryBlock(AcademyBlock):
    """What every entry of the timeline has besides its dates."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    short_title = blocks.CharBlock(
        label=_("Short title"),
        required=False,
        max_length=30,
        help_text=_("For the picture, where there is little room. Empty: the title."),
    )
    place = blocks.CharBlock(
        label=_("Place"),
        required=False,
        max_length=120,
        help_text=_("A town and an address, or the service when it is online, such as Teams."),
    )
    online = blocks.BooleanBlock(label=_("Online"), required=False)
    description = blocks.TextBlock(label=_("Description"), required=False)
    audience = blocks.ChoiceBlock(label=_("For whom"), choices=Audience.choices, default=Audience.EVERYONE)

    class Meta:
        group = pgettext_lazy("an academy", "Timeline")
        template = "keino_academy/blocks/entry.html"
        preview_template = "keino_academy/blocks/previews/item.html"


class MomentBlock(EntryBlock):
    """Something that happens on a known day at a known time."""

    date = blocks.DateBlock(label=_("Date"))
    starts = blocks.TimeBlock(label=_("Starts"))
    ends = blocks.TimeBlock(label=_("Ends"), required=False)

    def faults(self, value: Any) -> dict[str, Any]:
        """The end is after the start."""
        if value.get("ends") and value["ends"] <= value["starts"]:
            return {"ends": _("Write a time that is later than the start.")}
        return {}

    class Meta:
        icon = "date"
        label = _("Moment")
        description = _("An event with a day and a time: a kick-off, a workshop, a closing event.")
        label_format = "{date} {title}"
        value_class = MomentValue
        form_layout = BlockGroup(
            ["title", "date", "starts", "ends", "place", "online", "description"],
            settings=["short_title", "audience"],
        )
        preview_value = {
            "title": _("Kick-off"),
            "date": date(2023, 9, 12),
            "starts": time(10),
            "ends": time(16),
            "place": "Helsinki",
            "description": _("The academy begins. All organisations meet for the first time."),
        }


class PeriodBlock(EntryBlock):
    """Something that lasts for days, or whose exact days are not known yet."""

    first = blocks.DateBlock(
        label=_("First day"),
        help_text=_("Any day of the month, season or year, when only that is known."),
    )
    last = blocks.DateBlock(
        label=_("Last day"), required=False, help_text=_("Empty: one day, one month, one season or one year.")
    )
    precision = blocks.ChoiceBlock(label=_("What is known"), choices=Precision.choices, default=Precision.DAY)
    said = blocks.CharBlock(
        label=_("In words"),
        required=False,
        max_length=80,
        help_text=_("Replaces the dates on the page, such as “before Midsummer”."),
    )

    def faults(self, value: Any) -> dict[str, Any]:
        """The last day is not before the first."""
        if value.get("last") and value["last"] < value["first"]:
            return {"last": _("Choose a day that is not before the first day.")}
        return {}

    class Meta:
        icon = "calendar-alt"
        label = _("Period")
        description = _("Days, months, a season or a year: discussions in June, coaching in winter.")
        label_format = "{first} {title}"
        value_class = PeriodValue
        form_layout = BlockGroup(
            ["title", "first", "last", "precision", "place", "online", "description"],
            settings=["said", "short_title", "audience"],
        )
        preview_value = {
            "title": _("Coaching"),
            "first": date(2023, 11, 1),
            "last": date(2024, 1, 31),
            "precision": Precision.MONTH,
            "description": _("Each organisation on its own, for its own pilot."),
        }


class DeadlineBlock(EntryBlock):
    """Something that must be done by a moment."""

    date = blocks.DateBlock(label=_("Date"))
    time = blocks.TimeBlock(
        label=_("Time"), default=time(23, 59), help_text=_("23:59 includes the whole minute.")
    )

    class Meta:
        icon = "time"
        label = _("Deadline")
        description = _("A day and a time by which something must be done.")
        label_format = "{date} {title}"
        value_class = DeadlineValue
        form_layout = BlockGroup(
            ["title", "date", "time", "description"],
            settings=["short_title", "place", "online", "audience"],
        )
        preview_value = {
            "title": _("The call closes"),
            "date": date(2023, 5, 31),
            "time": time(23, 59),
            "description": _("The form is sent and the discussion is booked by now."),
        }


class TimelineBlock(blocks.StreamBlock):
    """The stream of a page's timeline."""

    moment = MomentBlock()
    period = PeriodBlock()
    deadline = DeadlineBlock()

    class Meta:
        icon = "calendar"
        label = pgettext_lazy("an academy", "Timeline")
        required = False
