"""What a form asks, of whom: conditions, months, people, examples, and keys that stay."""

import copy

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from keino_academy.announcement.criteria import Criterion, CriterionKind, TeamRule, Verdict, YesNoRule
from keino_academy.announcement.queries import find_face
from keino_academy.applications.actions import publish_form
from keino_academy.applications.answers import say, say_all
from keino_academy.applications.documents import FormTexts, build_content, spoken, structure_hash
from keino_academy.applications.journey import (
    asked_only,
    asked_sections,
    journey,
    questions_of,
    sections_of,
    verdicts,
)
from keino_academy.applications.models import ApplicationPage
from keino_academy.applications.own_questions import editors_questions
from keino_academy.applications.queries import sections_for
from keino_academy.applications.section_forms import application_form
from keino_academy.blocks import CriteriaBlock, QuestionsBlock
from keino_academy.core.conditions import BROKEN, Comparison, Condition, as_json, holds, read_condition
from tests.applications.journeys import Journey
from tests.factories.applications import make_form


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


GROUND = Criterion("c1", CriterionKind.SELECTION, "Groundwork", YesNoRule("Name it", "", True), name="ground")


def item(kind, key, /, **value):
    return {"type": kind, "id": key, "value": {"question": key.upper(), "required": True, **value}}


def when(name, test, *values, about="named"):
    return {
        "about": about,
        "name": name if about == "named" else "",
        "test": test,
        "values": "\n".join(values),
    }


def asked(*items):
    """The document's questions of an editor's stream."""
    return editors_questions(QuestionsBlock().to_python(list(items)))


OPTIONS = [{"type": "item", "id": "o1", "value": "In house"}, {"type": "item", "id": "o2", "value": "Bought"}]
CHOICE = item("choice", "q1", name="how", options=OPTIONS)
FOLLOWING = item("text", "q2", when=when("how", "is", "bought"))


def content(*items, criteria=(), **more):
    texts = FormTexts("en", criteria=criteria, questions=asked(*items), team_size=0, asks_pilot=False, **more)
    return build_content({"en": texts})


def further(made, answers=()):
    sections = journey(made["en"], dict(answers))
    return [question.id for section in sections if section.id == "further" for question in section.questions]


def form(made, sections=None, other=None, **data):
    """The clean form of a document with what was posted."""
    found = sections_of(made["en"])
    chosen = tuple(one for one in found if one.id in sections) if sections else found
    with override("en"):
        filled = application_form(chosen, found)(data)
        filled.other_answers = other or {}
        filled.full_clean()
    return filled


class TestHolds:
    class Judged:
        id, when = "q", None

        def __init__(self, verdict=None):
            self.found = verdict

        def verdict(self, _answer):
            return self.found

    @pytest.mark.parametrize(
        ("test", "values", "answer", "expected"),
        [
            ("is", ["a"], "a", True),
            ("is", ["a"], "b", False),
            ("is", ["a"], ["b", "a"], True),
            ("is", ["a"], None, False),
            ("is", ["yes"], {"value": "yes", "evidence": ""}, True),
            ("is", ["yes"], True, True),
            ("is", ["yes"], 1, False),
            ("is", ["1"], 1, True),
            ("is_not", ["a"], "b", True),
            ("is_not", ["a"], "a", False),
            ("is_not", ["a"], "", False),
            ("is_not", [], "b", False),
            ("one_of", ["a", "b"], "b", True),
            ("one_of", ["a", "b"], "c", False),
            ("answered", [], " ", False),
            ("answered", [], 0, True),
            ("answered", [], False, False),
            ("answered", [], {"value": None, "evidence": ""}, False),
            ("answered", [], [{"name": "Aino"}], True),
            ("not_answered", [], None, True),
            ("not_answered", [], "a", False),
            ("at_least", ["3"], 3, True),
            ("at_least", ["3"], 2, False),
            ("at_least", ["three"], 3, False),
            ("at_least", [], 3, False),
            ("at_least", ["1"], True, False),
            ("at_least", ["1"], "3", False),
            ("at_most", ["3"], 3, True),
            ("at_most", ["−3"], -4, True),
            ("at_most", ["3"], 4, False),
            ("answers", ["a"], "a", False),
        ],
    )
    def test_tests(self, test, values, answer, expected):
        condition = Condition("q", test, tuple(values))
        assert holds(condition, {"q": answer}, {"q": self.Judged()}) is expected

    @pytest.mark.parametrize("test", ["met", "unsure", "not_met"])
    @pytest.mark.parametrize("verdict", [*Verdict, None])
    def test_verdicts(self, test, verdict):
        assert holds(Condition("q", test), {}, {"q": self.Judged(verdict)}) is (verdict == test)

    @pytest.mark.parametrize("test", [*Comparison, "", "nonsense"])
    def test_what_is_not_there_holds_nothing(self, test):
        assert holds(Condition("gone", test, ("a",)), {"gone": "a"}, {}) is False

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (None, None),
            ({}, None),
            (["x", "yes"], Condition("x", "is", ("yes",))),
            (["x", True], Condition("x", "is", ("yes",))),
            (["x"], BROKEN),
            ("x", BROKEN),
            (7, BROKEN),
            ({"question": 7}, BROKEN),
            ({"question": "x", "test": "is", "values": "ab"}, Condition("x", "is", ())),
            ({"question": "x", "test": "is", "values": ["a", 1]}, Condition("x", "is", ("a", "1"))),
        ],
    )
    def test_reading_out_of_a_document(self, data, expected):
        assert read_condition(data) == expected

    def test_a_document_gives_back_what_it_was_given(self):
        condition = Condition("x", Comparison.ONE_OF, ("a", "b"))
        assert read_condition(as_json(condition)) == condition


class TestDocument:
    def test_names_become_ids_and_labels_keys(self):
        made = content(CHOICE, FOLLOWING)
        question = made["en"]["sections"][-2]["questions"][1]
        assert question["when"] == {"question": "q1", "test": "is", "values": ["o2"]}
        assert "name" not in question
        assert (further(made), further(made, {"q1": "o1"})) == (["q1"], ["q1"])
        assert further(made, {"q1": "o2"}) == ["q1", "q2"]

    def test_a_hidden_question_hides_what_depends_on_it(self):
        last = item("text", "q3", when=when("more", "not_answered"))
        made = content(CHOICE, item("text", "q2", name="more", when=when("how", "is", "bought")), last)
        assert further(made, {"q1": "o2"}) == ["q1", "q2", "q3"]
        assert further(made, {"q1": "o1", "q2": ""}) == ["q1"]

    def test_the_packages_own_questions_can_be_asked_about(self):
        made = content(item("text", "q1", when=when("", "one_of", "Municipality", "Parish", about="kind")))
        answers = [{}, {"kind": "state"}, {"kind": "municipality"}, {"kind": "parish"}]
        assert [further(made, one) for one in answers] == [[], [], ["q1"], ["q1"]]

    def test_a_criterions_verdict_can_be_asked_about(self):
        made = content(item("text", "q1", when=when("ground", "unsure")), criteria=(GROUND,))
        assert further(made, {"c1": {"value": "yes", "evidence": ""}}) == ["q1"]
        assert further(made, {"c1": {"value": "no", "evidence": ""}}) == []

    def test_a_criterion_that_is_not_asked_is_not_counted(self):
        dependent = Criterion(
            "c2",
            CriterionKind.COMMITMENT,
            "Team",
            TeamRule(2),
            when={"name": "ground", "test": "met", "values": []},
        )
        sections = sections_of(content(criteria=(GROUND, dependent))["en"])
        shown = {"c1": {"value": "yes", "evidence": "A project"}}
        assert verdicts(sections, shown) == {"c1": Verdict.MET, "c2": Verdict.UNSURE}
        assert verdicts(sections, {"c1": {"value": "no"}}) == {"c1": Verdict.NOT_MET}

    @pytest.mark.parametrize("test", list(Comparison))
    def test_what_points_to_nothing_is_asked_of_nobody(self, test):
        assert further(content(item("text", "q1", when=when("gone", test, "1")))) == []

    def test_conditions_are_structure_and_old_hashes_stay(self):
        plain = content(CHOICE, item("text", "q2"))
        assert structure_hash(content(CHOICE, FOLLOWING)) != structure_hash(plain)
        assert "when" not in str(plain)

    def test_a_form_of_old_is_read_with_its_old_conditions(self):
        old = {"en": copy.deepcopy(content(CHOICE, item("text", "q2"))["en"])}
        old["en"]["sections"][-2]["questions"][1]["rule"] = {"after": ["q1", "o2"]}
        assert (further(old, {"q1": "o1"}), further(old, {"q1": "o2"})) == (["q1"], ["q1", "q2"])

    def test_a_translation_keeps_the_condition_and_the_keys_of_its_source(self):
        source = FormTexts("en", questions=asked(CHOICE, FOLLOWING))
        swedish = [{**one, "value": label} for one, label in zip(OPTIONS, ("Själva", "Köpt"), strict=True)]
        other = FormTexts("sv", questions=asked(item("choice", "q1", options=swedish), item("text", "q2")))
        made = build_content({"en": source, "sv": spoken(source, other)})
        choice, following = made["sv"]["sections"][-2]["questions"]
        assert choice["options"] == [["o1", "Själva"], ["o2", "Köpt"]]
        assert following["when"] == {"question": "q1", "test": "is", "values": ["o2"]}
        assert structure_hash({"sv": made["sv"]}) == structure_hash({"en": made["en"]})

    def test_a_choice_that_is_reworded_or_moved_keeps_its_key(self):
        edited = [{**OPTIONS[1], "value": "Bought outside"}, OPTIONS[0]]
        question = next(
            one
            for one in questions_of(sections_of(content(item("choice", "q1", options=edited))["en"]))
            if one.id == "q1"
        )
        assert question.options == (("o2", "Bought outside"), ("o1", "In house"))
        assert say(question, "o2") == "Bought outside"

    @pytest.mark.django_db
    def test_choices_that_never_had_a_key_get_one_that_stays(self, academy, document):
        page = ApplicationPage.objects.get(locale__language_code="fi")
        block = page._meta.get_field("questions").stream_block
        page.questions = block.to_python([item("choice", "q1", options=["In house", "Bought"])])
        page.save_revision().publish()
        before = self.options_of(academy)
        again = ApplicationPage.objects.get(pk=page.pk)
        again.questions[0].value["options"].bound_blocks[1].value = "Bought outside"
        again.save_revision().publish()
        after = self.options_of(academy)
        assert len(dict(before)) == 2
        assert after == [before[0], [before[1][0], "Bought outside"]]

    def options_of(self, academy):
        sections = publish_form(academy).content["fi"]["sections"]
        return next(one for part in sections for one in part["questions"] if one["id"] == "q1")["options"]


class TestForm:
    def test_a_question_says_when_it_is_answered(self):
        filled = form(content(CHOICE, FOLLOWING), {"further"}, **{"q-q1": "o1"})
        assert filled["q-q2"].help_text == "Answer this if the answer to “Q1” is: Bought."

    def test_what_is_not_asked_is_neither_wanted_nor_kept(self):
        filled = form(content(CHOICE, FOLLOWING), {"further"}, **{"q-q1": "o1", "q-q2": "left over"})
        assert (filled.errors, filled.answers) == ({}, {"q1": "o1"})
        assert form(content(CHOICE, FOLLOWING), {"further"}, **{"q-q1": "o1"}).errors == {}

    def test_what_is_asked_is_wanted(self):
        filled = form(content(CHOICE, FOLLOWING), {"further"}, **{"q-q1": "o2"})
        assert filled.errors == {"q-q2": ["Write an answer: Q2"]}
        assert filled.answers == {"q1": "o2", "q2": None}

    def test_other_sections_decide_too(self):
        made = content(item("text", "q1", when=when("ground", "met")), criteria=(GROUND,))
        shown = {"c1": {"value": "yes", "evidence": "A project"}}
        assert form(made, {"further"}, shown).errors == {"q-q1": ["Write an answer: Q1"]}
        assert form(made, {"further"}, {}, **{"q-q1": "x"}).answers == {}
        assert form(made, {"further"}, shown)["q-q1"].help_text == ""

    def test_errors_of_a_group_that_is_not_asked_are_dropped(self):
        people = item("people", "q2", rows=2, when=when("how", "is", "Bought"))
        data = {"q-q2-1-email": "nobody", "q-q2-2-role": "law"}
        assert form(content(CHOICE, people), {"further"}, **data, **{"q-q1": "o1"}).errors == {}
        assert set(form(content(CHOICE, people), {"further"}, **data, **{"q-q1": "o2"}).errors) == {
            "q-q2-1-name",
            "q-q2-1-email",
            "q-q2-2-name",
        }

    @pytest.mark.parametrize(
        ("test", "values", "said"),
        [
            ("is", ["Bought"], "Answer this if the answer to “Q1” is: Bought."),
            (
                "one_of",
                ["Bought", "In house"],
                "Answer this if the answer to “Q1” is one of these: Bought, In house.",
            ),
            ("is_not", ["Bought"], "Answer this if the answer to “Q1” is another than: Bought."),
            ("answered", [], "Answer this if you answered “Q1”."),
            ("not_answered", [], "Answer this if you left “Q1” empty."),
            ("at_least", ["5"], "Answer this if the answer to “Q1” is at least 5."),
            ("at_most", ["5"], "Answer this if the answer to “Q1” is at most 5."),
            ("met", [], "Answer this if your answer to “Q1” meets the criterion."),
            ("unsure", [], "Answer this if “Q1” is still unsure."),
            ("not_met", [], "Answer this if your answer to “Q1” does not meet the criterion."),
        ],
    )
    def test_every_condition_has_words(self, test, values, said):
        filled = form(content(CHOICE, item("text", "q2", when=when("how", test, *values))), {"further"})
        assert filled["q-q2"].help_text == said

    @pytest.mark.parametrize(
        "kind",
        list(QuestionsBlock().child_blocks),
    )
    def test_every_type_has_a_hint_and_an_example(self, kind, rf):
        made = content(item(kind, "q1", help="A hint.", example="so & so", options=OPTIONS))
        with override("en"):
            part = next(one for one in form(made, {"further"}).rows if one.section.id == "further")
            html = render_to_string("keino_academy/applications/asked.html", {"asked": part.asked[0]})
        assert html.count("A hint. For example: so &amp; so") == 1


class TestMonths:
    BOUND = item("period", "q1", first="2023-09", last="2024-01")

    def test_months_outside_are_not_offered(self, frozen):
        filled = form(content(self.BOUND), {"further"}, **{"q-q1-first": "2023-08", "q-q1-last": "2024-02"})
        assert filled.errors == {
            "q-q1-first": ["Choose the month in which it begins."],
            "q-q1-last": ["Choose the month in which it ends."],
        }
        offered = [key for _year, months in filled.fields["q-q1-first"].choices[1:] for key, _label in months]
        assert offered == ["2023-09", "2023-10", "2023-11", "2023-12", "2024-01"]

    @pytest.mark.parametrize(
        ("first", "last", "wrong"),
        [
            ("2023-09", "2024-01", []),
            ("2023-10", "2023-09", ["q-q1-last"]),
            ("2023-10", "", ["q-q1-last"]),
            ("", "2023-10", ["q-q1-first"]),
            ("", "", []),
        ],
    )
    def test_a_range_that_may_be_left_out_is_whole_or_empty(self, frozen, first, last, wrong):
        optional = item("period", "q1", first="2023-09", last="2024-01", required=False)
        filled = form(content(optional), {"further"}, **{"q-q1-first": first, "q-q1-last": last})
        assert list(filled.errors) == wrong
        if not wrong:
            assert filled.answers == {"q1": {"first": first, "last": last} if first else None}

    def test_a_range_is_said(self):
        question = next(one for one in questions_of(sections_of(content(self.BOUND)["en"])) if one.id == "q1")
        with override("en"):
            assert (
                say(question, {"first": "2023-09", "last": "2024-01"})
                == "September\xa02023 – January\xa02024"
            )


class TestPeople:
    def test_one_row_is_enough_and_empty_ones_are_left_out(self):
        made = content(item("people", "q1", rows=3))
        data = {"q-q1-1-name": "Aino", "q-q1-3-name": "Eino", "q-q1-3-email": "eino@x.example"}
        assert form(made, {"further"}, **data).answers == {
            "q1": [
                {"name": "Aino", "role": "", "email": ""},
                {"name": "Eino", "role": "", "email": "eino@x.example"},
            ]
        }
        assert form(made, {"further"}).errors == {"q-q1-1-name": ["Write the name of at least one person."]}

    @pytest.mark.parametrize(("rows", "fields"), [(1, 3), (20, 60)])
    def test_as_many_rows_as_the_editor_says(self, rows, fields):
        filled = form(content(item("people", "q1", rows=rows)), {"further"})
        assert sum(name.startswith("q-q1-") for name in filled.fields) == fields

    def test_people_are_said_each_on_a_line(self):
        question = next(
            one
            for one in questions_of(sections_of(content(item("people", "q1", rows=2))["en"]))
            if one.id == "q1"
        )
        people = [{"name": "Aino", "role": "law", "email": "a@x.example"}, {"name": "Eino"}]
        assert say(question, people) == "Aino, law, a@x.example\nEino"


def faults(stream, *items):
    """What a stream says of itself: ``{place: {field: text}}``."""
    block = stream()
    with override("en"):
        try:
            block.clean(block.to_python(list(items)))
        except StreamBlockValidationError as error:
            return {place: _flat(found) for place, found in error.block_errors.items()}
    return {}


def _flat(error):
    if not hasattr(error, "block_errors"):
        return error.messages
    return {name: _flat(found) for name, found in error.block_errors.items()}


class TestEditing:
    @pytest.mark.parametrize(
        ("items", "expected"),
        [
            ((CHOICE, FOLLOWING), {}),
            ((item("text", "a", name="a"), item("text", "b", name="a")),
             {1: {"name": ["Choose another name: an earlier question has this one."]}}),
            ((item("text", "a", name="a", when=when("a", "answered")),),
             {0: {"when": {"name": ["Refer to another question than this one."]}}}),
            ((item("text", "a", when=when("b", "answered")), item("text", "b", name="b")),
             {0: {"when": {"name": [
                 "Refer to a question that comes before this one, or move this one down."]}}}),
            ((item("text", "a", when=when("elsewhere", "answered")),), {}),
            ((CHOICE, item("text", "b", when=when("how", "at_least", "3"))),
             {1: {"when": {"test": ["Choose a test that fits this question."]}}}),
            ((CHOICE, item("text", "b", when=when("how", "met"))),
             {1: {"when": {"test": ["Choose a test that fits this question."]}}}),
            ((item("text", "b", when=when("", "is", "x")),),
             {0: {"when": {"name": ["Write the short name of an earlier question."]}}}),
            ((item("text", "b", when=when("x", "is")),),
             {0: {"when": {"values": ["Write what the answer is compared with."]}}}),
            ((item("text", "b", when=when("x", "")),),
             {0: {"when": {"test": ["Choose how the answer is looked at."]}}}),
            ((item("text", "b", when=when("x", "is", "y", about="")),),
             {0: {"when": {"about": ["Choose a question, or leave the whole condition empty."]}}}),
            ((item("text", "b", when=when("", "met", about="kind")),),
             {0: {"when": {"test": ["Choose a test that fits this question."]}}}),
            ((item("text", "b", when=when("x", "at_least", "a few")),),
             {0: {"when": {"values": ["Write one whole number in digits."]}}}),
            ((item("text", "b", name="Two words"),),
             {0: {"name": ["Use small letters a–z, digits and hyphens, and begin with a letter."]}}),
            ((item("period", "b", first="2024-02", last="2024-01"),),
             {0: {"last": ["Choose a month that is not before the first month."]}}),
        ],
    )  # fmt: skip
    def test_errors_stand_on_the_block_that_is_to_be_changed(self, items, expected):
        assert faults(QuestionsBlock, *items) == expected

    def test_criteria_know_all_that_they_can_ask_about(self):
        team = {"kind": "commitment", "title": "Team", "when": when("ground", "met")}
        ground = {"kind": "selection", "title": "Ground", "name": "ground"}
        first, second = (
            {"type": "team", "id": "t", "value": team},
            {"type": "yes_no", "id": "g", "value": ground},
        )
        assert faults(CriteriaBlock, second, first) == {}
        assert faults(CriteriaBlock, first) == {
            0: {"when": {"name": ["No earlier question has this short name. Look at how it is spelt."]}}
        }

    def test_names_and_conditions_are_the_same_in_every_language(self):
        value = QuestionsBlock().to_python(
            [item("text", "q2", name="b", example="So", when=when("how", "is", "bought"))]
        )
        segments = StreamFieldSegmentExtractor(None).handle_stream_block(value)
        assert {one.path for one in segments if not one.is_empty()} == {"q2.question", "q2.example"}

    def test_a_draft_is_saved_with_everything_wrong(self):
        block = QuestionsBlock()
        value = block.to_python([item("text", "a", when=when("a", "is"))])
        assert len(block.clean_deferred(value)) == 1


@pytest.mark.django_db
class TestSending:
    @pytest.fixture
    def document(self, academy, document):
        page = ApplicationPage.objects.get(locale__language_code="fi")
        block = page._meta.get_field("questions").stream_block
        page.questions = block.to_python([CHOICE, FOLLOWING])
        page.save_revision().publish()
        return publish_form(academy)

    @pytest.mark.parametrize(
        ("how", "kept", "shown"),
        [("o1", {"q1": "o1"}, ["q1"]), ("o2", {"q1": "o2", "q2": "Lisää"}, ["q1", "q2"])],
    )
    def test_only_what_was_asked_is_sent(self, academy, document, how, kept, shown):
        way = Journey(academy)
        way.begin()
        way.fill()
        assert way.save("further", **{"q-q1": how, "q-q2": "Lisää"}).status_code == 303
        assert way.send().status_code == 303
        application = way.application
        assert {key: value for key, value in application.answers.items() if key in {"q1", "q2"}} == kept
        told = [one.id for one in questions_of(sections_for(application)) if one.id in {"q1", "q2"}]
        assert told == shown

    def test_what_hangs_on_the_same_part_is_shown_and_says_when_it_is_asked(self, academy, document):
        way = Journey(academy)
        way.begin()
        page = way.client.get(way.url("application_section", section="further"))
        assert "q-q2" in page.context["form"].fields
        assert way.save("further", **{"q-q1": "o1", "q-q2": ""}).status_code == 303
        assert way.save("further", **{"q-q1": "o2", "q-q2": ""}).status_code == 422

    def test_what_hangs_on_another_part_comes_and_goes_with_its_answer(self, academy):
        make_form(academy)
        page = ApplicationPage.objects.get(locale__language_code="fi")
        block = item("text", "q9", when=when("", "is", "seurakunta", about="kind"))
        page.questions = page._meta.get_field("questions").stream_block.to_python([block])
        page.save_revision().publish()
        way = Journey(academy)
        way.begin()
        assert way.client.get(way.url("application_section", section="further")).status_code == 404
        parish = next(
            one for one in way.texts("organisation") if one not in {"q-organisation", "q-business_id"}
        )
        way.save("organisation", **{parish: "parish"})
        assert way.client.get(way.url("application_section", section="further")).status_code == 200
        missing = way.client.get(way.url("application")).context["missing"]
        assert "further" in [one.section.id for one in missing]


@pytest.mark.django_db
class TestPage:
    """The page's own form knows the criteria, which stand on the academy's page."""

    @pytest.fixture
    def editor(self, client, django_user_model):
        user = django_user_model.objects.create_superuser("editor", "editor@example.org", "secret")
        UserProfile.objects.create(user=user, preferred_language="en")
        client.force_login(user)
        return client

    def publish(self, client, *blocks):
        page = ApplicationPage.objects.get(locale__language_code="fi")
        data = {
            "title": page.title,
            "slug": page.slug,
            "introduction": rich_text(""),
            "privacy": rich_text(""),
            "receipt": rich_text(""),
            "team_size": "3",
            "questions": streamfield(blocks),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "action-publish": "1",
        }
        response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(data))
        if response.status_code == 302:
            return None
        error = response.context["form"].errors.as_data()["questions"][0]
        return {place: _flat(found) for place, found in error.block_errors.items()}

    def typed(self, **condition):
        choices = {"question": "How?", "help": "", "example": "", "required": "on", "name": "how"}
        empty = {"about": "", "name": "", "test": "", "values": ""}
        asked = {
            "question": "What?",
            "help": "",
            "example": "",
            "required": "on",
            "name": "",
            "max_length": "50",
        }
        first = choices | {"options": streamfield_list("In house", "Bought"), "when": empty}
        return ("choice", first), ("text", asked | {"when": empty | condition})

    @pytest.mark.parametrize(
        ("condition", "expected"),
        [
            ({"about": "named", "name": "how", "test": "is", "values": "bought"}, None),
            (
                {"about": "named", "name": "gone", "test": "answered"},
                {
                    1: {
                        "when": {
                            "name": [
                                "Millään aiemmalla kysymyksellä ei ole tätä lyhyttä nimeä. Tarkista kirjoitusasu."
                            ]
                        }
                    }
                },
            ),
            (
                {"about": "named", "name": "how", "test": "is", "values": "Borrowed"},
                {1: {"when": {"values": ["Kirjoita vaihtoehto täsmälleen niin kuin se on kysymyksessä."]}}},
            ),
        ],
    )
    def test_a_condition_is_checked_with_the_whole_page(self, editor, document, condition, expected):
        assert self.publish(editor, *self.typed(**condition)) == expected

    def test_editors_find_the_fields(self, editor, document):
        page = ApplicationPage.objects.get(locale__language_code="fi")
        html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert all(words in html for words in ("Show only when", "Short name", "Range of months"))

    def test_a_criterion_of_the_academys_page_can_be_referred_to(self, editor, academy, document):
        face = find_face(academy, "fi")
        place = next(n for n, one in enumerate(face.criteria) if one.block_type == "yes_no")
        face.criteria[place].value["name"] = "ground"
        face.save_revision().publish()
        condition = {"about": "named", "name": "ground", "test": "met"}
        assert self.publish(editor, *self.typed(**condition)) is None
        made = sections_of(publish_form(academy).content["fi"])
        asked = next(one for one in questions_of(made) if one.label == "What?")
        assert asked.when == Condition(face.criteria[place].id, "met")


def streamfield_list(*texts):
    """What an editor's page posts for a list."""
    rows = {
        str(n): {"value": text, "deleted": "", "order": str(n), "type": "item", "id": ""}
        for n, text in enumerate(texts)
    }
    return {"count": str(len(texts)), **rows}


TYPES = ["text", "number", "choice", "consent", "period", "people", "gone"]
KEYS = ["a", "b", "c", "d", "e"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["a", "yes", "", "7"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "first", "last", "name"]), inner, max_size=3)
    ),
    max_leaves=6,
)
CONDITIONS = st.none() | st.builds(
    lambda question, test, values: {"question": question, "test": test, "values": values},
    st.sampled_from([*KEYS, "gone"]),
    st.sampled_from([*Comparison, "nonsense"]),
    st.lists(st.sampled_from(["a", "b", "yes", "1", "x"]), max_size=2),
)


@st.composite
def documents(draw):
    """A document of two sections with any types and any conditions, also on what comes later."""
    questions = []
    for key in KEYS:
        data = {
            "id": key,
            "type": draw(st.sampled_from(TYPES)),
            "label": key,
            "options": [["a", "A"], ["b", "B"]],
        }
        condition = draw(CONDITIONS)
        if condition:
            data["when"] = condition
        data["rule"] = {"rows": 2}
        questions.append(data)
    cut = draw(st.integers(0, len(KEYS)))
    parts = (("one", questions[:cut]), ("two", questions[cut:]))
    return {"en": {"sections": [{"id": key, "title": key, "questions": some} for key, some in parts]}}


#: Types of one field, which is needed.
WHOLE = {"text", "number", "choice", "consent"}
POSTED = st.fixed_dictionaries({f"q-{key}": st.sampled_from(["", "a", "b", "7", "on"]) for key in KEYS})


class TestForAnyDocument:
    @given(documents(), POSTED)
    def test_what_is_asked_is_what_is_validated_is_what_is_kept(self, made, posted):
        filled = form(made, **posted)
        sections = sections_of(made["en"])
        asked = [one.id for one in questions_of(asked_sections(sections, filled.answers))]
        assert list(filled.answers) == asked
        assert asked_only(sections, filled.answers) == filled.answers
        assert {name.split("-")[1] for name in filled.errors if name.startswith("q-")} <= set(asked)
        kept = {name.split("-")[1] for name in filled.cleaned_data if name.startswith("q-")}
        assert kept <= set(asked)
        types = {one.id: one.type for one in questions_of(sections)}
        empty = {key for key in asked if types[key] in WHOLE and not posted[f"q-{key}"]}
        grouped = {key for key in asked if types[key] in {"period", "people"}}
        assert empty | grouped <= {name.split("-")[1] for name in filled.errors}

    @given(documents(), st.dictionaries(st.sampled_from(KEYS), JSON))
    def test_any_answers_lead_somewhere_and_twice_to_the_same(self, made, answers):
        sections = journey(made["en"], answers)
        assert asked_sections(sections, answers) == sections
        assert (
            asked_sections(sections_of(made["en"]), asked_only(sections_of(made["en"]), answers)) == sections
        )
        for part in say_all(sections, answers):
            assert all(isinstance(row.text, str) for row in part.rows)

    @given(documents(), st.dictionaries(st.sampled_from(KEYS), JSON), st.sampled_from(KEYS))
    def test_a_better_answer_makes_no_verdict_worse(self, made, answers, bettered):
        for one in (one for part in made["en"]["sections"] for one in part["questions"]):
            one.update(type="yes_no", criterion="selection", rule={"evidence_required": True}, options=[])
            one["texts"] = {"evidence_label": "What shows it?"}
        sections = sections_of(made["en"])
        before = verdicts(sections, answers)
        after = verdicts(sections, answers | {bettered: {"value": "yes", "evidence": "A project"}})
        assert all(after[key].rank >= before[key].rank for key in before.keys() & after.keys())
        assert after.get(bettered, Verdict.MET) is Verdict.MET

    @given(documents())
    def test_only_earlier_questions_decide(self, made):
        order = {key: place for place, key in enumerate(KEYS)}
        for question in questions_of(journey(made["en"], dict.fromkeys(KEYS, "a"))):
            assert question.when is None or order[question.when.question] < order[question.id]
