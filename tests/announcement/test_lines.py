"""Lines that an editor pastes become entries of the timeline, or are named with what to do."""

from datetime import date, time

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from keino_academy.announcement.lines import as_stream, read_lines
from keino_academy.blocks import TimelineBlock
from keino_academy.core import dates

SEP_12, MAY_31 = date(2023, 9, 12), date(2023, 5, 31)
AUTUMN = (date(2023, 9, 1), date(2023, 11, 30), "season")
WINTER_COACHING = (date(2023, 11, 1), date(2024, 1, 31), "month")
YEAR_2024 = (date(2024, 1, 1), date(2024, 12, 31), "year")


def one(line, since=None):
    read, unread = read_lines(line, since)
    assert unread == []
    [parsed] = read
    return parsed


def moment(day, starts, ends, title, place="", online=False):
    return {"date": day, "starts": starts, "ends": ends, "title": title, "place": place, "online": online}


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (
            "12.9.2023 klo 10–16 Käynnistystilaisuus, Helsinki",
            moment(SEP_12, time(10), time(16), "Käynnistystilaisuus", "Helsinki"),
        ),
        (
            "ti 12.9.2023 klo 9.00–11.30 Työpaja 1 (Teams)",
            moment(SEP_12, time(9), time(11, 30), "Työpaja 1", "Teams", True),
        ),
        (
            "tiistaina 12. syyskuuta 2023 klo 9:00 - 11:30: Työpaja 1, etänä",
            moment(SEP_12, time(9), time(11, 30), "Työpaja 1", "", True),
        ),
        (
            "• 12.9.2023, kello 10 Avaus, Helsinki, Ateneum",
            moment(SEP_12, time(10), None, "Avaus, Helsinki", "Ateneum"),
        ),
        (
            "12.9.2023 kl. 10–16 Startträff, Helsingfors",
            moment(SEP_12, time(10), time(16), "Startträff", "Helsingfors"),
        ),
        (
            "tisdag den 12 september 2023 kl. 9.00–11.30 Workshop på distans (Teams)",
            moment(SEP_12, time(9), time(11, 30), "Workshop", "Teams", True),
        ),
        (
            "12 September 2023, 10:00–16:00 Kick-off, Helsinki",
            moment(SEP_12, time(10), time(16), "Kick-off", "Helsinki"),
        ),
        (
            "Tuesday 12th of September 2023, 9:00 to 11:30 Workshop 1, online",
            moment(SEP_12, time(9), time(11, 30), "Workshop 1", "", True),
        ),
        (
            "September 12, 2023 at 10:00 Kick-off (Helsinki)",
            moment(SEP_12, time(10), None, "Kick-off (Helsinki)"),
        ),
        ("2023-09-12T10:00–16:00 Kick-off", moment(SEP_12, time(10), time(16), "Kick-off")),
        (
            "2023-09-12 10:00-16:00 Kick-off, Helsinki (online)",
            moment(SEP_12, time(10), time(16), "Kick-off", "Helsinki", True),
        ),
    ],
)
def test_moments_are_read(line, fields):
    parsed = one(line)
    assert (parsed.kind, parsed.fields) == ("moment", fields)


@pytest.mark.parametrize(
    ("line", "day", "at", "title"),
    [
        ("31.5.2023 klo 23.59 mennessä Haku päättyy", MAY_31, time(23, 59), "Haku päättyy"),
        ("31.5.2023 mennessä Haku päättyy", MAY_31, time(23, 59), "Haku päättyy"),
        ("viimeistään ke 31.5.2023 klo 16 Haku päättyy", MAY_31, time(16), "Haku päättyy"),
        ("senast 31.5.2023 kl. 23.59 Ansökningstiden går ut", MAY_31, time(23, 59), "Ansökningstiden går ut"),
        ("Senast den 31 maj 2023 Ansökan", MAY_31, time(23, 59), "Ansökan"),
        ("by 31 May 2023, 23:59 The call closes", MAY_31, time(23, 59), "The call closes"),
        ("By 2023-05-31 The call closes", MAY_31, time(23, 59), "The call closes"),
    ],
)
def test_deadlines_are_read(line, day, at, title):
    parsed = one(line)
    assert (parsed.kind, parsed.fields) == (
        "deadline",
        {"date": day, "time": at, "title": title, "place": "", "online": False},
    )


@pytest.mark.parametrize(
    ("line", "span", "title"),
    [
        ("1.–15.6.2023 Keskustelut", (date(2023, 6, 1), date(2023, 6, 15), "day"), "Keskustelut"),
        ("1-15.6.2023 Keskustelut", (date(2023, 6, 1), date(2023, 6, 15), "day"), "Keskustelut"),
        ("28.5.–3.6.2023 Samtal", (date(2023, 5, 28), date(2023, 6, 3), "day"), "Samtal"),
        ("28.12.–3.1.2024 Break", (date(2023, 12, 28), date(2024, 1, 3), "day"), "Break"),
        ("1–15 June 2023 Discussions", (date(2023, 6, 1), date(2023, 6, 15), "day"), "Discussions"),
        ("1. kesäkuuta – 15. kesäkuuta 2023 K", (date(2023, 6, 1), date(2023, 6, 15), "day"), "K"),
        ("1 June 2023 to 15 June 2023 Talks", (date(2023, 6, 1), date(2023, 6, 15), "day"), "Talks"),
        ("2023-06-01/2023-06-15 Talks", (date(2023, 6, 1), date(2023, 6, 15), "day"), "Talks"),
        ("12.9.2023 Käynnistys", (SEP_12, SEP_12, "day"), "Käynnistys"),
        ("marraskuu 2023 – tammikuu 2024 Sparraus", WINTER_COACHING, "Sparraus"),
        ("marras–tammikuu 2024 Sparraus", WINTER_COACHING, "Sparraus"),
        ("november 2023–januari 2024 Sparring", WINTER_COACHING, "Sparring"),
        ("November 2023 – January 2024 Coaching", WINTER_COACHING, "Coaching"),
        ("kesäkuussa 2023 Juhla", (date(2023, 6, 1), date(2023, 6, 30), "month"), "Juhla"),
        ("2023-06 Party", (date(2023, 6, 1), date(2023, 6, 30), "month"), "Party"),
        ("kesä 2023 Juhla", (date(2023, 6, 1), date(2023, 8, 31), "season"), "Juhla"),
        ("syksy 2023 Alku", AUTUMN, "Alku"),
        ("Hösten 2023 Start", AUTUMN, "Start"),
        ("in autumn 2023: Start", AUTUMN, "Start"),
        ("syksy 2023 – kevät 2024 Ohjelma", (date(2023, 9, 1), date(2024, 5, 31), "season"), "Ohjelma"),
        ("talvi 2024 Tauko", (date(2024, 1, 1), date(2024, 2, 29), "season"), "Tauko"),
        ("vuonna 2024 Alumnitapaaminen", YEAR_2024, "Alumnitapaaminen"),
        ("under 2024 Alumnträff", YEAR_2024, "Alumnträff"),
        ("år 2024 Alumnträff", YEAR_2024, "Alumnträff"),
        ("during 2024 Alumni meeting", YEAR_2024, "Alumni meeting"),
        ("2023–2024 Programme", (date(2023, 1, 1), date(2024, 12, 31), "year"), "Programme"),
    ],
)
def test_periods_are_read_as_exactly_as_they_are_known(line, span, title):
    parsed = one(line)
    assert parsed.kind == "period"
    assert (parsed.fields["first"], parsed.fields["last"], parsed.fields["precision"]) == span
    assert parsed.fields["title"] == title


def test_a_day_without_a_year_follows_the_line_before():
    read, unread = read_lines("12.9.2023 klo 10 Alku\n10.10. klo 9 Työpaja\n1.2. klo 10 Päätös")
    assert unread == []
    assert [line.fields["date"] for line in read] == [SEP_12, date(2023, 10, 10), date(2024, 2, 1)]


def test_blank_lines_are_skipped_and_numbers_are_those_of_the_text():
    read, unread = read_lines("\n12.9.2023 Alku\n \n\u200b\nhuomenna Juhla\n")
    assert [line.number for line in read] == [2]
    assert [(line.number, line.text) for line in unread] == [(5, "huomenna Juhla")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "Kick-off in Helsinki",
            "Begin the line with a date, such as 12.9.2023, or with a month and a year.",
        ),
        ("31.2.2023 Juhla", "There is no such day. Correct the date."),
        ("2023-13 Party", "There is no such day. Correct the date."),
        ("12.9. klo 10 Alku", "Write the year too, such as 12.9.2023."),
        ("ke 12.9.2023 Alku", "The weekday is not that of the date. Correct one of them."),
        ("12.9.2023 klo 25 Alku", "There is no such time. Write one between 0.00 and 23.59."),
        ("12.9.2023 klo 16–10 Alku", "Write a time of ending that is later than the start."),
        ("15.–1.6.2023 Keskustelut", "Write the earlier date first."),
        ("2024–2023 Ohjelma", "Write the earlier date first."),
        ("12.–13.9.2023 klo 10–16 Alku", "Write each day on a line of its own, with its hours."),
        (
            "senast hösten 2023 Ansökan",
            "Write one day, and at most one time, by which it must be done.",
        ),
        (
            "31.5.2023 klo 10–16 mennessä Haku",
            "Write one day, and at most one time, by which it must be done.",
        ),
        ("12.9.2023 klo 10–16", "Write a title after the date."),
        ("12.9.2023 " + "a" * 121, "Write a shorter title and place, at most 120 characters each."),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_what_to_do(line, reason):
    read, [unread] = read_lines(line)
    assert read == []
    with override("en"):
        assert str(unread.reason) == reason


ALPHABET = st.sampled_from(
    [*"0123456789.:,–- ()T/klomasti\n\u00a0\u2060\u200bıſİKÅ", "kesä", "2023", "to", "su"]
)


@given(st.text() | st.lists(ALPHABET).map("".join))
def test_no_text_is_too_odd(text):
    read, unread = read_lines(text)
    TimelineBlock().to_python(as_stream(read))
    for line in unread:
        assert str(line.reason)


@pytest.mark.parametrize("line", ["ſu 1.1.2023 A", "tı 12.9.2023 A", "ſyksy 2023 A", "1 jUNı 2023 A"])
def test_letters_that_only_look_alike_break_nothing(line):
    assert one(line).fields["title"] == "A"


LANGUAGES = st.sampled_from(["fi", "sv", "en"])
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
TIMES = st.times().map(lambda value: value.replace(second=0, microsecond=0, tzinfo=None))


@given(LANGUAGES, DAYS, st.lists(TIMES, min_size=2, max_size=2, unique=True).map(sorted))
def test_a_moment_as_the_page_writes_it_is_read_again(language, day, hours):
    starts, ends = hours
    with override(language):
        for written in (dates.day(day), dates.dated(day)):
            parsed = one(f"{written} {dates.hours(starts, ends)} Title, Place")
            assert parsed.fields == moment(day, starts, ends, "Title", "Place")


@given(LANGUAGES, DAYS, TIMES)
def test_a_deadline_as_the_page_writes_it_is_read_again(language, day, at):
    with override(language):
        parsed = one(f"by {dates.dated(day)} {dates.clock(at)} Title")
    assert (parsed.kind, parsed.fields["date"], parsed.fields["time"]) == ("deadline", day, at)


@given(LANGUAGES, st.lists(DAYS, min_size=2, max_size=2).map(sorted))
def test_periods_as_the_page_writes_them_are_read_again(language, days):
    first, last = days
    with override(language):
        written = one(f"{dates.days(first, last)} Title").fields
        months = one(f"{dates.months(first, last)} Title").fields
        season = one(f"{dates.season(first)} Title").fields
        year = one(f"{dates.year(first)} Title").fields
        assert (written["first"], written["last"], written["precision"]) == (first, last, "day")
        assert dates.months(months["first"], months["last"]) == dates.months(first, last)
        assert dates.season(season["first"]) == dates.season(
            first.replace(month=first.month % 12 or 1, day=1)
        )
        assert (year["first"], year["last"]) == (date(first.year, 1, 1), date(first.year, 12, 31))


def test_read_lines_fit_the_timeline_and_pass_its_checks():
    read, _unread = read_lines(
        "31.5.2023 klo 23.59 mennessä Haku päättyy\n"
        "12.9.2023 klo 10–16 Käynnistystilaisuus, Helsinki\n"
        "marraskuu 2023 – tammikuu 2024 Sparraus"
    )
    block = TimelineBlock()
    stream = block.clean(block.to_python(as_stream(read)))
    assert [child.block_type for child in stream] == ["deadline", "moment", "period"]
    assert stream[1].value["starts"] == time(10)
    assert stream[1].value["place"] == "Helsinki"
    assert stream[2].value["precision"] == "month"
    assert len({child.id for child in stream}) == 3
