"""Reminders: of every booked time once, at its moment, and of nothing that is cancelled."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from keino_academy.booking import actions, mails
from keino_academy.booking.actions import remind
from keino_academy.booking.enums import StepKind
from keino_academy.booking.models import BookableSession, Booking, BookingStep
from keino_academy.booking.reminding import notice
from keino_academy.core.models import OutboxMail
from keino_academy.core.outbox import drain
from tests.conftest import HELSINKI
from tests.factories.booking import TIMES, make_booking, make_series, make_session

SECOND = timedelta(seconds=1)


def reminders() -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind__startswith="booking/reminder").order_by("pk"))


@pytest.fixture
def booking(series) -> Booking:
    """A booking of 5 June at 9.00, with a reminder a day before."""
    slot = series.slots.first()
    slot.join_link = "https://teams.example/k/7m4q"
    slot.save()
    return make_booking(slot, email="aino@koivuranta.example")


def test_a_day_before_to_the_second(booking, frozen):
    due = datetime(2023, 6, 4, 9, 0, tzinfo=HELSINKI)
    frozen.move_to(due - SECOND)
    assert remind() == 0
    frozen.move_to(due)
    assert remind() == 1
    assert remind() == 0
    assert [mail.kind for mail in reminders()] == ["booking/reminder"]
    assert list(booking.steps.values_list("kind", "at", "starts")) == [
        ("booked", booking.booked_at, TIMES[0]),
        ("reminded", due, TIMES[0]),
    ]


@pytest.mark.parametrize(("before", "number"), [(SECOND, 1), (timedelta(0), 0), (-SECOND, 0)])
def test_a_missed_reminder_is_made_up_for_until_the_time_begins(booking, frozen, before, number):
    frozen.move_to(TIMES[0] - before)
    assert remind() == number


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        # The night of 26 March has an hour less, that of 29 October an hour more.
        (datetime(2023, 3, 26, 9, 0, tzinfo=HELSINKI), datetime(2023, 3, 25, 6, 0, tzinfo=UTC)),
        (datetime(2023, 10, 29, 9, 0, tzinfo=HELSINKI), datetime(2023, 10, 28, 7, 0, tzinfo=UTC)),
    ],
)
def test_hours_are_real_ones_on_the_nights_of_clock_changes(academy, frozen, starts, due):
    frozen.move_to(starts - timedelta(days=10))
    window = {"books_from": date(2023, 1, 1), "books_until": date(2023, 12, 31)}
    make_booking(make_series(academy, slots=[starts], **window).slots.get())
    frozen.move_to(due - SECOND)
    assert remind() == 0
    frozen.move_to(due)
    assert remind() == 1
    assert "klo 9.00–9.45" in reminders()[0].text.replace("\u2060", "").replace("\xa0", " ")


def test_it_says_what_is_booked_and_until_when_it_can_be_changed(academy, frozen):
    series = make_series(academy, remind_hours=48, change_until_hours=9)
    series.slots.update(join_link="https://teams.example/k/7m4q")
    booking = make_booking(series.slots.first(), email="aino@koivuranta.example")
    frozen.move_to(TIMES[0] - timedelta(hours=48))
    assert remind() == 1
    [mail] = reminders()
    text = mail.text.replace("\u2060", "").replace("\xa0", " ")
    assert (mail.to, mail.language, mail.calendar) == ("aino@koivuranta.example", "fi", "")
    assert (mail.scope, mail.about) == (academy.translation_key, f"booking:{booking.pk}")
    assert "ma 5.6.2023 klo 9.00–9.45 (Suomen aikaa)" in text
    for part in ("Teams", "https://teams.example/k/7m4q", f"/academy/fi/booking/open/{booking.secret}/"):
        assert part in text, part
    # Midnight is written as the last minute of the day before, as everywhere.
    assert "su 4.6.2023 klo 23.59" in text


def test_when_it_is_too_late_to_change_it_says_whom_to_write_to(academy, booking, frozen):
    frozen.move_to(TIMES[0] - timedelta(hours=24))
    assert remind() == 1
    text = reminders()[0].text
    assert academy.organiser_email in text
    assert "4.6.2023" not in text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_speaks_the_booking_s_language(academy, frozen, language):
    series = make_series(academy)
    source = BookableSession.objects.get()
    for translation in ("sv", "en"):
        make_session(academy, translation, source=source)
    make_booking(series.slots.first(), language=language)
    frozen.move_to(TIMES[0] - timedelta(hours=24))
    remind()
    [mail] = reminders()
    assert mail.language == language
    title = {"fi": "Keskustelu", "sv": "Samtal", "en": "Discussion"}[language]
    assert title in mail.subject
    assert f"/academy/{language}/booking/" in mail.text


def test_a_time_that_begins_is_reminded_of_no_more():
    rule = notice(StepKind.REMINDED, hours=24, soon_minutes=60)
    told, last = TIMES[0] - timedelta(days=9), TIMES[0] - timedelta(hours=1)
    assert [rule.holds(TIMES[0], told, last - gap) for gap in (SECOND, timedelta(0))] == [True, False]
    soon = notice(StepKind.REMINDED_SOON, hours=24, soon_minutes=60)
    assert [soon.holds(TIMES[0], told, TIMES[0] - gap) for gap in (SECOND, timedelta(0))] == [True, False]


def test_zero_sends_none(academy, frozen):
    make_booking(make_series(academy, remind_hours=0).slots.first())
    frozen.move_to(TIMES[0] - SECOND)
    assert remind() == 0


def test_a_second_one_comes_minutes_before(academy, frozen):
    make_booking(make_series(academy, remind_soon_minutes=60).slots.first())
    kinds = []
    for before in (timedelta(hours=24), timedelta(hours=1, seconds=1), timedelta(hours=1), SECOND):
        frozen.move_to(TIMES[0] - before)
        kinds.append((remind(), reminders()[-1].kind))
    assert kinds == [
        (1, "booking/reminder"),
        (0, "booking/reminder"),
        (1, "booking/reminder_soon"),
        (0, "booking/reminder_soon"),
    ]


def test_when_both_are_due_the_second_says_enough(academy, frozen):
    make_booking(make_series(academy, remind_soon_minutes=60).slots.first())
    frozen.move_to(TIMES[0] - timedelta(hours=1))
    assert remind() == 1
    assert [mail.kind for mail in reminders()] == ["booking/reminder_soon"]


@pytest.mark.parametrize(("before_due", "number"), [(SECOND, 1), (timedelta(0), 0), (-SECOND, 0)])
def test_what_was_just_booked_is_not_reminded_of(academy, frozen, before_due, number):
    series = make_series(academy, books_from=date(2023, 5, 1), books_until=date(2023, 6, 30))
    due = TIMES[0] - timedelta(hours=24)
    frozen.move_to(due - before_due)
    make_booking(series.slots.first())
    frozen.move_to(due + timedelta(hours=1))
    assert remind() == number


@pytest.mark.parametrize("by_organiser", [False, True])
def test_nothing_after_a_cancel_and_what_waits_is_taken_back(booking, frozen, by_organiser):
    frozen.move_to(TIMES[0] - timedelta(hours=24, seconds=-1) - timedelta(minutes=1))
    booking.series.__class__.objects.update(remind_hours=25)
    assert remind() == 1
    actions.cancel(booking, by_organiser=by_organiser)
    assert reminders() == []
    frozen.move_to(TIMES[0] - SECOND)
    assert remind() == 0


def test_nothing_of_a_slot_that_was_taken_away(booking, frozen):
    frozen.move_to(TIMES[0] - timedelta(hours=24))
    remind()
    actions.cancel_slot(booking.slot)
    assert remind() == 0
    assert reminders() == []


def test_a_moved_booking_is_reminded_of_the_new_time(series, booking, frozen):
    frozen.move_to(TIMES[0] - timedelta(hours=24))
    assert remind() == 1
    later = series.slots.get(starts=TIMES[4])
    actions.move(booking, later, by_organiser=True)
    assert reminders() == []
    frozen.move_to(TIMES[0] - SECOND)
    assert remind() == 0
    frozen.move_to(TIMES[4] - timedelta(hours=24))
    assert remind() == 1
    assert "6.6.2023" in reminders()[0].text
    assert list(booking.steps.filter(kind="reminded").values_list("starts", flat=True)) == [
        TIMES[0],
        TIMES[4],
    ]


def test_a_booking_that_was_moved_to_today_is_told_by_that_mail(series, booking, frozen):
    frozen.move_to(TIMES[3] - timedelta(hours=20))
    actions.move(booking, series.slots.get(starts=TIMES[3]), by_organiser=True)
    frozen.shift(timedelta(hours=1))
    assert remind() == 0


def test_a_changed_hour_is_reminded_of_anew(booking, frozen):
    frozen.move_to(TIMES[0] - timedelta(hours=24))
    remind()
    slot = booking.slot
    slot.starts, slot.ends = TIMES[4], TIMES[4] + timedelta(minutes=45)
    actions.change_slot(slot)
    assert reminders() == []
    frozen.move_to(TIMES[4] - timedelta(hours=24))
    assert remind() == 1
    assert "6.6.2023" in reminders()[-1].text


def test_a_corrected_address_leaves_no_reminder_to_the_old_one(booking, frozen):
    frozen.move_to(TIMES[0] - timedelta(hours=24))
    remind()
    actions.correct_bookers_address(booking.holder, booking.email, "helmi@koivuranta.example")
    assert reminders() == []


def test_a_hold_is_not_reminded_of(series, frozen, settings):
    settings.KEINO_ACADEMY = {"HOLD_SECONDS": 30 * 24 * 3600}
    actions.hold(series.slots.first(), "visitor", nonce="n", language="fi")
    frozen.move_to(TIMES[0] - timedelta(hours=1))
    assert remind() == 0


def test_a_time_whose_session_is_unpublished_still_stands(booking, frozen):
    booking.series.__class__.objects.update(published=False)
    frozen.move_to(TIMES[0] - timedelta(hours=24))
    assert remind() == 1


def test_what_could_not_be_sent_before_the_time_began_is_taken_back(booking, frozen, mailoutbox):
    OutboxMail.objects.all().delete()
    frozen.move_to(TIMES[0] - timedelta(hours=24))
    remind()
    frozen.move_to(TIMES[0] - SECOND)
    remind()
    assert len(reminders()) == 1
    frozen.move_to(TIMES[0])
    remind()
    assert reminders() == []
    assert drain() == 0


def test_what_went_out_stays_noted(booking, frozen, mailoutbox):
    frozen.move_to(TIMES[0] - timedelta(hours=24))
    remind()
    drain()
    frozen.move_to(TIMES[0])
    remind()
    assert [mail.state for mail in reminders()] == ["sent"]


def test_one_that_fails_stops_no_other(series, frozen, monkeypatch, caplog):
    first, second = (make_booking(slot) for slot in series.slots.all()[:2])
    tell = mails.tell_reminder

    def broken(booking, kind):
        if booking.pk == first.pk:
            raise RuntimeError(booking.email)
        tell(booking, kind)

    monkeypatch.setattr(mails, "tell_reminder", broken)
    frozen.move_to(TIMES[0] - timedelta(hours=1))
    with pytest.raises(SystemExit):
        call_command("keino_due", "--only", "booking.reminders")
    assert [mail.about for mail in reminders()] == [f"booking:{second.pk}"]
    assert first.email not in caplog.text
    monkeypatch.undo()
    assert remind() == 1
    assert BookingStep.objects.filter(kind="reminded").count() == 2


def test_the_academy_s_clock_decides(booking, settings):
    settings.KEINO_ACADEMY = {"CLOCK_OFFSET": timedelta(days=25)}
    # Real time is 10 May at noon; the academy's is 4 June at noon.
    assert remind() == 1
    assert booking.steps.get(kind="reminded").at == datetime(2023, 6, 4, 12, 0, tzinfo=HELSINKI)


@pytest.mark.parametrize("number", [1, 30])
def test_looking_costs_the_same_for_any_number(academy, frozen, number, django_assert_num_queries):
    for slot in make_series(academy, slots=number, remind_soon_minutes=30).slots.all():
        make_booking(slot)
    frozen.move_to(TIMES[0] - timedelta(days=2))
    with django_assert_num_queries(4):
        assert remind() == 0
    frozen.move_to(TIMES[0] - timedelta(hours=12))
    done = remind()
    assert done >= min(number, 8)
    OutboxMail.objects.all().delete()
    with django_assert_num_queries(4):
        assert remind() == 0
