from dataclasses import replace
from datetime import timedelta

import pytest
from django.template import engines
from django.utils.translation import override
from hypothesis import given

from keino_academy.announcement.entries import Entry, Kind
from keino_academy.announcement.line import Shape, line
from tests.announcement.timelines import ACADEMY, CLOSES, IN_MAY, OPENS, at, moment, moments, timelines


def drawn(entries, now=IN_MAY, opens=OPENS, closes=CLOSES):
    return line(entries, now, opens, closes)


def test_the_academy_of_2023_stands_where_it_was_drawn_by_hand():
    picture = drawn(ACADEMY, at(2023, 5, 10))
    assert picture.now == 1.47
    rows = [(row.shape, row.x, row.end, row.side, row.gap) for row in picture.rows]
    assert rows == [
        ("call", 1.47, 5.07, "after", 5.07),
        ("span", 5.07, 7.53, "after", 7.53),
        ("open", 7.53, 8.84, "after", 8.84),
        ("site", 22.0, 22.04, "after", 22.04),
        ("net", 26.58, 26.59, "after", 26.59),
        ("net", 33.61, 33.63, "after", 33.63),
        ("open", 30.11, 45.17, "after", 45.17),
        ("site", 45.24, 45.28, "after", 45.28),
        ("open", 40.1, 100.0, "before", 59.9),
    ]


def test_its_axis_has_whole_months_under_years():
    axis = drawn(ACADEMY).axis
    assert (axis.scale, axis.length) == ("months", 611)
    assert [(tick.at, tick.x) for tick in axis.ticks if tick.group] == [(0, 0.0), (245, 40.1)]
    assert [tick.at for tick in axis.ticks][:4] == [0, 31, 61, 92]
    assert [tick.day.month for tick in axis.ticks if tick.narrow] == [5, 7, 9, 11, 1, 3, 5, 7, 9, 11]


def test_two_weeks_have_days_and_tell_the_weekends():
    entries = [moment(at(2023, 8, 14 + day, 9)) for day in range(9)]
    axis = drawn(entries, at(2023, 8, 14, 13), None, None).axis
    assert (axis.scale, axis.length) == ("days", 9)
    assert [tick.day.day for tick in axis.ticks if tick.rest] == [19, 20]


def test_three_years_have_quarters():
    entries = [moment(at(2024, 2, 29, 9)), moment(at(2026, 11, 30, 9))]
    axis = drawn(entries, at(2024, 2, 5), None, None).axis
    assert axis.scale == "quarters"
    assert [(tick.day.year, tick.day.month) for tick in axis.ticks][:4] == [
        (2024, 2),
        (2024, 4),
        (2024, 7),
        (2024, 10),
    ]


@pytest.mark.parametrize(
    ("now", "shape", "x"),
    [
        (at(2023, 4, 1), Shape.CALL, "opens"),
        (at(2023, 5, 31, 12), Shape.CALL, "now"),
        (CLOSES, Shape.STOP, "closes"),
        (at(2024, 5, 1), Shape.STOP, "closes"),
    ],
)
def test_the_call_is_a_bar_until_it_closes_and_then_its_end_only(now, shape, x):
    picture = drawn(ACADEMY, now)
    row = picture.rows[0]
    moments = {"opens": OPENS, "now": now, "closes": CLOSES}
    assert row.shape is shape
    assert row.x == picture.axis.x(moments[x].replace(tzinfo=None))


def test_the_present_is_shown_where_it_is_on_the_axis():
    assert drawn(ACADEMY, at(2022, 1, 1)).now is None
    assert drawn(ACADEMY, at(2025, 1, 1)).now is None
    assert drawn(ACADEMY, at(2023, 5, 1)).now == 0.0
    assert drawn(ACADEMY[3:], at(2023, 7, 20), None, None).axis.start.month == 7


def test_a_change_of_the_clocks_moves_nothing():
    spring, autumn = at(2024, 3, 31, 12), at(2024, 10, 27, 12)
    picture = drawn([moment(at(2024, 3, 1)), moment(spring), moment(autumn)], at(2024, 3, 1), None, None)
    days = picture.axis.length
    assert [row.x for row in picture.rows[1:]] == [
        round(100 * 30.5 / days, 2),
        round(100 * 240.5 / days, 2),
    ]


def test_one_entry_and_none_have_an_axis_too():
    assert drawn([], opens=None, closes=None).axis.length == 31
    (row,) = drawn([moment(at(2024, 2, 29, 9))], opens=None, closes=None).rows
    assert 0 <= row.x <= 100
    instant = Entry("end", Kind.DEADLINE, "End", at(2023, 7, 1), at(2023, 7, 1))
    assert drawn([instant], at(2020, 1, 1), None, None).rows[0].end == 100


def test_a_label_goes_where_there_is_room():
    edges = [moment(at(2023, 1, 1, 9)), moment(at(2023, 12, 31, 9))]
    whole = Entry("all", Kind.PERIOD, "All", at(2023, 1, 15), at(2023, 12, 15))
    assert [row.side for row in drawn([*edges, whole], at(2020, 1, 1), None, None).rows] == [
        "after",
        "before",
        "over",
    ]


@given(timelines(2022, 2026, 20), moments)
def test_every_entry_has_its_row_in_order_and_stays_on_the_page(entries, now):
    picture = drawn(entries, now)
    assert [row.number for row in picture.rows] == list(range(1, len(entries) + 1))
    assert [row.entry.id for row in picture.rows] == [entry.id for entry in entries]
    for row in picture.rows:
        assert 0 <= row.x <= row.end <= 100
        assert 0 <= row.gap <= 60
        assert 0 <= row.stretched[0] < row.stretched[1] <= 100
    assert picture.now is None or 0 <= picture.now < 100 + 1e-9
    offsets = [tick.x for tick in picture.axis.ticks]
    assert offsets == sorted(set(offsets))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_line_is_a_list_whose_marks_are_hidden_from_screen_readers(language):
    source = "{% load ka_drawings %}{% ka_drawing entries now opens closes 'line' %}"
    context = {"entries": ACADEMY, "now": IN_MAY, "opens": OPENS, "closes": CLOSES}
    with override(language):
        html = engines["django"].from_string(source).render(context)
    assert html.count('<li class="ka-line__row') == 9 + html.count('<li class="ka-line__row--due"')
    assert html.count('class="ka-line__lane" width="100%" height="100%" aria-hidden="true"') == 10
    assert 'width="22.04%"' in html
    assert "Kick-off" in html


def test_more_than_twelve_entries_are_drawn_as_a_line():
    entries = [moment(at(2023, 1, 2, 9) + timedelta(days=day)) for day in range(120)]
    source = "{% load ka_drawings %}{% ka_drawing entries now %}"
    html = engines["django"].from_string(source).render({"entries": entries, "now": IN_MAY})
    assert html.count('class="ka-line__label"') == 121


@pytest.mark.parametrize("drawing", ["line", "wheel"])
def test_nothing_that_editors_write_becomes_markup(drawing):
    evil = "<script>alert(1)</script>"
    written = {"title": evil, "place": evil, "description": f"{evil}\n{evil}\n\n{evil}"}
    entry = replace(moment(at(2023, 9, 1, 9)), **written)
    source = "{% load ka_drawings %}{% ka_drawing entries now opens closes drawing %}{% ka_programme entries now %}"
    context = {"entries": [entry], "now": IN_MAY, "opens": OPENS, "closes": CLOSES, "drawing": drawing}
    html = engines["django"].from_string(source).render(context)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 5
