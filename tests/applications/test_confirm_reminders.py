"""Reminders to confirm: once for each person, before the call closes, and of nothing withdrawn."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keino_academy.applications import confirm_reminders
from keino_academy.applications.actions import withdraw
from keino_academy.applications.confirm_reminders import remind_at, remind_to_confirm
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import (
    Application,
    ApplicationReminder,
    Countersignature,
    TeamMember,
)
from keino_academy.applications.naming import keep_team
from keino_academy.applications.people import management_link, member_link
from keino_academy.core.models import OutboxMail
from tests.conftest import HELSINKI
from tests.factories.applications import make_application

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
DIRECTOR = {"director_name": "Johanna Johtaja", "director_email": "johanna@koivuranta.example"}
#: Three days before the end of 31 May.
DUE = datetime(2023, 5, 29, 0, 0, tzinfo=HELSINKI)


@pytest.fixture
def application(academy) -> Application:
    return make_application(academy, **DIRECTOR)


def reminders() -> list[tuple[str, str]]:
    found = OutboxMail.objects.filter(kind__endswith="_reminder").order_by("pk")
    return list(found.values_list("kind", "to"))


BOTH = [
    ("applications/member_reminder", "aino@koivuranta.example"),
    ("applications/management_reminder", "johanna@koivuranta.example"),
]


def test_three_days_before_the_call_closes_to_the_second_and_once(application, frozen):
    frozen.move_to(DUE - SECOND)
    assert remind_to_confirm() == 0
    frozen.move_to(DUE)
    assert remind_to_confirm() == 2
    assert reminders() == BOTH
    assert remind_to_confirm() == 0
    frozen.shift(timedelta(days=2))
    assert remind_to_confirm() == 0
    member, signature = TeamMember.objects.get(number=1), Countersignature.objects.get()
    assert set(ApplicationReminder.objects.values_list("kind", "key", "made_at")) == {
        ("confirm", f"member:{member.pk}", DUE),
        ("confirm", f"management:{signature.pk}", DUE),
    }
    assert member.asked_at == DUE
    texts = [mail.text for mail in OutboxMail.objects.filter(kind__endswith="_reminder").order_by("pk")]
    assert member_link(member) in texts[0]
    assert management_link(signature) in texts[1]


def test_keino_due_knows_it(application, frozen):
    frozen.move_to(DUE)
    call_command("keino_due", "--only", "applications.confirmations")
    assert reminders() == BOTH


@pytest.mark.parametrize(("after", "number"), [(-SECOND, 2), (timedelta(0), 0), (SECOND, 0)])
def test_a_missed_reminder_is_made_up_for_until_the_call_closes(academy, application, frozen, after, number):
    frozen.move_to(academy.closes + after)
    assert remind_to_confirm() == number


@pytest.mark.parametrize(("days", "number"), [(0, 0), (2, 0), (3, 2), (10, 2)])
def test_how_many_days_is_a_setting(application, frozen, settings, days, number):
    settings.KEINO_ACADEMY = {"REMIND_CONFIRM_DAYS": days}
    frozen.move_to(DUE)
    assert remind_to_confirm() == number


def test_days_are_counted_by_the_clock_on_the_wall(academy):
    # In the night of 26 March clocks go forward.
    academy.closes = datetime(2023, 3, 27, 12, 0, tzinfo=HELSINKI)
    assert remind_at(academy, 3) == datetime(2023, 3, 24, 12, 0, tzinfo=HELSINKI)
    academy.closes = None
    assert remind_at(academy, 3) is None


def test_who_has_confirmed_is_left_alone(application, frozen):
    TeamMember.objects.update(confirmed_at=timezone.now())
    Countersignature.objects.update(signed_at=timezone.now())
    frozen.move_to(DUE)
    assert remind_to_confirm() == 0
    assert not ApplicationReminder.objects.exists()


def test_who_was_asked_after_that_moment_is_told_enough(academy, frozen):
    frozen.move_to(DUE)
    make_application(academy, **DIRECTOR)
    frozen.shift(timedelta(days=1))
    assert remind_to_confirm() == 0


@pytest.mark.parametrize("state", ApplicationState.values)
def test_only_what_is_on_its_way_before_the_review(application, frozen, state):
    Application.objects.update(state=state)
    frozen.move_to(DUE)
    under_way = {"interest_sent", "returned", "final_sent"}
    assert remind_to_confirm() == (2 if state in under_way else 0)


def test_never_after_withdrawal_also_where_it_comes_between(application, frozen, monkeypatch):
    frozen.move_to(DUE)
    found = list(confirm_reminders._to_remind())
    assert len(found) == 2
    withdraw(application)
    monkeypatch.setattr(confirm_reminders, "_to_remind", lambda: iter(found))
    assert remind_to_confirm() == 0
    assert not reminders()


def test_two_at_once_remind_once(application, frozen, monkeypatch):
    frozen.move_to(DUE)
    found = list(confirm_reminders._to_remind())
    monkeypatch.setattr(confirm_reminders, "_to_remind", lambda: iter(found * 2))
    assert remind_to_confirm() == 2
    assert reminders() == BOTH


def test_one_that_fails_stops_no_other_and_is_tried_again(application, frozen, monkeypatch):
    frozen.move_to(DUE)
    real, first = confirm_reminders.remind_person, str(application.team.get(number=1).pk)

    def broken(given, who):
        if who == first:
            raise RuntimeError("aino@koivuranta.example")
        return real(given, who)

    monkeypatch.setattr(confirm_reminders, "remind_person", broken)
    with pytest.raises(RuntimeError):
        remind_to_confirm()
    assert reminders() == BOTH[1:]
    monkeypatch.setattr(confirm_reminders, "remind_person", real)
    assert remind_to_confirm() == 1
    assert reminders() == BOTH[::-1]


def test_it_speaks_the_applications_language(academy, frozen):
    make_application(academy, language="en")
    frozen.move_to(DUE)
    remind_to_confirm()
    mail = OutboxMail.objects.get(kind="applications/member_reminder")
    assert mail.language == "en"
    assert mail.subject == "Your confirmation is still missing: Kiertotaloushankintojen johtaminen"
    assert "/academy/en/team/open/" in mail.text
    assert "The call closes on 31 May 2023, 23:59." in mail.text.replace("\xa0", " ")


def test_finding_asks_the_same_for_one_and_for_twenty_and_each_mail_costs_the_same(academy, frozen):
    def people(number):
        return [{"name": f"N{one}", "role": "r", "email": f"m{one}@x.example"} for one in range(number)]

    def asked(number):
        keep_team(application, people(number))
        TeamMember.objects.update(asked_at=DUE - timedelta(days=9))
        ApplicationReminder.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as finding:
            found = list(confirm_reminders._to_remind())
        with CaptureQueriesContext(connection) as all_of_it:
            assert remind_to_confirm() == len(found) == number
        return len(finding), len(all_of_it)

    application = make_application(academy)
    frozen.move_to(DUE)
    asked(1)
    one, twenty = asked(1), asked(20)
    assert one[0] == twenty[0] == 3
    each = one[1] - 3
    assert twenty[1] == 3 + 20 * each
    assert each == 16
