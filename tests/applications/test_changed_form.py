"""A form that changes while it is answered: what changed, and what its editor is told."""

import copy

import pytest
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from keino_academy.applications.changed_forms import in_words
from keino_academy.applications.changes import Changes, document_changes
from keino_academy.applications.journey import QuestionType
from keino_academy.applications.models import ApplicationPage, FormDocument
from tests.announcement.test_editing import fields
from tests.applications.organisers import draft
from tests.factories.applications import make_application

SENT = "1 application that was sent answers the earlier form."
DRAFT = "1 draft was begun on the earlier form."


@pytest.fixture
def editor(client, django_user_model, academy):
    user = django_user_model.objects.create_superuser("editor", "editor@example.org", "secret")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


@pytest.fixture
def page(document):
    return ApplicationPage.objects.get()


def url_of(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def publish(editor, page, *, action="action-publish", **changed):
    """Publish the page through the admin's form; what the editor reads then."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "introduction": rich_text("<p>Kerro.</p>"),
        "questions": streamfield([]),
        "asks_pilot": "on",
        "team_size": "3",
        "asks_management": "on",
        "privacy": rich_text("<p>Luetaan.</p>"),
        "receipt": rich_text(""),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
        action: "1",
        **changed,
    }
    data = {name: value for name, value in data.items() if value is not None}
    response = editor.post(url_of(page), nested_form_data(data), follow=True)
    assert response.status_code == 200
    return [str(message) for message in response.context["messages"]]


def told(messages):
    return [" ".join(message.split()) for message in messages if "The form has changed." in message]


@pytest.mark.django_db
def test_publishing_tells_what_changed_and_how_many_answered(editor, academy, page):
    make_application(academy)
    draft(make_application(academy))
    for state in ("withdrawn", "erased"):
        draft(make_application(academy), state=state)
    question = {"question": "Mistä <i>kuulitte</i>?", "help": "", "required": "on", "max_length": "200"}
    messages = publish(
        editor, page, team_size="2", asks_management=None, questions=streamfield([("text", question)])
    )
    assert " ".join(told(messages)) == (
        f"The form has changed. {DRAFT} {SENT} New questions: “Mistä &lt;i&gt;kuulitte&lt;/i&gt;?”. "
        "Questions that fell away: “Name of the director”; “Job title”; “E-mail of the director”. "
        "Changed questions: “Who is in the team?”."
    )
    assert FormDocument.objects.count() == 2


@pytest.mark.django_db
def test_a_changed_criterion_is_told_to_who_publishes_the_announcement(editor, academy, page):
    make_application(academy)
    announcement = Page.objects.get(pk=page.get_parent().pk).specific
    assert announcement.criteria
    data = fields(title=announcement.title, slug=announcement.slug, **{"action-publish": "1"})
    response = editor.post(url_of(announcement), data, follow=True)
    (text,) = told(map(str, response.context["messages"]))
    assert text.startswith(f"The form has changed. {SENT} ")
    assert "Questions that fell away: “" in text
    assert "Pystyttekö osallistumaan alusta loppuun?" in text
    assert DRAFT not in text


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [{}, {"introduction": rich_text("<p>Muuta.</p>")}])
def test_what_changes_no_question_is_not_told(editor, academy, page, changed):
    make_application(academy)
    publish(editor, page)
    assert told(publish(editor, page, **changed)) == []


@pytest.mark.django_db
def test_a_form_that_nobody_answered_changes_quietly(editor, academy, page):
    draft(make_application(academy), state="withdrawn")
    assert told(publish(editor, page, team_size="2")) == []
    assert FormDocument.objects.count() == 2


@pytest.mark.django_db
def test_saving_a_draft_of_the_page_changes_no_form(editor, academy, page):
    make_application(academy)
    assert told(publish(editor, page, action="action-save", team_size="2")) == []
    assert FormDocument.objects.count() == 1


@pytest.mark.django_db
def test_who_edits_an_answered_form_in_an_open_call_is_warned(editor, academy, page, frozen):
    def warned():
        html = editor.get(url_of(page)).content.decode()
        return [
            number for number in (1, 2) if f"{number} application" in html and "answered this form" in html
        ]

    assert warned() == []
    make_application(academy)
    draft(make_application(academy), state="withdrawn")
    assert warned() == [1]
    draft(make_application(academy))
    assert warned() == [2]
    academy.closes = academy.opens
    academy.save()
    assert warned() == []


_labels = st.sampled_from(["Nimi", "Muu"])


@st.composite
def contents(draw):
    """A document's content with some of five questions, in any order."""
    keys = draw(st.lists(st.sampled_from("abcde"), unique=True))
    questions = [
        {
            "id": key,
            "type": draw(st.sampled_from([QuestionType.LINE, QuestionType.CHOICE])).value,
            "label": draw(_labels),
            "help": draw(_labels),
            "required": draw(st.booleans()),
            "options": [[one, draw(_labels)] for one in draw(st.lists(st.sampled_from("xy"), unique=True))],
            "rule": draw(st.sampled_from([{}, {"max_length": 9}, {"after": ["a", "yes"]}])),
        }
        for key in keys
    ]
    cut = draw(st.integers(0, len(questions)))
    return {
        "language": "fi",
        "sections": [
            {"id": "1", "title": "", "questions": questions[:cut]},
            {"id": "2", "title": "", "questions": questions[cut:]},
        ],
    }


def ids(pairs):
    return {key for key, _label in pairs}


def asked(content):
    return {one["id"]: one for section in content["sections"] for one in section["questions"]}


@given(contents())
def test_a_form_changes_nothing_from_itself(content):
    assert not document_changes(content, copy.deepcopy(content))


@given(contents(), contents())
def test_the_way_back_is_the_same_way(old, new):
    there, back = document_changes(old, new), document_changes(new, old)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert ids(there.changed) == ids(back.changed)


@given(contents(), contents())
def test_every_question_is_new_gone_changed_or_the_same(old, new):
    found, before, after = document_changes(old, new), asked(old), asked(new)
    assert ids(found.added) == set(after) - set(before)
    assert ids(found.removed) == set(before) - set(after)

    def bones(one):
        return {**one, "options": [key for key, _label in one["options"]]}

    assert ids(found.changed) == {
        key for key in set(before) & set(after) if bones(before[key]) != bones(after[key])
    }
    for pairs, source in ((found.added, after), (found.removed, before), (found.changed, after)):
        assert all(source[key]["label"] == label for key, label in pairs)


def test_a_new_order_alone_is_told_as_such():
    with override("en"):
        told = in_words(Changes())
    assert told == ["Only the order of the questions is another."]
