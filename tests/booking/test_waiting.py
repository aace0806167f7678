"""The waiting list: joining, being offered a time, answering, leaving."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from keino_academy.booking import actions
from keino_academy.booking.errors import (
    AlreadyWaitingError,
    NoWaitingListError,
    OfferOverError,
    SlotFullError,
)
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Booking, Slot, SlotSeries, Waiting
from keino_academy.booking.queries import waiting_url
from keino_academy.core.models import OutboxMail
from tests.booking.test_book import DAY, booked, chosen, days, own, times, words
from tests.conftest import TODAY
from tests.factories.booking import TIMES, make_booking, make_series


@pytest.fixture
def full(academy) -> SlotSeries:
    """A series of two times on one day, both booked."""
    series = make_series(academy, slots=TIMES[:2])
    for slot in series.slots.all():
        make_booking(slot)
    return series


def join_url(series, language="fi"):
    return reverse("keino_academy:waiting_join", kwargs={"language": language, "series": series.pk})


def joined(client, series, frozen, query="", **fields):
    """What joining is answered with, by a person who took ten seconds."""
    page = client.get(join_url(series) + query)
    frozen.shift(timedelta(seconds=10))
    data = {
        "person": "Aino Mäki",
        "organisation": "Koivurannan kaupunki",
        "email": "aino@koivuranta.example",
        "note": "Terveysasema.",
        "website2": "",
        "form_token": page.context["form"]["form_token"].value(),
        **fields,
    }
    return client.post(join_url(series) + query, data)


def wait(series, name="aino", **more) -> Waiting:
    holder = Holder("", f"Kunta {name}", name.capitalize(), f"{name}@{name}.example")
    return actions.join(series, holder, nonce=f"wait-{name}", language="fi", **more)


def offered() -> list[str]:
    held = Booking.objects.filter(state="held", waiting__isnull=False).order_by("pk")
    return [booking.person for booking in held]


def test_a_full_series_leads_to_the_list(client, full):
    page = client.get(days(full))
    assert page.context["reason"] == "full"
    assert join_url(full) in page.content.decode()
    full_day = client.get(times(full))
    assert f"{join_url(full)}?day=2023-06-05" in full_day.content.decode()


def test_joining_leads_to_the_place_and_its_link_is_mailed(client, full, frozen):
    answer = joined(client, full, frozen)
    waiting = Waiting.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, own("waiting", waiting.reference))
    assert (waiting.state, waiting.person, waiting.day, waiting.note) == (
        "waiting",
        "Aino Mäki",
        None,
        "Terveysasema.",
    )
    mail = OutboxMail.objects.get(kind="booking/waiting")
    assert (mail.to, mail.language) == ("aino@koivuranta.example", "fi")
    assert waiting_url(waiting) in mail.text
    assert "Aino" not in mail.text
    page = client.get(answer["Location"])
    assert page.context["place"] == 1
    assert page["Cache-Control"] == "private, no-store"
    assert waiting.secret not in page.content.decode()


def test_the_link_works_anywhere_and_nothing_works_without_it(full):
    waiting = wait(full)
    stranger = Client()
    for name in ("waiting", "waiting_accept", "waiting_pass", "waiting_leave"):
        assert stranger.get(own(name, waiting.reference)).status_code == 404
        assert stranger.post(own(name, waiting.reference)).status_code in {404, 405}
    assert stranger.get(waiting_url(Waiting(secret="x" * 32, language="fi"))).status_code == 404
    answer = stranger.get(waiting_url(waiting))
    assert (answer.status_code, answer["Location"]) == (302, own("waiting", waiting.reference))
    assert stranger.get(answer["Location"]).status_code == 200


def test_who_came_first_is_offered_the_time_that_becomes_free(full, frozen):
    for name in ("aino", "bertta", "cecilia"):
        wait(full, name)
    freed = full.slots.first()
    actions.cancel(freed.bookings.get())
    assert offered() == ["Aino"]
    offer = Booking.objects.get(state="held")
    assert (offer.slot, offer.held_until) == (freed, TODAY + timedelta(hours=24))
    mail = OutboxMail.objects.get(kind="booking/offered")
    assert (mail.to, mail.calendar) == ("aino@aino.example", "")
    assert "to 11.5.2023 klo 12.00" in mail.text.replace("\xa0", " ")
    assert list(Waiting.objects.order_by("pk").values_list("state", flat=True)) == [
        "offered",
        "waiting",
        "waiting",
    ]


def test_an_offered_seat_is_nobody_else_s(client, full):
    wait(full)
    actions.cancel(full.slots.first().bookings.get())
    assert chosen(client, full).status_code == 409


def test_the_offer_is_booked_without_retyping(client, full):
    waiting = wait(full)
    actions.cancel(full.slots.first().bookings.get())
    client.get(waiting_url(waiting))
    page = client.get(own("waiting", waiting.reference))
    assert "Keskustelu kiertotalouden akatemiasta" in words(page, "h1")
    answer = client.post(own("waiting_accept", waiting.reference))
    booking = Booking.objects.get(person="Aino")
    assert (answer.status_code, answer["Location"]) == (303, own("booking", booking.reference))
    assert (booking.state, booking.email, booking.sequence) == ("booked", "aino@aino.example", 0)
    assert OutboxMail.objects.filter(kind="booking/booked", to="aino@aino.example").count() == 1
    again = client.post(own("waiting_accept", waiting.reference))
    assert again["Location"] == answer["Location"]
    assert Booking.objects.filter(person="Aino").count() == 1
    waiting.refresh_from_db()
    assert waiting.state == "booked"


def test_an_offer_runs_out_to_the_second_and_goes_to_the_next(full, frozen):
    wait(full, "aino")
    wait(full, "bertta")
    actions.cancel(full.slots.first().bookings.get())
    frozen.move_to(TODAY + timedelta(hours=24, seconds=-1))
    actions.pass_all_on()
    assert offered() == ["Aino"]
    frozen.shift(timedelta(seconds=1))
    actions.pass_all_on()
    assert offered() == ["Bertta"]
    assert (
        OutboxMail.objects.filter(kind="booking/offer_over").values_list("to", flat=True).get()
        == "aino@aino.example"
    )
    assert Waiting.objects.get(person="Aino").state == "lapsed"
    actions.pass_all_on()
    assert OutboxMail.objects.filter(kind="booking/offer_over").count() == 1


def test_an_offer_that_ran_out_is_told_and_not_booked(client, full, frozen):
    waiting = wait(full, "aino")
    wait(full, "bertta")
    actions.cancel(full.slots.first().bookings.get())
    client.get(waiting_url(waiting))
    frozen.move_to(TODAY + timedelta(hours=24))
    page = client.get(own("waiting", waiting.reference))
    assert page.context["state"] == "lapsed"
    for name in ("waiting_accept", "waiting_pass"):
        assert client.post(own(name, waiting.reference)).status_code == 409
    with pytest.raises(OfferOverError):
        actions.pass_offer(waiting.offers.get())
    assert not Booking.objects.filter(person="Aino", state="booked").exists()


def test_who_passes_keeps_the_place_and_is_offered_another_time(client, full):
    waiting = wait(full, "aino")
    first, second = full.slots.order_by("starts")
    actions.cancel(first.bookings.get())
    client.get(waiting_url(waiting))
    assert client.post(own("waiting_pass", waiting.reference)).status_code == 303
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
    wait(full, "bertta")
    assert offered() == ["Bertta"]
    actions.cancel(second.bookings.get())
    assert offered() == ["Bertta", "Aino"]


def test_leaving_passes_the_offer_on(client, full):
    waiting = wait(full, "aino")
    wait(full, "bertta")
    actions.cancel(full.slots.first().bookings.get())
    client.get(waiting_url(waiting))
    assert client.get(own("waiting_leave", waiting.reference)).status_code == 200
    assert offered() == ["Aino"]
    assert client.post(own("waiting_leave", waiting.reference)).status_code == 303
    assert offered() == ["Bertta"]
    waiting.refresh_from_db()
    assert waiting.state == "left"


def test_who_waits_for_a_day_is_offered_that_day_only(client, academy, frozen):
    series = make_series(academy, slots=[TIMES[0], TIMES[3]])
    for slot in series.slots.all():
        make_booking(slot)
    monday, tuesday = series.slots.order_by("starts")
    joined(client, series, frozen, "?day=2023-06-06", which="day")
    assert Waiting.objects.get().day == TIMES[3].date()
    actions.cancel(monday.bookings.get())
    assert offered() == []
    actions.cancel(tuesday.bookings.get())
    assert offered() == ["Aino Mäki"]


def test_a_seat_more_serves_the_list(full):
    wait(full)
    slot = full.slots.first()
    slot.seats = 2
    actions.change_slot(slot)
    assert offered() == ["Aino"]


def test_a_new_time_serves_the_list(full):
    wait(full)
    actions.add_slots([Slot(series=full, starts=TIMES[5], ends=TIMES[5] + timedelta(minutes=45))])
    assert offered() == ["Aino"]


def test_a_move_away_serves_the_list(academy):
    series = make_series(academy, slots=[TIMES[0], TIMES[3]])
    monday, tuesday = series.slots.order_by("starts")
    booking = make_booking(monday)
    wait(series, day=TIMES[0].date())
    actions.move(booking, tuesday)
    assert offered() == ["Aino"]


def test_a_hold_that_ran_out_serves_the_list(client, academy, frozen):
    series = make_series(academy, slots=TIMES[:1])
    chosen(client, series)
    wait(series)
    assert offered() == []
    frozen.shift(timedelta(minutes=10))
    actions.pass_all_on()
    assert offered() == ["Aino"]


def test_a_time_that_is_given_back_serves_the_list(client, academy):
    series = make_series(academy, slots=TIMES[:1])
    hold = chosen(client, series)["Location"]
    wait(series)
    client.post(hold + "release/", {})
    assert offered() == ["Aino"]


def test_a_newcomer_does_not_pass_those_who_wait(client, academy, frozen):
    series = make_series(academy, slots=TIMES[:1])
    chosen(Client(), series)
    wait(series)
    frozen.shift(timedelta(minutes=10))
    assert chosen(client, series).status_code == 409
    actions.pass_all_on()
    assert offered() == ["Aino"]


def test_the_same_form_takes_one_place(client, full, frozen):
    page = client.get(join_url(full))
    frozen.shift(timedelta(seconds=10))
    data = {
        "person": "Aino",
        "organisation": "Kunta",
        "email": "a@kunta.example",
        "form_token": page.context["form"]["form_token"].value(),
    }
    answers = [client.post(join_url(full), data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Waiting.objects.count() == 1


def test_who_waits_already_is_sent_the_link_and_nobody_learns_it(client, full, frozen):
    waiting = actions.join(
        full, Holder("", "Koivurannan kaupunki", "Esa", "esa@koivuranta.example"), nonce="n", language="sv"
    )
    answer = joined(client, full, frozen)
    assert answer.status_code == 409
    assert waiting.reference not in answer.content.decode()
    assert "esa@" not in answer.content.decode()
    mails = OutboxMail.objects.filter(kind="booking/waiting")
    assert list(mails.values_list("to", "language")) == [("esa@koivuranta.example", "sv")] * 2


def test_who_has_a_time_does_not_wait(client, full, frozen):
    answer = joined(client, full, frozen, email="varaaja1@koivuranta.example")
    assert answer.status_code == 409
    assert Waiting.objects.count() == 0
    assert OutboxMail.objects.get(kind="booking/link_again").to == "varaaja1@koivuranta.example"


def test_who_books_elsewhere_waits_no_more(client, full, frozen):
    waiting = wait(full)
    actions.cancel(full.slots.order_by("starts")[0].bookings.get())
    actions.cancel(full.slots.order_by("starts")[1].bookings.get())
    other = full.slots.order_by("starts")[1]
    holder = {"person": "Aino", "organisation": "Kunta aino", "email": "aino@aino.example"}
    assert booked(client, full, frozen, slot=other, **holder).status_code == 303
    waiting.refresh_from_db()
    assert waiting.state == "booked"
    assert offered() == []


def test_a_cancelled_time_that_was_offered_keeps_the_place(full):
    wait(full)
    slot = full.slots.first()
    actions.cancel(slot.bookings.get())
    actions.cancel_slot(slot)
    assert Waiting.objects.get().state == "waiting"
    assert OutboxMail.objects.filter(kind="booking/offer_withdrawn").count() == 1
    assert not OutboxMail.objects.filter(kind="booking/slot_cancelled").exists()


def test_an_offer_never_outlasts_its_time(full, frozen):
    wait(full)
    frozen.move_to(TIMES[0] - timedelta(hours=2))
    actions.cancel(full.slots.order_by("starts").first().bookings.get(), by_organiser=True)
    assert Booking.objects.get(state="held").held_until == TIMES[0]


def test_no_list_where_the_editor_keeps_none(client, academy, frozen):
    series = make_series(academy, slots=TIMES[:1], waiting_list=False)
    make_booking(series.slots.get())
    assert join_url(series) not in client.get(days(series)).content.decode()
    assert client.get(join_url(series)).status_code == 404
    with pytest.raises(NoWaitingListError):
        wait(series)


def test_nobody_joins_after_closing(client, full, frozen):
    frozen.move_to(TIMES[0].replace(month=6, day=1, hour=0))
    assert client.get(join_url(full)).context["reason"] == "closed"


def test_the_place_in_the_list_counts_those_before(client, full):
    wait(full, "aino")
    last = wait(full, "bertta")
    client.get(waiting_url(last))
    assert client.get(own("waiting", last.reference)).context["place"] == 2


def test_one_place_for_one_organisation(full):
    wait(full)
    with pytest.raises(AlreadyWaitingError):
        actions.join(full, Holder("", "KUNTA AINO", "Esa", "esa@aino.example"), nonce="other", language="fi")
    assert Waiting.objects.count() == 1


@pytest.mark.parametrize("name", ["waiting_accept", "waiting_pass", "waiting_leave"])
def test_a_get_changes_nothing(client, full, name):
    waiting = wait(full)
    actions.cancel(full.slots.first().bookings.get())
    client.get(waiting_url(waiting))
    before = list(Booking.objects.order_by("pk").values()), list(Waiting.objects.values())
    client.get(own(name, waiting.reference))
    client.head(own(name, waiting.reference))
    assert (list(Booking.objects.order_by("pk").values()), list(Waiting.objects.values())) == before
    assert DAY.isoformat() == "2023-06-05"


@pytest.mark.parametrize("seats", [1, 2])
@pytest.mark.parametrize("verb", ["book", "confirm"])
def test_whoever_waits_and_books_what_a_hold_left_gets_the_seat_of_their_turn(academy, frozen, seats, verb):
    """Their own place in the list does not stand in their way: the seat is not offered to them besides."""
    series = make_series(academy, slots=[TIMES[0]], seats=seats)
    slot = series.slots.get()
    held = [actions.hold(slot, f"v{n}", nonce=f"h{n}", language="fi") for n in range(seats)]
    first, second = wait(series), wait(series, "bo")
    frozen.shift(timedelta(hours=1))
    holder = Holder("", first.organisation, first.person, first.email)
    if verb == "book":
        booking = actions.book(slot, holder, nonce="mine", language="fi")
    else:
        booking = actions.confirm(held[0], holder, language="fi")
    first.refresh_from_db()
    assert (booking.state, booking.seat, first.state) == ("booked", 1, "booked")
    assert offered() == ["Bo"][: seats - 1]
    assert not OutboxMail.objects.filter(kind="booking/offered", to=first.email).exists()
    second.refresh_from_db()
    assert second.state == ("waiting" if seats == 1 else "offered")


def test_whoever_waits_behind_others_does_not_pass_them_by_booking(academy, frozen):
    series = make_series(academy, slots=[TIMES[0]])
    slot = series.slots.get()
    actions.hold(slot, "v", nonce="h", language="fi")
    wait(series)
    second = wait(series, "bo")
    frozen.shift(timedelta(hours=1))
    with pytest.raises(SlotFullError):
        actions.book(
            slot, Holder("", second.organisation, second.person, second.email), nonce="b", language="fi"
        )
