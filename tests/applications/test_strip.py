"""The strip of days on an application's page."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keino_academy.applications.strip import NEAR, WIDTH, strip

SENT, CLOSES = date(2023, 5, 16), date(2023, 5, 31)


def test_may_and_june_of_the_academy():
    made = strip(
        SENT, CLOSES, [(1, CLOSES, False), (2, date(2023, 6, 6), False), (3, date(2023, 6, 23), True)]
    )
    assert [(month.first.month, month.x, month.end) for month in made.months] == [
        (5, 0.0, 279.0),
        (6, 279.0, 549.0),
    ]
    assert (made.hand, made.left, made.days, made.dashes) == (139.5, 279.0, 61, 549)
    assert [(mark.number, mark.x, mark.raised, mark.open) for mark in made.marks] == [
        (1, 274.5, False, False),
        (2, 328.5, False, False),
        (3, 481.5, False, True),
    ]


def test_what_comes_much_later_is_not_drawn():
    assert strip(SENT, CLOSES, [(1, date(2023, 9, 12), False)]) is None
    assert strip(SENT, CLOSES, []) is None
    assert len(strip(SENT, CLOSES, [(1, CLOSES, False), (2, date(2023, 9, 12), False)]).months) == 1


def test_a_word_near_an_edge_is_anchored_there():
    assert strip(date(2023, 5, 2), None, [(1, date(2023, 6, 30), False)]).anchor == "start"
    assert strip(date(2023, 5, 30), None, [(1, date(2023, 5, 31), False)]).anchor == "end"


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(days, st.lists(st.tuples(st.integers(0, 99), st.booleans()), min_size=1, max_size=8))
def test_everything_stays_on_the_strip_and_near_marks_do_not_cover_each_other(sent, given_marks):
    marks = [
        (number, sent + timedelta(after), is_open) for number, (after, is_open) in enumerate(given_marks)
    ]
    made = strip(sent, sent + timedelta(7), marks)
    assert len(made.marks) == len(marks)
    assert all(0 <= mark.x <= WIDTH for mark in made.marks)
    assert 0 <= made.hand <= WIDTH
    assert made.left is None or made.hand <= made.left <= WIDTH
    pairs = zip(made.marks, made.marks[1:], strict=False)
    assert all(
        second.x - first.x >= NEAR or first.raised != second.raised or first.raised for first, second in pairs
    )
