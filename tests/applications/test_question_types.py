"""Types that a site adds, as the tutorial does; and what is left of them when they are gone."""

import importlib
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from keino_academy.announcement.criteria import CriterionKind, Verdict, outcome, read_criteria
from keino_academy.announcement.criterion_types import forget_criterion_type
from keino_academy.applications.answers import export, say, say_all
from keino_academy.applications.documents import FormTexts, build_content
from keino_academy.applications.journey import (
    CRITERION_TYPE,
    QuestionType,
    questions_of,
    sections_of,
    verdicts,
)
from keino_academy.applications.models import ApplicationPage
from keino_academy.applications.own_questions import editors_questions
from keino_academy.applications.question_types import (
    CriterionType,
    QuestionKind,
    find_question_type,
    forget_question_type,
    register_criterion_type,
    register_question_type,
)
from keino_academy.applications.section_forms import application_form
from keino_academy.blocks import CriteriaBlock, QuestionsBlock
from keino_academy.blocks.criteria import OpenBlock
from keino_academy.blocks.questions import TextQuestionBlock
from tests.applications.journeys import Journey

TUTORIAL = Path(__file__).resolve().parent.parent.parent / "docs/tutorials/own-questions.md"


@pytest.fixture
def asking(tmp_path, monkeypatch):
    """The tutorial's app, written as it says and started."""
    package = tmp_path / "asking"
    package.mkdir()
    (package / "__init__.py").touch()
    for code in re.findall(r"```python\n(.*?)```", TUTORIAL.read_text(encoding="utf-8"), flags=re.DOTALL):
        name = re.match(r"# asking/(\w+\.py)\n", code)
        assert name, "each piece of code says in which file it stands"
        (package / name[1]).write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    apps = importlib.import_module("asking.apps")
    apps.AskingConfig("asking", importlib.import_module("asking")).ready()
    yield
    forget_question_type("postcode")
    forget_criterion_type("size_of_town")
    for module in [one for one in sys.modules if one == "asking" or one.startswith("asking.")]:
        del sys.modules[module]


def postcode(**value):
    return {"type": "postcode", "id": "p", "value": {"question": "Postcode", "required": True, **value}}


def size(**value):
    return {
        "type": "size_of_town",
        "id": "s",
        "value": {"kind": "eligibility", "title": "Large enough", "least": 5000, **value},
    }


def content():
    questions = editors_questions(QuestionsBlock().to_python([postcode(region="00")]))
    criteria = read_criteria(CriteriaBlock().to_python([size()]))
    texts = FormTexts("en", criteria=criteria, questions=questions, asks_pilot=False, team_size=0)
    return build_content({"en": texts})


def question(made, key):
    return next(one for one in questions_of(sections_of(made["en"])) if one.id == key)


def test_editors_find_the_types_in_their_menus(asking):
    for model in (QuestionsBlock(), ApplicationPage._meta.get_field("questions").stream_block):
        assert "postcode" in model.child_blocks
        assert [str(block.label) for _name, group in model.grouped_child_blocks() for block in group][
            -1
        ] == "Postcode"
    assert "size_of_town" in CriteriaBlock().child_blocks


def test_a_document_remembers_what_the_blocks_say(asking):
    made = content()
    assert (question(made, "p").type, question(made, "p").rule) == ("postcode", {"region": "00"})
    assert question(made, "s").type == QuestionType.NUMBER
    assert question(made, "s").rule == {"lowest": 0, "least": 5000, CRITERION_TYPE: "size_of_town"}


@pytest.mark.parametrize(
    ("posted", "errors"),
    [
        ("00100", None),
        ("33100", ["Write the postcode in five digits, like 00100."]),
        ("001", ["Write the postcode in five digits, like 00100."]),
        ("", ["Write the postcode in five digits, like 00100."]),
    ],
)
def test_the_form_asks_for_it(asking, posted, errors):
    made = content()
    further = tuple(one for one in sections_of(made["en"]) if one.id == "further")
    form = application_form(further)({"q-p": posted})
    form.full_clean()
    assert form.errors.get("q-p") == errors
    assert form.answers == {"p": None if errors else "00100"}


def test_its_answer_has_words_and_a_place_in_the_spreadsheet(asking):
    asked = question(content(), "p")
    assert (say(asked, "00100"), export(asked, "00100")) == ("FI-00100", "00100")
    assert (say(asked, ""), export(asked, None)) == ("", "")


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (5000, Verdict.MET),
        (4999, Verdict.NOT_MET),
        (None, Verdict.UNSURE),
        (True, Verdict.UNSURE),
        ({}, Verdict.UNSURE),
    ],
)
def test_the_criterion_judges(asking, answer, verdict):
    assert verdicts(sections_of(content()["en"]), {"s": answer}) == {"s": verdict}


def test_could_we_apply_knows_the_criterion(asking):
    criteria = read_criteria(CriteriaBlock().to_python([size(guidance_not_met="Join forces.", hard=True)]))
    row = outcome({"s": "not_met"}, criteria).rows[0]
    assert (row.guidance, row.stops, row.criterion.kind) == ("Join forces.", True, CriterionKind.ELIGIBILITY)


def test_a_form_with_types_that_are_gone_is_still_shown(asking):
    made = content()
    forget_question_type("postcode")
    forget_criterion_type("size_of_town")
    sections = sections_of(made["en"])
    answers = {"p": "00100", "s": 7}
    said = {row.question.id: row.text for part in say_all(sections, answers) for row in part.rows}
    assert (said["p"], said["s"]) == ("00100", "7")
    assert verdicts(sections, answers) == {}
    form = application_form(sections)({"q-p": ""})
    assert form.fields["q-p"].required is False
    assert "q-p" not in form.errors
    assert say(question(made, "p"), {"any": ["thing"]}) == "{'any': ['thing']}"


@pytest.mark.django_db
def test_an_application_carries_the_answer_to_its_reader(asking, client, academy, document):
    page = ApplicationPage.objects.get(locale__language_code="fi")
    page.questions = page._meta.get_field("questions").stream_block.to_python([postcode()])
    page.save_revision().publish()
    way = Journey(academy, client)
    way.begin()
    assert way.save("further", **{"q-p": "00100"}).status_code == 303
    assert (
        way.client.get(way.url("application_section", section="further")).context["form"]["q-p"].value()
        == "00100"
    )
    for section in ("organisation", "contact", "pilot", "team", "management"):
        way.save(section)
    assert way.application.answers["p"] == "00100"
    assert "FI-00100" in client.get(way.url("application_answers")).content.decode()


def broken(*_args):
    raise ValueError


def test_what_fails_in_a_sites_code_breaks_no_page():
    kind = register_question_type(QuestionKind("fragile", fields=broken, say=broken))
    try:
        made = {"en": {"sections": [{"id": "a", "title": "A", "questions": [
            {"id": "x", "type": "fragile", "label": "X"}]}]}}  # fmt: skip
        assert say(question(made, "x"), "kept") == "kept"
    finally:
        forget_question_type(kind.name)


@dataclass(frozen=True)
class Nameless:
    """A rule that forgot to say its type."""


GOOD = QuestionKind("shoe_size", fields=broken, say=broken, block=TextQuestionBlock())


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        (
            {"name": "Shoe size"},
            "name must be small letters, digits and underscores, beginning with a letter",
        ),
        ({"name": "text"}, "name is taken by another type"),
        ({"fields": None}, "fields must be a function"),
        ({"say": "words"}, "say must be a function"),
        ({"check": "no"}, "check must be a function or None"),
        ({"block": OpenBlock()}, "block must be a QuestionBlock; it lacks help, required"),
        ({"block": object()}, "block must be a QuestionBlock; it lacks help, question, required"),
    ],
)
def test_a_question_type_that_lacks_something_says_what(changes, missing):
    with pytest.raises(ImproperlyConfigured, match=re.escape(missing)):
        register_question_type(replace(GOOD, **changes))
    assert find_question_type("shoe_size") is None


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"rule": Nameless}, "rule needs type, a ClassVar"),
        ({"rule": "rule"}, "rule must be a dataclass"),
        ({"judge": None}, "judge must be a function"),
        ({"restore": None}, "restore must be a function"),
        ({"block": TextQuestionBlock()}, "block must be a CriterionBlock; it lacks kind, title"),
    ],
)
def test_a_criterion_type_that_lacks_something_says_what(asking, changes, missing):
    good = sys.modules["asking.sizes"].SIZE
    forget_criterion_type("size_of_town")
    with pytest.raises(ImproperlyConfigured, match=re.escape(missing)):
        register_criterion_type(replace(good, **changes))
    assert isinstance(good, CriterionType)
    assert "size_of_town" not in CriteriaBlock().child_blocks


def test_registering_twice_is_registering_once(asking):
    kind = sys.modules["asking.postcodes"].POSTCODE
    assert register_question_type(kind) is kind
    with pytest.raises(ImproperlyConfigured, match="name is taken"):
        register_question_type(replace(kind, say=str))


@pytest.mark.parametrize("kind", list(QuestionType))
def test_every_type_of_the_package_is_registered(kind):
    assert find_question_type(kind).name == kind
