"""A session in time, and the year as a line. Nothing here touches a database."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from keino_academy.announcement.entries import Entry, Kind, Precision
from keino_academy.learning import words
from keino_academy.learning.links import masked
from keino_academy.learning.occasions import Occasion, following
from keino_academy.learning.yearline import year_line
from tests.conftest import HELSINKI


def at(day, hour=0, minute=0):
    return datetime(2023, 10, day, hour, minute, tzinfo=HELSINKI)


def moment(start, end, title="Työpaja 1", **fields):
    return Entry(id=title, kind=Kind.MOMENT, title=title, starts=start, ends=end, **fields)


WORKSHOP = moment(at(10, 9), at(10, 11, 30), place="Teams", online=True)


def seen(now, entry=WORKSHOP, link="https://meet.example/1"):
    return Occasion("Mistä materiaalit tulevat", "/x/", entry, link, now)


@pytest.mark.parametrize(
    ("now", "link", "soon", "over", "numeral", "when"),
    [
        (at(2, 9), False, False, False, "10.10.", "tiistaina klo 9.00–11.30, in 8 days"),
        (at(9, 23, 59), False, False, False, "10.10.", "tiistaina klo 9.00–11.30, tomorrow"),
        (at(10, 7, 59), False, False, False, "10.10.", "tiistaina klo 9.00–11.30, today"),
        (at(10, 8, 0), False, True, False, "9.00", "10.10.2023, begins in 60 minutes"),
        (at(10, 8, 44), False, True, False, "9.00", "10.10.2023, begins in 16 minutes"),
        (at(10, 8, 45), True, True, False, "9.00", "10.10.2023, begins in 15 minutes"),
        (at(10, 9, 0), True, True, False, "9.00", "10.10.2023, under way"),
        (at(10, 11, 29), True, True, False, "9.00", "10.10.2023, under way"),
        (at(10, 11, 30), False, False, True, "10.10.", "tiistaina klo 9.00–11.30"),
    ],
)
def test_the_join_link_and_the_words_follow_the_clock(now, link, soon, over, numeral, when):
    occasion = seen(now)
    assert bool(occasion.open_link) is link
    assert (occasion.soon, occasion.over) == (soon, over)
    with override("fi"):
        assert words.numeral(occasion) == numeral
        said = words.when(occasion).replace("\u00a0", " ").replace("\u2060", "")
    # Our own words are in the catalogue's hands; here the clock's part is what counts.
    assert said.split(", ")[0] == when.split(", ")[0]
    assert said.count(",") == when.count(",")


def test_the_link_is_announced_before_and_not_after():
    with override("sv"):
        assert words.joins_at(seen(at(2))).replace("\u00a0", " ") == "10.10 kl. 8.45"
        assert words.joins_at(seen(at(11))) == ""
        assert words.joins_at(seen(at(2), link="")) == ""


def test_a_session_without_an_end_is_open_for_three_hours():
    start = moment(at(10, 9), at(10, 9))
    assert seen(at(10, 11, 59), start).open_link
    assert not seen(at(10, 12), start).open_link


def test_a_session_without_an_entry_has_no_time():
    occasion = seen(at(2), None)
    assert (occasion.open_link, occasion.over, words.when(occasion), words.numeral(occasion)) == (
        "",
        False,
        "",
        "",
    )


def test_what_comes_next_is_the_nearest_day_that_is_known():
    later = moment(at(22, 9), at(22, 11), "Työpaja 2")
    vague = Entry("s", Kind.PERIOD, "Sparraus", at(1), at(31), precision=Precision.MONTH, all_day=True)
    everything = [seen(at(2), entry) for entry in (later, vague, None, WORKSHOP)]
    assert following(everything).entry == WORKSHOP
    assert following([seen(at(11), entry) for entry in (later, WORKSHOP)]).entry == later
    assert following([seen(at(2), vague)]).entry == vague
    assert following([seen(at(23), later)]) is None


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("helena@koivuranta.example", "h…a@koivuranta.example"),
        ("ab@x.example", "a…@x.example"),
        ("a@x.example", "a…@x.example"),
    ],
)
def test_an_address_is_masked(email, shown):
    assert masked(email).replace("\u2060", "") == shown


def test_the_line_holds_every_session_in_its_place():
    first = moment(
        datetime(2023, 9, 12, 10, tzinfo=HELSINKI), datetime(2023, 9, 12, 16, tzinfo=HELSINKI), "A"
    )
    last = moment(datetime(2024, 2, 1, 10, tzinfo=HELSINKI), datetime(2024, 2, 1, 16, tzinfo=HELSINKI), "B")
    line = year_line([first, WORKSHOP, last], at(2, 9), WORKSHOP)
    assert (line.first, line.last) == (date(2023, 9, 1), date(2024, 2, 1))
    assert [mark.held for mark in line.marks] == [True, False, False]
    assert [mark.next for mark in line.marks] == [False, True, False]
    assert [mark.label for mark in line.marks] == [True, True, True]
    assert [tick.day.month for tick in line.ticks] == [9, 10, 11, 12, 1, 2]
    # 1 September 2023 to 1 March 2024 has 182 days; 2 October 9.00 is 31.375 days from its beginning.
    assert line.now == pytest.approx(100 * 31.375 / 182, abs=0.01)
    assert line.marks[0].x == pytest.approx(100 * (11 + 10 / 24) / 182, abs=0.01)


def test_dates_that_would_run_into_each_other_give_way_to_the_next():
    near = moment(WORKSHOP.starts - timedelta(days=3), WORKSHOP.ends - timedelta(days=3), "Near")
    far = moment(datetime(2024, 6, 1, 10, tzinfo=HELSINKI), datetime(2024, 6, 1, 12, tzinfo=HELSINKI), "Far")
    line = year_line([near, WORKSHOP, far], at(2), WORKSHOP)
    assert [mark.label for mark in line.marks] == [False, True, True]


def test_a_year_without_dates_has_the_end_of_the_line_and_no_scale():
    last = moment(datetime(2024, 2, 1, 10, tzinfo=HELSINKI), datetime(2024, 2, 1, 16, tzinfo=HELSINKI), "B")
    year = Entry(
        "y",
        Kind.PERIOD,
        "Alumni",
        datetime(2024, 1, 1, tzinfo=HELSINKI),
        datetime(2025, 1, 1, tzinfo=HELSINKI),
        precision=Precision.YEAR,
        all_day=True,
    )
    line = year_line([WORKSHOP, last, year], at(10))
    assert [(span.start, span.end, span.open) for span in line.spans] == [(91.0, 100, True)]
    assert [(tick.day.month, tick.year) for tick in line.ticks] == [
        (10, False),
        (11, False),
        (12, False),
        (1, False),
        (2, False),
        (12, True),
    ]
    assert max(mark.x for mark in line.marks) < 91
    assert line.last == date(2024, 12, 31)


def test_without_entries_there_is_no_line():
    assert year_line([], at(2)) is None
