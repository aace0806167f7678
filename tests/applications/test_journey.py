"""The form as a document: what it asks, what freezes it, what its answers mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino_academy.announcement.criteria import (
    Criterion,
    CriterionKind,
    OpenRule,
    OrganisationKindRule,
    PeriodRule,
    TeamRule,
    Verdict,
    YesNoRule,
)
from keino_academy.applications.documents import FormTexts, build_content, spoken, structure_hash
from keino_academy.applications.journey import (
    QuestionType,
    journey,
    months_offered,
    questions_of,
    sections_of,
    verdicts,
)

ELIGIBILITY, SELECTION, COMMITMENT = (
    CriterionKind.ELIGIBILITY,
    CriterionKind.SELECTION,
    CriterionKind.COMMITMENT,
)
CRITERIA = (
    Criterion("kind", ELIGIBILITY, "You belong", OrganisationKindRule(("municipality",))),
    Criterion("months", ELIGIBILITY, "You prepare", PeriodRule("2023-09", "2024-03")),
    Criterion("ground", SELECTION, "Groundwork", YesNoRule("Name it", "", True)),
    Criterion("will", SELECTION, "Will", OpenRule(300)),
    Criterion("people", COMMITMENT, "People", TeamRule(2, ("law", "building"))),
)


def texts(**changed):
    values = {"language": "en", "criteria": CRITERIA, "asks_pilot": True, "team_size": 3}
    return FormTexts(**values | changed)


def content(**changed):
    return build_content({"en": texts(**changed)})


def section_ids(made):
    return [section.id for section in sections_of(made["en"])]


def test_criteria_become_sections_in_the_pages_order():
    assert section_ids(content()) == [
        "organisation",
        "contact",
        "pilot",
        "ground",
        "will",
        "team",
        "management",
        "sending",
    ]


def test_a_criterion_about_months_judges_the_pilots_own_months():
    pilot = next(section for section in sections_of(content()["en"]) if section.id == "pilot")
    period = next(question for question in pilot.questions if question.type == QuestionType.PERIOD)
    assert (period.id, pilot.kind) == ("months", "eligibility")
    assert period.verdict({"first": "2023-12", "last": "2024-06"}) is Verdict.MET
    assert period.verdict({"first": "2024-04", "last": "2024-06"}) is Verdict.NOT_MET


def test_without_criteria_the_form_still_asks_for_pilot_and_team():
    assert section_ids(content(criteria=())) == [
        "organisation",
        "contact",
        "pilot",
        "team",
        "management",
        "sending",
    ]
    assert section_ids(content(criteria=(), asks_pilot=False, team_size=0, asks_management=False)) == [
        "organisation",
        "contact",
        "sending",
    ]


def test_the_teams_criterion_tells_its_size():
    team = next(one for one in questions_of(sections_of(content()["en"])) if one.type == QuestionType.TEAM)
    assert (team.rule["size"], team.texts["roles"]) == (2, ["law", "building"])


def test_every_id_is_asked_once():
    ids = [question.id for question in questions_of(sections_of(content()["en"]))]
    assert len(ids) == len(set(ids))


def test_text_changes_no_structure():
    from dataclasses import replace

    reworded = tuple(replace(one, title=one.title + "!", explanation="more") for one in CRITERIA)
    assert structure_hash(content(criteria=reworded)) == structure_hash(content())


@pytest.mark.parametrize(
    "changed",
    [
        {"criteria": CRITERIA[::-1]},
        {"criteria": CRITERIA[:-1]},
        {"criteria": (*CRITERIA[:1], Criterion("months", ELIGIBILITY, "", PeriodRule("2023-10", "2024-03")))},
        {"asks_pilot": False},
        {"asks_management": False},
        {"questions": ({"id": "q1", "type": "text", "label": "?"},)},
    ],
)
def test_ids_rules_and_order_are_structure(changed):
    assert structure_hash(content(**changed)) != structure_hash(content())


def test_a_translation_gives_words_only():
    other = FormTexts(
        "sv",
        criteria=(
            Criterion("ground", SELECTION, "Grundarbete", YesNoRule("Namnge det", "", False)),
            Criterion("stale", SELECTION, "Borta", OpenRule()),
        ),
        asks_pilot=False,
        team_size=9,
        asks_management=False,
    )
    made = spoken(texts(), other)
    assert [one.title for one in made.criteria] == [
        "You belong",
        "You prepare",
        "Grundarbete",
        "Will",
        "People",
    ]
    assert made.criteria[2].rule == YesNoRule("Namnge det", "", True)
    assert (made.language, made.asks_pilot, made.team_size) == ("sv", True, 3)
    assert made.asks_management is True


def test_what_asks_after_another_answer_is_asked_only_then():
    made = {
        "sections": [
            {"id": "a", "title": "A", "questions": [{"id": "x", "type": "text", "label": "X"}]},
            {
                "id": "b",
                "title": "B",
                "questions": [{"id": "y", "type": "text", "label": "Y", "rule": {"after": ["x", "yes"]}}],
            },
        ]
    }
    assert [section.id for section in journey(made, {"x": "no"})] == ["a"]
    assert [section.id for section in journey(made, {"x": "yes"})] == ["a", "b"]


def test_verdicts_are_of_criteria_alone():
    answers = {"kind": "parish", "ground": {"value": "yes", "evidence": ""}, "will": "We want to."}
    assert verdicts(sections_of(content()["en"]), answers) == {
        "kind": Verdict.NOT_MET,
        "months": Verdict.UNSURE,
        "ground": Verdict.UNSURE,
        "will": Verdict.MET,
        "people": Verdict.UNSURE,
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([one.id for one in CRITERIA]), JSON))
def test_any_answers_have_words_and_verdicts(answers):
    from keino_academy.applications.answers import say_all

    sections = sections_of(content()["en"])
    for part in say_all(sections, answers):
        for row in part.rows:
            assert isinstance(row.text, str)
    assert set(verdicts(sections, answers)) == {one.id for one in CRITERIA}


def test_months_go_over_new_year():
    from datetime import date

    assert months_offered(date(2023, 11, 5), 4) == ["2023-11", "2023-12", "2024-01", "2024-02"]
