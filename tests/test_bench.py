"""What a bench says of a figure."""

from bench.rows import Row, table


def test_a_ratio_is_compared_with_its_goal():
    row = Row("page", 5.0, "ms", 1.6, 4.0, "ms, empty page")
    assert row.as_dict() == {
        "name": "page",
        "figure": 5.0,
        "unit": "ms",
        "peer": 4.0,
        "peer_name": "ms, empty page",
        "ratio": 1.25,
        "goal": "≤ 1.6 ×",
        "met": True,
    }
    assert not Row("page", 7.0, "ms", 1.6, 4.0, "ms, empty page").met


def test_a_figure_that_stands_alone_is_compared_itself():
    assert Row("queries", 10, "queries", 10).met
    assert not Row("queries", 11, "queries", 10).met
    assert Row("queries", 11, "queries", 10).as_dict()["goal"] == "≤ 10 queries"


def test_more_may_be_better():
    assert Row("bookings", 90.0, "per second", 0.8, 100.0, "bare", at_least=True).met
    assert not Row("bookings", 70.0, "per second", 0.8, 100.0, "bare", at_least=True).met


def test_the_table_tells_a_missed_goal():
    shown = table([Row("queries", 11, "queries", 10)]).splitlines()
    assert shown[1].split() == ["queries", "11", "queries", "≤", "10", "queries", "NOT", "MET"]
