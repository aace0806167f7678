"""Reminders of drafts: once, before the last moment, and to nobody who never began one."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keino_academy.announcement.models import Academy
from keino_academy.applications import draft_reminders
from keino_academy.applications.actions import withdraw
from keino_academy.applications.draft_reminders import remind_of_drafts
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application, ApplicationReminder
from keino_academy.applications.queries import application_link, find_application
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import EMAIL, Journey
from tests.conftest import HELSINKI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]

SECOND = timedelta(seconds=1)
#: Three days before the end of 31 May.
DUE = datetime(2023, 5, 29, 0, 0, tzinfo=HELSINKI)


@pytest.fixture
def way(academy) -> Journey:
    """An applicant who has begun, and opened the link in the mail."""
    way = Journey(academy, language="en")
    way.begin()
    way.open_link()
    return way


def mails() -> list[str]:
    return list(
        OutboxMail.objects.filter(kind="applications/draft_reminder")
        .order_by("pk")
        .values_list("to", flat=True)
    )


def text_of(mail: OutboxMail) -> str:
    return mail.text.replace("\xa0", " ")


def test_three_days_before_the_call_closes_to_the_second_and_once(way, frozen):
    frozen.move_to(DUE - SECOND)
    assert remind_of_drafts() == 0
    frozen.move_to(DUE)
    assert remind_of_drafts() == 1
    assert mails() == [EMAIL]
    assert remind_of_drafts() == 0
    frozen.shift(timedelta(days=2))
    assert remind_of_drafts() == 0
    assert list(ApplicationReminder.objects.values_list("application", "kind", "key", "made_at")) == [
        (way.application.pk, "draft", "", DUE)
    ]


def test_it_tells_the_link_the_last_moment_and_what_is_missing(way, academy, frozen):
    way.save("pilot")
    way.save("contact", **{"q-contact_name": ""})
    frozen.move_to(DUE)
    remind_of_drafts()
    mail = OutboxMail.objects.get(kind="applications/draft_reminder")
    assert mail.subject == "Your application is not sent yet: Kiertotaloushankintojen johtaminen"
    assert (mail.language, mail.scope, mail.reply_to) == (
        "en",
        academy.translation_key,
        "organiser@osaamiskeskus.example",
    )
    text = text_of(mail)
    assert application_link(find_application(pk=way.application.pk)) in text
    assert "It can be sent until Wed 31 May 2023, 23:59 Finnish time." in text
    listed = [line.removeprefix("- ") for line in text.splitlines() if line.startswith("- ")]
    assert "Contact person" in listed
    assert "Organisation" in listed
    # Saved whole; nobody has to name the management; sending is no part.
    assert not {"Pilot procurement", "Pilottihankinta", "Management", "Sending"} & set(listed)


def test_where_every_part_is_saved_it_says_so(way, frozen):
    way.fill()
    frozen.move_to(DUE)
    remind_of_drafts()
    text = text_of(OutboxMail.objects.get(kind="applications/draft_reminder"))
    assert "Every part is saved. Check your answers and send them." in text
    assert "\n- " not in text


def test_keino_due_knows_it_and_may_run_several_times(way, frozen):
    frozen.move_to(DUE)
    for _time in range(3):
        call_command("keino_due", "--only", "applications.drafts")
    assert mails() == [EMAIL]


@pytest.mark.parametrize(("after", "number"), [(-SECOND, 1), (timedelta(0), 0), (SECOND, 0)])
def test_a_missed_reminder_is_made_up_for_until_the_call_closes(academy, way, frozen, after, number):
    frozen.move_to(academy.closes + after)
    assert remind_of_drafts() == number


def test_the_grace_after_the_deadline_reminds_nobody(academy, way, frozen):
    Academy.objects.update(grace_minutes=60)
    frozen.move_to(academy.closes + SECOND)
    assert remind_of_drafts() == 0


@pytest.mark.parametrize(("days", "number"), [(0, 0), (2, 0), (3, 1), (10, 1)])
def test_how_many_days_is_a_setting(way, frozen, settings, days, number):
    settings.KEINO_ACADEMY = {"REMIND_DRAFT_DAYS": days}
    frozen.move_to(DUE)
    assert remind_of_drafts() == number


@pytest.mark.parametrize(
    ("closes", "due"),
    [
        # Clocks go forward in the night of 26 March: that weekend is an hour shorter.
        (datetime(2023, 3, 27, 12, 0, tzinfo=HELSINKI), datetime(2023, 3, 24, 12, 0, tzinfo=HELSINKI)),
        # 3.30 does not exist on the 26th: the hour that is lost moves it on to 4.30.
        (datetime(2023, 3, 29, 3, 30, tzinfo=HELSINKI), datetime(2023, 3, 26, 4, 30, tzinfo=HELSINKI)),
        # Clocks go back in the night of 29 October.
        (datetime(2023, 10, 31, 0, 0, tzinfo=HELSINKI), datetime(2023, 10, 28, 0, 0, tzinfo=HELSINKI)),
        # 3.30 comes twice on the 29th: the first of them is meant.
        (datetime(2023, 11, 1, 3, 30, tzinfo=HELSINKI), datetime(2023, 10, 29, 3, 30, tzinfo=HELSINKI)),
    ],
)
def test_days_are_counted_by_the_clock_on_the_wall(way, frozen, closes, due):
    Academy.objects.update(opens=datetime(2023, 1, 2, tzinfo=HELSINKI), closes=closes, starts=None, ends=None)
    Application.objects.update(begun_at=datetime(2023, 1, 9, tzinfo=HELSINKI))
    # Aware moments of one zone are compared by the wall, so that the second is taken off in UTC.
    frozen.move_to(datetime.fromtimestamp(due.timestamp() - 1, tz=HELSINKI))
    assert remind_of_drafts() == 0
    frozen.move_to(datetime.fromtimestamp(due.timestamp(), tz=HELSINKI))
    assert remind_of_drafts() == 1


@pytest.mark.parametrize("saves", [False, True])
@pytest.mark.parametrize("opens", [False, True])
def test_an_address_that_somebody_else_typed_gets_nothing(academy, frozen, opens, saves):
    way = Journey(academy)
    way.begin()
    if opens:
        way.open_link()
    if saves:
        way.save("pilot")
    frozen.move_to(DUE)
    assert remind_of_drafts() == (1 if opens or saves else 0)


def test_what_is_held_back_or_late_is_not_reminded_of(way, frozen):
    frozen.move_to(DUE)
    Application.objects.update(suspicion="trap")
    assert remind_of_drafts() == 0
    Application.objects.update(cleared_at=DUE, late_at=DUE)
    assert remind_of_drafts() == 0
    Application.objects.update(late_at=None)
    assert remind_of_drafts() == 1


@pytest.mark.parametrize("state", ApplicationState.values)
def test_only_drafts_are_reminded_of(way, frozen, state):
    Application.objects.update(state=state)
    frozen.move_to(DUE)
    assert remind_of_drafts() == (1 if state == "draft" else 0)


def test_who_began_after_that_moment_is_told_enough(academy, frozen):
    frozen.move_to(DUE)
    way = Journey(academy)
    way.begin()
    way.open_link()
    frozen.shift(timedelta(days=1))
    assert remind_of_drafts() == 0


def test_an_extended_draft_is_reminded_of_before_its_own_end(academy, way, frozen):
    until = academy.closes + timedelta(days=7)
    Application.objects.update(extended_until=until)
    frozen.move_to(DUE)
    assert remind_of_drafts() == 0
    frozen.move_to(DUE + timedelta(days=7) - SECOND)
    assert remind_of_drafts() == 0
    frozen.move_to(DUE + timedelta(days=7))
    assert remind_of_drafts() == 1
    text = text_of(OutboxMail.objects.get(kind="applications/draft_reminder"))
    assert "It can be sent until Wed 7 June 2023, 23:59 Finnish time." in text


@pytest.mark.parametrize(("after", "number"), [(-SECOND, 1), (timedelta(0), 0)])
def test_after_its_extension_nothing_is_reminded_of(academy, way, frozen, after, number):
    until = academy.closes + timedelta(days=7)
    Application.objects.update(extended_until=until)
    frozen.move_to(until + after)
    assert remind_of_drafts() == number


def test_an_extension_after_the_reminder_brings_no_second_one(academy, way, frozen):
    frozen.move_to(DUE)
    assert remind_of_drafts() == 1
    Application.objects.update(extended_until=academy.closes + timedelta(days=7))
    frozen.move_to(DUE + timedelta(days=7))
    assert remind_of_drafts() == 0


@pytest.mark.parametrize("change", [{"published": False}, {"closes": None}, {"opens": None, "closes": None}])
def test_a_call_that_takes_nothing_or_never_closes_reminds_nobody(way, frozen, change):
    Academy.objects.update(**change)
    frozen.move_to(DUE)
    assert remind_of_drafts() == 0


def test_never_of_what_was_sent_or_withdrawn_in_between(way, frozen, monkeypatch):
    way.fill()
    frozen.move_to(DUE)
    found = draft_reminders._to_remind()
    assert found == [way.application.pk]
    way.open_link()
    assert way.send().status_code == 303
    monkeypatch.setattr(draft_reminders, "_to_remind", lambda: found)
    assert remind_of_drafts() == 0
    Application.objects.update(state="draft")
    withdraw(way.application)
    assert remind_of_drafts() == 0
    assert mails() == []


def test_two_at_once_remind_once(way, frozen, monkeypatch):
    frozen.move_to(DUE)
    found = draft_reminders._to_remind()
    monkeypatch.setattr(draft_reminders, "_to_remind", lambda: found * 2)
    assert remind_of_drafts() == 1
    assert mails() == [EMAIL]


def begin_more(academy, number, first=0):
    for one in range(first, first + number):
        way = Journey(academy, organisation=f"Kunta {one}", business_id="", email=f"k{one}@x.example")
        way.client.defaults["REMOTE_ADDR"] = f"198.51.100.{one}"
        way.begin(nonce=f"n{one}")
        way.open_link()


def test_one_that_fails_stops_no_other_and_is_tried_again(academy, way, frozen, monkeypatch, caplog):
    begin_more(academy, 1)
    frozen.move_to(DUE)
    real = draft_reminders._tell

    def broken(draft):
        if draft.contact_email == EMAIL:
            raise RuntimeError(EMAIL)
        real(draft)

    monkeypatch.setattr(draft_reminders, "_tell", broken)
    with pytest.raises(RuntimeError):
        remind_of_drafts()
    assert mails() == ["k0@x.example"]
    assert EMAIL not in caplog.text
    monkeypatch.setattr(draft_reminders, "_tell", real)
    assert remind_of_drafts() == 1
    assert mails() == ["k0@x.example", EMAIL]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_speaks_the_applications_language(academy, frozen, language):
    way = Journey(academy, language=language)
    way.begin()
    way.open_link()
    frozen.move_to(DUE)
    remind_of_drafts()
    mail = OutboxMail.objects.get(kind="applications/draft_reminder")
    assert mail.language == language
    assert f"/academy/{language}/application/open/" in mail.text
    last = {"fi": "ke 31.5.2023 klo 23.59", "sv": "ons 31.5.2023 kl. 23.59", "en": "Wed 31 May 2023, 23:59"}
    assert last[language] in text_of(mail)


def test_finding_costs_one_query_however_many_there_are(academy, frozen):
    begin_more(academy, 1)
    frozen.move_to(DUE)

    def asked():
        with CaptureQueriesContext(connection) as finding:
            found = draft_reminders._to_remind()
        return len(finding), len(found)

    assert asked() == (1, 1)
    frozen.move_to(DUE - timedelta(days=10))
    begin_more(academy, 6, first=1)
    frozen.move_to(DUE)
    assert asked() == (1, 7)


def test_what_strangers_typed_is_no_link_in_the_mail(academy, frozen):
    way = Journey(academy, organisation="Kunta http://evil.example", business_id="")
    way.begin()
    way.open_link()
    frozen.move_to(DUE)
    remind_of_drafts()
    mail = OutboxMail.objects.get(kind="applications/draft_reminder")
    assert "http://evil" not in mail.text
    assert "evil.example" not in mail.text
