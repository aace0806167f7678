"""Rules of criteria, read from a page, and the result of "Could we apply?"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino_academy.announcement.criteria import (
    AttendanceRule,
    Criterion,
    CriterionKind,
    OpenRule,
    OrganisationKindRule,
    Outcome,
    PeriodRule,
    TeamRule,
    Verdict,
    YesNoRule,
    evaluate,
    outcome,
    read_criteria,
)
from keino_academy.blocks import CriteriaBlock

MET, UNSURE, NOT_MET = Verdict.MET, Verdict.UNSURE, Verdict.NOT_MET

KINDS = OrganisationKindRule(("municipality", "parish"))
EVIDENCE = YesNoRule("Name the project", "", True)
WINDOW = PeriodRule("2023-09", "2024-03")
TEAM = TeamRule(3, ("procurement", "environment"))
SESSIONS = AttendanceRule(("kick-off", "workshop"))


@pytest.mark.parametrize(
    ("rule", "answer", "verdict"),
    [
        (KINDS, "parish", MET),
        (KINDS, "state", NOT_MET),
        (KINDS, "", UNSURE),
        (KINDS, None, UNSURE),
        (YesNoRule(), {"value": "yes"}, MET),
        (YesNoRule(), "yes", MET),
        (YesNoRule(), {"value": "no", "evidence": "all the same"}, NOT_MET),
        (YesNoRule(), {"value": "unsure"}, UNSURE),
        (EVIDENCE, {"value": "yes", "evidence": "The brick project"}, MET),
        (EVIDENCE, {"value": "yes", "evidence": "  "}, UNSURE),
        (YesNoRule("Name it", "", False), {"value": "yes"}, MET),
        (WINDOW, {"first": "2024-03", "last": "2024-12"}, MET),
        (WINDOW, {"first": "2023-01", "last": "2023-09"}, MET),
        (WINDOW, {"first": "2022-01", "last": "2025-01"}, MET),
        (WINDOW, {"first": "2024-04", "last": "2024-12"}, NOT_MET),
        (WINDOW, {"first": "2023-01", "last": "2023-08"}, NOT_MET),
        (WINDOW, {"first": "2023-10"}, UNSURE),
        (WINDOW, {"first": "2023-12", "last": "2023-10"}, UNSURE),
        (WINDOW, {"first": "2023-13", "last": "2024-01"}, UNSURE),
        (PeriodRule("2023-09", ""), {"first": "2040-01", "last": "2040-02"}, MET),
        (TEAM, [{"name": "A"}, {"name": "B"}, {"name": "C"}], MET),
        (TEAM, [{"name": "A"}, {"name": "B"}, {"name": " "}], UNSURE),
        (TEAM, [], UNSURE),
        (SESSIONS, {"kick-off": "yes", "workshop": "yes"}, MET),
        (SESSIONS, {"kick-off": "yes"}, UNSURE),
        (SESSIONS, {"kick-off": "unsure", "workshop": "no"}, NOT_MET),
        (SESSIONS, ["kick-off", "workshop"], MET),
        (SESSIONS, ["kick-off"], NOT_MET),
        (SESSIONS, {"another": "no"}, UNSURE),
        (AttendanceRule(), {"kick-off": "yes"}, MET),
        (AttendanceRule(), {}, UNSURE),
        (OpenRule(10), "We want to.", MET),
        (OpenRule(10), "\n ", UNSURE),
    ],
)
def test_a_rule_says_its_verdict(rule, answer, verdict):
    assert evaluate(rule, answer) is verdict


MONTHS = st.builds(lambda year, month: f"{year}-{month:02}", st.integers(2020, 2026), st.integers(1, 12))
SAID = st.sampled_from(["no", "unsure", "yes"])
IDS = st.sampled_from(["a", "b", "c", "d"])
PEOPLE = st.lists(st.fixed_dictionaries({"name": st.sampled_from(["", " ", "Aino", "Väinö"])}), max_size=6)
RULES = st.one_of(
    st.builds(OrganisationKindRule, st.lists(st.text(max_size=3), max_size=3).map(tuple)),
    st.builds(YesNoRule, st.text(max_size=3), st.text(max_size=3), st.booleans()),
    st.builds(PeriodRule, st.just("") | MONTHS, st.just("") | MONTHS),
    st.builds(TeamRule, st.integers(-1, 5)),
    st.builds(AttendanceRule, st.lists(IDS, max_size=4).map(tuple)),
    st.builds(OpenRule, st.none() | st.integers(1, 5)),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | SAID | MONTHS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4) | IDS, inner, max_size=4)
        | st.dictionaries(st.sampled_from(["value", "evidence", "first", "last", "name"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(RULES, JSON)
def test_any_json_gets_a_verdict(rule, answer):
    assert evaluate(rule, answer) in Verdict


@given(st.sets(IDS), IDS, JSON)
def test_another_allowed_kind_makes_no_answer_worse(kinds, more, answer):
    before = evaluate(OrganisationKindRule(tuple(kinds)), answer)
    assert evaluate(OrganisationKindRule((*kinds, more)), answer).rank >= before.rank


@given(SAID, st.text(min_size=1))
def test_evidence_makes_no_answer_worse(value, evidence):
    before = evaluate(EVIDENCE, {"value": value, "evidence": ""})
    assert evaluate(EVIDENCE, {"value": value, "evidence": evidence}).rank >= before.rank


@given(st.lists(MONTHS, min_size=4, max_size=4).map(sorted), MONTHS, MONTHS)
def test_a_longer_period_is_never_worse(months, first, last):
    outer_first, inner_first, inner_last, outer_last = months
    rule = PeriodRule(first, last)
    inner = evaluate(rule, {"first": inner_first, "last": inner_last})
    assert evaluate(rule, {"first": outer_first, "last": outer_last}).rank >= inner.rank


@given(PEOPLE, PEOPLE, st.integers(0, 6))
def test_a_bigger_team_is_never_worse(people, more, size):
    assert evaluate(TeamRule(size), people + more).rank >= evaluate(TeamRule(size), people).rank


@given(st.dictionaries(IDS, SAID), IDS, st.lists(IDS, unique=True).map(tuple))
def test_one_session_more_is_never_worse(said, more, entries):
    rule = AttendanceRule(entries)
    assert evaluate(rule, said | {more: "yes"}).rank >= evaluate(rule, said).rank


@given(st.lists(IDS), IDS, st.lists(IDS, unique=True).map(tuple))
def test_one_ticked_session_more_is_never_worse(ticked, more, entries):
    rule = AttendanceRule(entries)
    assert evaluate(rule, [*ticked, more]).rank >= evaluate(rule, ticked).rank


def criterion(name, kind=CriterionKind.ELIGIBILITY, *, hard=False):
    return Criterion(
        id=name,
        kind=kind,
        title=name,
        rule=OpenRule(),
        hard=hard,
        guidance_met="well",
        guidance_unsure="ask",
        guidance_not_met="wait",
    )


WALL = criterion("wall", hard=True)
SOFT = criterion("soft")
WEIGHED = criterion("weighed", CriterionKind.SELECTION)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"wall": "met", "soft": "met", "weighed": "met"}, Outcome.CAN_APPLY),
        ({"wall": "met", "soft": "met", "weighed": "not_met"}, Outcome.CAN_APPLY),
        ({"wall": "met", "soft": "met"}, Outcome.CAN_APPLY),
        ({"wall": "met", "soft": "not_met", "weighed": "met"}, Outcome.FIND_OUT),
        ({"wall": "unsure", "soft": "met", "weighed": "met"}, Outcome.FIND_OUT),
        ({"wall": "not_met", "soft": "met", "weighed": "met"}, Outcome.NOT_NOW),
        ({}, Outcome.FIND_OUT),
        ({"wall": "no such word", "soft": None}, Outcome.FIND_OUT),
    ],
)
def test_only_a_hard_criterion_is_a_wall(answers, expected):
    assert outcome(answers, [WALL, SOFT, WEIGHED]).outcome is expected


def test_a_call_without_criteria_is_open_to_all():
    assert outcome({}, []).outcome is Outcome.CAN_APPLY


def test_the_result_tells_the_editors_guidance_and_what_to_do_first():
    answers = {"weighed": "not_met", "soft": "unsure", "wall": "not_met"}
    result = outcome(answers, [WEIGHED, SOFT, WALL])
    assert [(row.criterion.id, row.guidance) for row in result.to_do] == [
        ("wall", "wait"),
        ("soft", "ask"),
        ("weighed", "wait"),
    ]
    assert [len(result.met), len(result.unsure), len(result.not_met)] == [0, 1, 2]


def test_criteria_are_read_from_the_page_with_the_ids_of_its_blocks():
    block = CriteriaBlock()
    stream = block.to_python(
        [
            {
                "type": "organisation_kind",
                "id": "one",
                "value": {"kind": "eligibility", "title": "Target group", "kinds": ["parish"], "hard": True},
            },
            {
                "type": "team",
                "id": "two",
                "value": {
                    "kind": "commitment",
                    "title": "Team",
                    "size": 3,
                    "roles": [{"type": "item", "id": "r", "value": "procurement"}],
                },
            },
            {"type": "attendance", "id": "three", "value": {"kind": "commitment", "title": "Taking part"}},
            {
                "type": "period",
                "id": "four",
                "value": {"title": "Pilot", "window_first": "2023-09", "window_last": "2024-03"},
            },
        ]
    )
    found = read_criteria(stream, moments=["m1", "m2"])
    assert [(item.id, item.kind, item.title, item.hard) for item in found] == [
        ("one", CriterionKind.ELIGIBILITY, "Target group", True),
        ("two", CriterionKind.COMMITMENT, "Team", False),
        ("three", CriterionKind.COMMITMENT, "Taking part", False),
        ("four", CriterionKind.SELECTION, "Pilot", False),
    ]
    assert [item.rule for item in found] == [
        OrganisationKindRule(("parish",)),
        TeamRule(3, ("procurement",)),
        AttendanceRule(("m1", "m2")),
        PeriodRule("2023-09", "2024-03"),
    ]


@pytest.mark.parametrize("name", list(CriteriaBlock().child_blocks))
def test_an_empty_draft_of_any_criterion_is_read(name):
    stream = CriteriaBlock().to_python([{"type": name, "id": "x", "value": {}}])
    [found] = read_criteria(stream)
    assert (found.id, found.title, found.rule.type) == ("x", "", name)
