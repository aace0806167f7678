from datetime import timedelta

import pytest
from django.template import engines
from django.utils.translation import override
from hypothesis import given

from keino_academy.announcement.entries import Entry, Kind
from keino_academy.announcement.places import ROOM, Spot, distance
from keino_academy.announcement.wheel import wheel
from tests.announcement.timelines import ACADEMY, CLOSES, IN_MAY, OPENS, at, moment, moments, timelines


def drawn(entries, now=IN_MAY, opens=OPENS, closes=CLOSES):
    return wheel(entries, now, opens, closes)


def render(entries, now=IN_MAY, language="fi"):
    source = "{% load ka_drawings %}{% ka_drawing entries now opens closes 'wheel' %}"
    context = {"entries": entries, "now": now, "opens": OPENS, "closes": CLOSES}
    with override(language):
        return engines["django"].from_string(source).render(context)


def test_the_academy_of_2023_stands_where_it_was_drawn_by_hand():
    assert [(mark.number, mark.angle, mark.radius, mark.lead) for mark in drawn(ACADEMY).marks] == [
        (1, 148.9, 202, None),
        (2, 156.3, 156, 202),
        (3, 171.6, 202, None),
        (4, 250.5, 202, None),
        (5, 278.1, 202, None),
        (6, 320.5, 202, None),
        (7, 345.2, 202, None),
        (8, 30.5, 264, None),
        (9, 180.0, 264, None),
    ]


def test_its_spans_change_rings_at_new_year():
    spans = [(arc.days, arc.start, arc.length, arc.tone) for arc in drawn(ACADEMY).spans]
    assert spans == [(365, 151, 15, "due"), (365, 304, 52, "accent"), (366, 9, 22, "accent")]
    assert drawn(ACADEMY).switches == ("accent",)
    assert [(arc.days, arc.length) for arc in drawn(ACADEMY).whole_years] == [(366, 366)]


def test_its_hand_stands_at_the_present_and_the_call_runs_to_the_deadline():
    picture = drawn(ACADEMY)
    assert (picture.hand.angle, picture.hand.spot) == (127.2, Spot(114.2, 200))
    assert [(arc.start, arc.length) for arc in picture.window] == [(129, 22)]
    assert picture.stop == 148.9
    assert [(arc.start, arc.length) for arc in picture.tracks] == [(129, 227), (0, 366)]
    assert [(arc.start, arc.length) for arc in picture.gone] == [(0, 105)]
    assert picture.count.number == 21


@pytest.mark.parametrize(
    ("now", "window"),
    [
        (at(2023, 3, 1), [(106, 45)]),
        (at(2023, 5, 31, 23, 59), [(150, 1)]),
        (CLOSES, []),
        (at(2024, 2, 1), []),
    ],
)
def test_the_band_is_the_whole_call_before_it_opens_and_nothing_after(now, window):
    picture = drawn(ACADEMY, now)
    assert [(arc.start, arc.length) for arc in picture.window] == window
    assert (picture.stop is None) is (not window)


def test_a_call_over_new_year_is_cut_into_years():
    entries = [moment(at(2023, 11, 1, 9)), moment(at(2024, 5, 1, 9))]
    picture = drawn(entries, at(2023, 12, 20), at(2023, 12, 1), at(2024, 1, 16))
    assert [(arc.days, arc.start, arc.length) for arc in picture.window] == [(365, 353, 12), (366, 0, 15)]


def test_an_academy_of_one_year_has_one_ring():
    picture = drawn(ACADEMY[:6])
    assert picture.years == (2023,)
    assert {mark.lead or mark.radius for mark in picture.marks} == {233}
    assert picture.switches == ()
    assert [(arc.start, arc.length) for arc in picture.tracks] == [(129, 236)]


def test_without_entries_it_is_the_year_of_the_call():
    picture = drawn([], at(2022, 12, 30))
    assert picture.years == (2023,)
    assert picture.marks == ()
    assert picture.hand is None


@pytest.mark.parametrize(
    ("now", "hand"), [(at(2022, 12, 31), None), (at(2024, 2, 29), 58.0), (at(2025, 1, 1), None)]
)
def test_the_hand_is_drawn_in_its_years_only(now, hand):
    picture = drawn(ACADEMY, now)
    assert (picture.hand and picture.hand.angle) == hand


def test_29_february_is_a_day_of_its_own():
    days = [at(2024, 2, 28, 9), at(2024, 2, 29, 9), at(2024, 3, 1, 9)]
    assert [drawn([moment(day)]).marks[0].angle for day in days] == [57.0, 58.0, 59.0]


@pytest.mark.parametrize("day", [at(2024, 3, 31, 1), at(2024, 10, 27, 1)])
def test_a_change_of_the_clocks_moves_nothing(day):
    later = moment(day.replace(hour=23))
    assert drawn([moment(day)]).marks[0].angle == drawn([later]).marks[0].angle


def test_a_deadline_on_the_last_day_stays_on_its_ring():
    closes = at(2024, 1, 1)
    picture = drawn([Entry("end", Kind.DEADLINE, "End", closes, closes)], at(2023, 12, 1), None, closes)
    assert picture.years == (2023,)
    assert [(mark.angle, mark.radius) for mark in picture.marks] == [(0.0, 233)]


@pytest.mark.parametrize(("days", "inward"), [(12, False), (11, True)])
def test_moments_nearer_than_12_days_are_moved_inwards_by_turns(days, inward):
    entries = [moment(at(2023, 3, 1, 9) + timedelta(days=days * step)) for step in range(3)]
    entries.append(moment(at(2024, 9, 1, 9)))
    picture = drawn(entries)
    assert [mark.lead is not None for mark in picture.marks[:3]] == [False, inward, False]
    assert not picture.crowded


@given(timelines(), moments)
def test_every_entry_is_drawn_once_in_order_within_the_circle(entries, now):
    picture = drawn(entries, now)
    assert [mark.number for mark in picture.marks] == list(range(1, len(entries) + 1))
    assert [mark.entry.id for mark in picture.marks] == [entry.id for entry in entries]
    for mark in picture.marks:
        assert 0 <= mark.angle < 360
        assert 156 <= mark.radius <= 264
    for arc in (*picture.tracks, *picture.gone, *picture.spans, *picture.window, *picture.whole_years):
        assert 0 <= arc.start < arc.start + arc.length <= arc.days


@given(timelines())
def test_numbers_cover_each_other_only_where_it_is_told(entries):
    picture = drawn(entries)
    spots = [Spot(mark.angle, mark.radius) for mark in picture.marks]
    gaps = [distance(one, other) for index, one in enumerate(spots) for other in spots[:index]]
    assert picture.crowded is (min(gaps, default=ROOM) < ROOM)


@pytest.mark.parametrize(
    ("language", "months"),
    [
        ("fi", ["tammi", "maalis", "joulu"]),
        ("sv", ["jan", "mars", "dec"]),
        ("en", ["Jan", "March", "Dec"]),
    ],
)
def test_months_are_named_in_the_language_and_numbers_written_with_points(language, months):
    html = render(ACADEMY, language=language)
    for month in months:
        assert f">{month}</text>" in html
    assert "rotate(148.9)" in html
    assert "148,9" not in html
    assert ">2 023<" not in html


def test_the_picture_has_a_name_and_its_list_tells_the_tense_in_words():
    html = render(ACADEMY, at(2023, 6, 10, 12), "en")
    assert 'role="img" aria-labelledby="ka-wheel-title" aria-describedby="ka-wheel-desc"' in html
    assert html.count('class="ka-key') == 9
    assert html.count("ka-tense--past") == 1
    assert html.count("ka-tense--current") == 1
    assert html.count(", coming</span>") == 7


def test_what_editors_write_is_escaped():
    entry = moment(at(2023, 9, 1, 9), short="<img src=x onerror=alert(1)>\"'", said="<b>soon</b>")
    html = render([entry])
    assert "<img" not in html
    assert "<b>soon" not in html
