"""Times from a plan: exact, apart, outside the breaks, and by the clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from keino_academy.booking.breaks import BackwardsError, Break, BreaksError, NotUnderstoodError, read_breaks
from keino_academy.booking.plan import Plan, times
from keino_academy.booking.spans import Spans

HELSINKI = ZoneInfo("Europe/Helsinki")
EVERY_DAY = range(7)
#: The days around both changes of the clock, and any other ones.
DAYS = st.one_of(
    st.dates(date(2023, 3, 24), date(2023, 3, 26)),
    st.dates(date(2023, 10, 27), date(2023, 10, 29)),
    st.dates(date(2020, 1, 1), date(2030, 12, 1)),
)


@st.composite
def hours(draw) -> tuple[time, time]:
    """Two hours of a day, in order."""
    first, last = sorted(draw(st.lists(st.integers(0, 1439), min_size=2, max_size=2, unique=True)))
    return time(*divmod(first, 60)), time(*divmod(last, 60))


@st.composite
def plans(draw) -> Plan:
    first = draw(DAYS)
    opens, closes = draw(hours())
    return Plan(
        first=first,
        last=first + timedelta(days=draw(st.integers(0, 5))),
        weekdays=draw(st.sets(st.integers(0, 6))),
        opens=opens,
        closes=closes,
        minutes=draw(st.integers(5, 300)),
        pause=draw(st.integers(0, 120)),
        breaks=tuple(Break(*rest) for rest in draw(st.lists(hours(), max_size=3))),
    )


def night(day: date, **fields) -> Plan:
    return Plan(
        **{
            "first": day,
            "last": day,
            "weekdays": EVERY_DAY,
            "opens": time(1),
            "closes": time(6),
            "minutes": 45,
        }
        | fields
    )


@given(plans())
@example(night(date(2023, 3, 26)))
@example(night(date(2023, 10, 29)))
@example(night(date(2023, 10, 29), minutes=30, breaks=(Break(time(3, 15), time(3, 30)),)))
def test_times_are_exact_apart_inside_the_day_and_outside_the_breaks(plan):
    found = list(times(plan, "Europe/Helsinki"))
    for starts, ends in found:
        assert ends.timestamp() - starts.timestamp() == plan.minutes * 60
        assert starts.date().weekday() in plan.weekdays
        assert plan.first <= starts.date() <= plan.last
        # Every minute of it, as clocks show it.
        shown = [datetime.fromtimestamp(starts.timestamp() + n * 60, HELSINKI) for n in range(plan.minutes)]
        assert shown[0].time() >= plan.opens
        assert all(at.time() < plan.closes for at in shown)
        assert not any(rest.starts <= at.time() < rest.ends for at in shown for rest in plan.breaks)
    for (_starts, ends), (starts, _ends) in pairwise(found):
        assert starts.timestamp() >= ends.timestamp()
        if starts.date() == ends.date() and not plan.breaks:
            assert starts.timestamp() - ends.timestamp() >= plan.pause * 60


@given(plans())
def test_every_day_has_the_same_hours_but_those_of_the_change(plan):
    days: dict[date, set[time]] = {}
    for starts, _ends in times(plan, "Europe/Helsinki"):
        days.setdefault(starts.date(), set()).add(starts.time())
    usual = max(days.values(), key=len, default=set())
    for day, shown in days.items():
        assert shown <= usual
        if day not in {date(2023, 3, 26), date(2023, 10, 29)} and day.month not in {3, 10}:
            assert shown == usual


@pytest.mark.parametrize(
    ("sunday", "friday_utc", "monday_utc"), [(date(2023, 3, 26), 7, 6), (date(2023, 10, 29), 6, 7)]
)
def test_the_wall_clock_is_kept_across_the_change(sunday, friday_utc, monday_utc):
    plan = Plan(
        first=sunday - timedelta(days=2),
        last=sunday + timedelta(days=1),
        weekdays=range(5),
        opens=time(9),
        closes=time(9, 45),
        minutes=45,
    )
    found = [starts for starts, _ends in times(plan, "Europe/Helsinki")]
    assert [starts.time() for starts in found] == [time(9), time(9)]
    assert [starts.astimezone(UTC).hour for starts in found] == [friday_utc, monday_utc]


def shown(plan: Plan) -> list[str]:
    return [f"{a:%H.%M}–{b:%H.%M}" for a, b in times(plan, "Europe/Helsinki")]


def test_nights_of_the_change_leave_out_what_nobody_could_tell():
    hour = {"minutes": 60, "opens": time(1), "closes": time(6)}
    # In March clocks go from 3.00 to 4.00, so that the time from 2.00 ends as clocks show 4.00.
    assert shown(night(date(2023, 3, 26), **hour)) == [
        "01.00–02.00",
        "02.00–04.00",
        "04.00–05.00",
        "05.00–06.00",
    ]
    # In October they go from 4.00 to 3.00: the first 3.00 is meant, and it ends as they show 3.00.
    assert shown(night(date(2023, 10, 29), **hour)) == [
        "01.00–02.00", "02.00–03.00", "03.00–03.00", "04.00–05.00", "05.00–06.00",
    ]  # fmt: skip
    assert shown(night(date(2023, 3, 26), opens=time(2, 30), closes=time(4, 45))) == ["04.00–04.45"]


def test_a_time_follows_a_break_at_once_and_a_pause_lies_between():
    lunch = (Break(time(11, 30), time(12, 30)), Break(time(14), time(14, 15)))
    day = night(date(2023, 6, 12), opens=time(9), closes=time(16), pause=15, breaks=lunch)
    assert shown(day) == [
        "09.00–09.45", "10.00–10.45", "12.30–13.15", "14.15–15.00", "15.15–16.00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "11.30–12.30, 14–14.15",
        "14.00-14.15; 11.30 - 12.30",
        "klo 11.30–12.30 ja klo 14–14.15",
        "klo\u00a011.30–\u206012.30 sekä 14–14.15.",
        "kl. 11.30–12.30 och kl. 14–14.15",
        "kl 11.30 till 12.30 samt 14 till 14.15",
        "11:30–12:30 and 14:00–14:15",
        "from 11:30 to 12:30\n14:00 until 14:15,",
        "1130—1230, 14−1415",
    ],
)
def test_breaks_are_read_as_people_write_them(text):
    assert read_breaks(text) == (Break(time(11, 30), time(12, 30)), Break(time(14), time(14, 15)))


@pytest.mark.parametrize("text", ["", " ", ",", "\n; "])
def test_no_break_is_none(text):
    assert read_breaks(text) == ()


@pytest.mark.parametrize(
    ("text", "part", "kind"),
    [
        ("11.30–12.30, lounas", "lounas", NotUnderstoodError),
        ("11.30", "11.30", NotUnderstoodError),
        ("11.30–24.00", "11.30–24.00", NotUnderstoodError),
        ("11.60–12.30", "11.60–12.30", NotUnderstoodError),
        ("12.30–11.30", "12.30–11.30", BackwardsError),
        ("12–12", "12–12", BackwardsError),
    ],
)
def test_what_is_no_break_is_named(text, part, kind):
    with pytest.raises(kind) as caught:
        read_breaks(text)
    assert caught.value.part == part


@given(st.text(max_size=60))
def test_whatever_is_written_is_breaks_or_told(text):
    try:
        found = read_breaks(text)
    except BreaksError as error:
        found = ()
        assert error.part  # noqa: PT017 - most texts are breaks of neither kind
    assert all(rest.starts < rest.ends for rest in found)


MOMENTS = st.datetimes(
    datetime(2023, 10, 28), datetime(2023, 10, 31), timezones=st.sampled_from([UTC, HELSINKI])
)
SPANS = st.tuples(st.integers(1, 2), MOMENTS, st.integers(1, 3000))


@given(st.lists(SPANS, max_size=8), SPANS)
def test_spans_find_what_overlaps_in_real_time(spans, asked):
    def real(span):
        who, starts, minutes = span
        return who, starts.astimezone(UTC), starts.astimezone(UTC) + timedelta(minutes=minutes)

    who, starts, ends = real(asked)
    expected = min(
        ((a, b) for other, a, b in map(real, spans) if other == who and a < ends and starts < b), default=None
    )
    assert Spans(map(real, spans)).overlapping(who, starts.astimezone(HELSINKI), ends) == expected
