"""The table of transitions, and the one gate that applies it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino_academy.applications.actions import GUARDS, NotPossible, move, walk
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.mails import LETTERS
from keino_academy.applications.models import Application
from keino_academy.applications.signals import application_moved
from keino_academy.applications.transitions import BEFORE_DECISION, TRANSITIONS, find, open_to, path
from keino_academy.core.models import OutboxMail
from tests.factories.applications import make_application

S = ApplicationState
#: Who may do what from where, told once more by hand: the table must say the same.
ALLOWED = {
    S.DRAFT: {"send_interest": "a", "accept_late": "o", "withdraw": "a"},
    S.INTEREST_SENT: {"return": "o", "decide": "a", "receive_final": "o", "withdraw": "a"},
    S.RETURNED: {"complete": "a", "withdraw": "a"},
    S.FINAL_SENT: {"take_back_final": "o", "begin_review": "o", "withdraw": "a"},
    S.IN_REVIEW: {"end_review": "o", "select": "o", "reserve": "o", "turn_away": "o", "withdraw": "a"},
    S.SELECTED: {"reopen": "o", "confirm_place": "a", "turn_down_place": "a"},
    S.ON_RESERVE: {"reopen": "o", "promote": "o"},
    S.NOT_SELECTED: {"reopen": "o"},
    S.CONFIRMED: {},
    S.TURNED_DOWN: {},
    S.WITHDRAWN: {},
    S.ERASED: {},
}
LETTER = {"a": Actor.APPLICANT, "o": Actor.ORGANISER, "s": Actor.SYSTEM}
NAMES = sorted({one.name for one in TRANSITIONS})


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("actor", list(Actor))
def test_every_state_and_actor(state, actor):
    letter = next(key for key, value in LETTER.items() if value == actor)
    wanted = {name for name, who in ALLOWED[state].items() if letter in who}
    if actor == Actor.SYSTEM and state != S.ERASED:
        wanted = {"erase"}
    assert {one.name for one in open_to(actor, state)} == wanted


def test_nothing_leads_out_of_erased():
    assert [one for one in TRANSITIONS if one.source == S.ERASED] == []


def test_guards_and_letters_of_the_table_exist():
    assert {one.guard for one in TRANSITIONS if one.guard} == set(GUARDS)
    assert {one.letter for one in TRANSITIONS if one.letter} == set(LETTERS)


def test_an_applicant_can_always_step_back_before_the_decision():
    assert {one.source for one in TRANSITIONS if one.name == "withdraw"} == set(BEFORE_DECISION)


@given(st.sampled_from(list(S)), st.lists(st.sampled_from(NAMES), max_size=5).map(tuple))
def test_a_walk_is_a_chain_that_ends_where_its_last_step_leads(state, names):
    steps = path(state, names)
    if steps is None or not steps:
        return
    assert [one.name for one in steps] == list(names[len(names) - len(steps) :])
    assert steps[0].source == state
    assert all(first.target == second.source for first, second in pairwise(steps))


@given(st.sampled_from(list(S)), st.lists(st.sampled_from(NAMES), max_size=12))
def test_no_history_comes_back_from_the_end(state, names):
    for name in names:
        step = find(name, state)
        if step:
            assert state != S.ERASED
            state = step.target


@pytest.mark.django_db
@pytest.mark.parametrize("state", [S.INTEREST_SENT, S.RETURNED, S.FINAL_SENT, S.IN_REVIEW, S.NOT_SELECTED])
@pytest.mark.parametrize("name", ["select", "withdraw", "return", "begin_review"])
def test_the_gate_obeys_the_table(academy, state, name):
    application = make_application(academy, state)
    for actor in (Actor.APPLICANT, Actor.ORGANISER):
        before = Application.objects.get(pk=application.pk)
        if find(name, before.state) and actor in find(name, before.state).actors:
            assert move(before, name, actor).state == find(name, before.state).target
        else:
            with pytest.raises(NotPossible):
                move(before, name, actor)
            assert Application.objects.get(pk=application.pk).state == before.state


@pytest.mark.django_db
def test_a_move_leaves_a_revision_a_letter_a_signal_and_a_line_in_the_log(academy, django_user_model):
    from wagtail.models import ModelLogEntry

    user = django_user_model.objects.create_superuser("boss", "boss@x.example", "x")
    application, told = make_application(academy), []

    def receiver(**news):
        told.append((news["application"].pk, news["transition"], news["by"]))

    application_moved.connect(receiver)
    try:
        moved = move(application, "return", Actor.ORGANISER, user)
    finally:
        application_moved.disconnect(receiver)
    revision = moved.revisions.last()
    assert (revision.transition, revision.state, revision.actor) == ("return", "returned", "organiser")
    assert revision.user_id_text == str(user.pk)
    assert revision.content["answers"]["organisation"] == "Koivurannan kaupunki"
    assert told == [(application.pk, "return", user)]
    assert OutboxMail.objects.filter(kind="applications/returned").count() == 1
    entry = ModelLogEntry.objects.get(action="keino_academy.move", data__transition="return")
    assert (entry.user, entry.label) == (user, application.reference)


@pytest.mark.django_db
def test_a_walk_that_fails_moves_nothing(academy):
    application = make_application(academy)
    with pytest.raises(NotPossible):
        walk(application, ("receive_final", "select"), Actor.ORGANISER)
    with pytest.raises(NotPossible):
        walk(application, ("receive_final", "withdraw"), Actor.ORGANISER)
    application.refresh_from_db()
    assert application.state == "interest_sent"
    assert walk(application, ("receive_final", "begin_review", "select"), Actor.ORGANISER).state == "selected"


@pytest.mark.django_db
def test_who_comes_too_late_reads_who_was_first(academy):
    from django.utils.translation import override

    application = make_application(academy)
    move(application, "receive_final", Actor.ORGANISER)
    with override("en"), pytest.raises(NotPossible) as late:
        move(application, "receive_final", Actor.ORGANISER)
    assert str(late.value) == (
        "The application is now: final decision sent (organiser, 10 May 2023, 12:00). Nothing was changed.".replace(
            "10 May 2023", "10\u00a0May\u00a02023"
        )
    )


@pytest.mark.django_db
def test_a_decision_stands_once_the_programme_has_begun(academy, frozen):
    application = make_application(academy, S.NOT_SELECTED)
    frozen.move_to(academy.starts)
    with pytest.raises(NotPossible):
        move(application, "reopen", Actor.ORGANISER)
    frozen.move_to(academy.closes)
    assert move(application, "reopen", Actor.ORGANISER).state == "in_review"
