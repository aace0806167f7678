"""Several organisers who do the same at once: one of them does it, and nothing is lost or told twice."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from keino_academy.applications.actions import NotPossible, accept_late
from keino_academy.applications.actions.noting import Written, keep_notes, stamp
from keino_academy.core import clock
from keino_academy.core.models import OutboxMail
from tests.applications.organisers import draft
from tests.factories.applications import make_application


def at_once(number, act):
    """What so many threads got that act at the same moment; each knows its number."""
    gate, outcomes = threading.Barrier(number), []

    def run(turn):
        try:
            gate.wait()
            outcomes.append(act(turn))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[turn]) for turn in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_ten_who_take_a_late_draft_take_it_once(academy, frozen):
    application = make_application(academy)
    frozen.move_to(academy.closes + timedelta(days=1))
    late = draft(application, late_at=clock.now())

    def take(_turn):
        try:
            return accept_late(late, None).state
        except NotPossible:
            return "too late"

    assert sorted(at_once(10, take)) == ["interest_sent"] + ["too late"] * 9
    assert OutboxMail.objects.filter(kind="applications/receipt").count() == 1
    assert late.revisions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_ten_notes_one_is_kept_and_nine_are_told(academy):
    application = make_application(academy)

    def write(turn):
        return turn, keep_notes(application, [Written("", f"Note {turn}", "", stamp())], None)

    outcomes = dict(at_once(10, write))
    (first,) = [turn for turn, clashes in outcomes.items() if not clashes]
    assert [clashes for turn, clashes in outcomes.items() if turn != first] == [("",)] * 9
    assert application.notes.get().text == f"Note {first}"
