"""Timelines that the tests of the drawings share, and a strategy that makes any."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from keino_academy.announcement.entries import Entry, Kind, Precision

HELSINKI = ZoneInfo("Europe/Helsinki")


def at(year, month, day, hour=0, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=HELSINKI)


OPENS, CLOSES = at(2023, 4, 17, 9), at(2023, 6, 1)
IN_MAY = at(2023, 5, 10, 12)

ACADEMY = [
    Entry("closes", Kind.DEADLINE, "The call closes", CLOSES, CLOSES),
    Entry("talks", Kind.PERIOD, "Discussions", at(2023, 6, 1), at(2023, 6, 16), asked=True),
    Entry(
        "chosen",
        Kind.DEADLINE,
        "The chosen are published",
        at(2023, 6, 16),
        at(2023, 6, 24),
        said="before Midsummer",
    ),
    Entry("kick-off", Kind.MOMENT, "Kick-off", at(2023, 9, 12, 10), at(2023, 9, 12, 16)),
    Entry("first", Kind.MOMENT, "Workshop 1", at(2023, 10, 10, 9), at(2023, 10, 10, 11, 30), online=True),
    Entry("second", Kind.MOMENT, "Workshop 2", at(2023, 11, 22, 9), at(2023, 11, 22, 11, 30), online=True),
    Entry("coaching", Kind.PERIOD, "Coaching", at(2023, 11, 1), at(2024, 2, 1), precision=Precision.MONTH),
    Entry("closing", Kind.MOMENT, "Closing event", at(2024, 2, 1, 10), at(2024, 2, 1, 16)),
    Entry("alumni", Kind.PERIOD, "Alumni", at(2024, 1, 1), at(2025, 1, 1), precision=Precision.YEAR),
]


def moment(day, hours=2, **kwargs):
    return Entry(f"{day:%Y%m%d%H}", Kind.MOMENT, "Moment", day, day + timedelta(hours=hours), **kwargs)


@st.composite
def timelines(draw, first=2023, last=2024, most=12):
    """Entries in order, of every kind, within the years ``first`` to ``last``."""
    start, end = datetime(first, 1, 1), datetime(last, 12, 31, 23)
    entries = []
    for index in range(draw(st.integers(0, most))):
        starts = draw(st.datetimes(start, end)).replace(minute=0, second=0, microsecond=0)
        ends = min(starts + timedelta(hours=draw(st.integers(0, 24 * 400))), datetime(last + 1, 1, 1))
        entries.append(
            Entry(
                str(index),
                draw(st.sampled_from(Kind)),
                "Title",
                starts.replace(tzinfo=HELSINKI),
                ends.replace(tzinfo=HELSINKI),
                precision=draw(st.sampled_from(Precision)),
                online=draw(st.booleans()),
                said=draw(st.sampled_from(["", "soon"])),
            )
        )
    return sorted(entries, key=lambda entry: (entry.ends, entry.starts))


moments = st.datetimes(datetime(2021, 1, 1), datetime(2027, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=HELSINKI)
)
