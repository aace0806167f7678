"""Selecting, not selecting, and taking either back."""

import threading
from datetime import datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override
from wagtail import hooks
from wagtail.models import ModelLogEntry

from keino_academy.announcement.models import AcademyRight
from keino_academy.applications.actions import correct_address
from keino_academy.applications.actions.noting import Written, keep_notes, stamp
from keino_academy.core.models import OutboxMail
from keino_academy.learning.models import Member, Participation
from keino_academy.selection import actions
from keino_academy.selection.actions import NotPossible
from tests.conftest import HELSINKI
from tests.selection.conftest import make_sent

STEPS = {
    ("interest_sent", "select"): ["receive_final", "begin_review", "select"],
    ("final_sent", "select"): ["begin_review", "select"],
    ("in_review", "select"): ["select"],
    ("interest_sent", "turn_away"): ["receive_final", "begin_review", "turn_away"],
    ("final_sent", "turn_away"): ["begin_review", "turn_away"],
    ("in_review", "turn_away"): ["turn_away"],
    ("selected", "reopen"): ["reopen"],
    ("not_selected", "reopen"): ["reopen"],
    ("on_reserve", "reopen"): ["reopen"],
}
ENDS = {"select": "selected", "turn_away": "not_selected", "reopen": "in_review"}
STATES = [
    "draft",
    "interest_sent",
    "returned",
    "final_sent",
    "in_review",
    "selected",
    "on_reserve",
    "not_selected",
    "confirmed",
    "turned_down",
    "withdrawn",
    "erased",
]
VERBS = {"select": actions.select, "turn_away": actions.turn_away, "reopen": actions.reopen}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", STATES)
def test_a_decision_walks_the_table_from_wherever_it_stands_or_not_at_all(academy, state, verb):
    application = make_sent(academy, state)
    steps = STEPS.get((state, verb))
    if steps is None:
        with pytest.raises(NotPossible):
            VERBS[verb](application, None)
        application.refresh_from_db()
        assert application.state == state
        assert not application.revisions.exists()
        return
    assert VERBS[verb](application, None).state == ENDS[verb]
    assert list(application.revisions.order_by("pk").values_list("transition", flat=True)) == steps


def test_each_step_is_logged_with_who(application, academy, make_decider):
    anna = make_decider("anna", academy)
    actions.select(application, anna)
    entries = ModelLogEntry.objects.filter(action="keino_academy.move", user=anna).order_by("pk")
    assert [entry.data["transition"] for entry in entries] == ["receive_final", "begin_review", "select"]


def test_a_decision_is_not_taken_back_once_the_programme_runs(application, june):
    actions.select(application, None)
    june.move_to(datetime(2023, 9, 12, 0, 0, tzinfo=HELSINKI))
    with override("en"), pytest.raises(NotPossible, match="programme has begun"):
        actions.reopen(application, None)


# What comes of it


def test_who_is_selected_takes_part_and_the_contact_person_is_invited(application):
    actions.select(application, None)
    participation = Participation.objects.get()
    assert participation.organisation == "Koivurannan kaupunki"
    members = participation.members.values_list("email", "role", "language", "invited_at")
    assert list(members) == [
        (
            "helena@koivuranta.example",
            "contact",
            "fi",
            datetime(2023, 6, 19, 7, 31, tzinfo=participation.began_at.tzinfo),
        ),
        ("yrjo@koivuranta.example", "expert", "fi", None),
    ]
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to, mail.language) == ("learning/invitation", "helena@koivuranta.example", "fi")
    assert mail.reply_to == "organiser@osaamiskeskus.example"
    assert "http://localhost/academy/fi/sign-in/" in mail.text
    assert "Kiertotaloushankintojen johtaminen" in mail.subject


def test_a_corrected_address_is_invited_and_the_old_ones_account_is_out(application, make_decider, academy):
    actions.select(application, None)
    member = Participation.objects.get().members.get(role="contact")
    stranger = make_decider("stranger", academy, right=None)
    Member.objects.filter(pk=member.pk).update(user=stranger, joined_at=member.invited_at)
    OutboxMail.objects.all().delete()
    correct_address(application, "Uusi@koivuranta.example")
    member.refresh_from_db()
    assert (member.email, member.user, member.joined_at) == ("uusi@koivuranta.example", None, None)
    mail = OutboxMail.objects.get(kind="learning/invitation")
    assert mail.to == "uusi@koivuranta.example"


def test_a_corrected_address_may_be_that_of_a_member(application):
    actions.select(application, None)
    correct_address(application, "yrjo@koivuranta.example")
    members = Participation.objects.get().members
    assert list(members.filter(left_at=None).values_list("email", "role")) == [
        ("yrjo@koivuranta.example", "contact")
    ]
    assert members.exclude(left_at=None).get().email == "helena@koivuranta.example"


def test_the_invitation_is_in_the_applicants_language(academy):
    actions.select(make_sent(academy, language="sv"), None)
    assert "http://localhost/academy/sv/sign-in/" in OutboxMail.objects.get().text


def test_who_is_not_selected_gets_a_letter_and_no_participation(application):
    actions.turn_away(application, None)
    assert not Participation.objects.exists()
    assert [mail.kind for mail in OutboxMail.objects.all()] == ["applications/not_selected"]


def test_taking_back_ends_the_participation_and_selecting_again_revives_it(application, june):
    actions.select(application, None)
    began = Participation.objects.get().began_at
    june.shift(60)
    actions.reopen(application, None)
    assert Participation.objects.get().ended_at == datetime(2023, 6, 19, 7, 32, tzinfo=began.tzinfo)
    actions.select(application, None)
    participation = Participation.objects.get()
    assert (participation.began_at, participation.ended_at) == (began, None)
    assert participation.members.count() == 2
    assert OutboxMail.objects.filter(kind="learning/invitation").count() == 1


@pytest.mark.parametrize("verb", ["select", "turn_away"])
def test_the_mail_that_waits_is_taken_back_and_the_one_that_went_out_stays_noted(application, other, verb):
    from keino_academy.core.outbox import drain

    foreign = VERBS[verb](make_sent(other), None)
    VERBS[verb](application, None)
    actions.reopen(application, None)
    mail = OutboxMail.objects.get()
    assert mail.scope == foreign.academy.translation_key
    VERBS[verb](application, None)
    drain()
    actions.reopen(application, None)
    assert [mail.state for mail in OutboxMail.objects.all()] == ["sent", "sent"]


def test_beginning_again_doubles_nothing(application):
    from keino_academy.learning.actions import begin_participation

    selected = actions.select(application, None)
    for _turn in range(3):
        begin_participation(selected)
    assert Participation.objects.count() == 1
    assert Participation.objects.get().members.count() == 2
    assert OutboxMail.objects.count() == 1


# In the admin


def address(application, decision="select"):
    return reverse(f"keino_selection:{decision}", args=[application.pk])


def test_the_page_says_what_happens_and_a_get_does_nothing(client, application, academy, make_decider):
    client.force_login(make_decider("anna", academy))
    response = client.get(address(application))
    text = response.content.decode()
    assert response.status_code == 200
    assert response.headers["Cache-Control"].startswith("private, no-store")
    assert "Helena@koivuranta.example" in text
    assert text.count(" → ") == 3
    application.refresh_from_db()
    assert application.state == "interest_sent"


def test_who_decides_and_may_read_sees_the_notes_of_the_discussion_and_that_is_logged(
    client, application, academy, make_decider
):
    keep_notes(application, [Written("", "Päiväkoti ehtii syksyyn.", "", stamp())], None)
    decider = make_decider("anna", academy)
    client.force_login(decider)
    assert "Päiväkoti ehtii" not in client.get(address(application)).content.decode()
    assert not ModelLogEntry.objects.filter(user=decider, action="keino_academy.read").exists()
    AcademyRight.objects.create(group=decider.groups.get(), academy=academy, right="read")
    text = client.get(address(application)).content.decode()
    assert text.count("Päiväkoti ehtii syksyyn.") == 1
    assert text.index("Päiväkoti ehtii") < text.index(" → ")
    assert ModelLogEntry.objects.filter(user=decider, action="keino_academy.read").count() == 1


@pytest.mark.parametrize("decision", VERBS)
def test_the_button_decides(client, academy, make_decider, decision):
    state = "selected" if decision == "reopen" else "final_sent"
    application = make_sent(academy, state)
    client.force_login(make_decider("anna", academy))
    response = client.post(address(application, decision), {"seen": state})
    assert response.status_code == 302
    assert response.url == reverse("keino_applications:inspect", args=[application.pk])
    application.refresh_from_db()
    assert application.state == ENDS[decision]


@pytest.mark.parametrize("decision", VERBS)
def test_only_who_decides_in_this_academy_reaches_it(client, application, other, make_decider, decision):
    url = address(application, decision)
    reader = make_decider("reader", application.academy, "read")
    stranger = make_decider("stranger", other)
    for user in (None, reader):
        client.logout()
        if user:
            client.force_login(user)
        for send in (client.get, client.post):
            response = send(url, {"seen": "interest_sent"})
            assert response.status_code == 302
            assert response.url.startswith("/admin/")
    client.force_login(stranger)
    for send in (client.get, client.post):
        # The site's pages are asked in their language before the answer is 404.
        assert send(url, {"seen": "interest_sent"}, follow=True).status_code == 404
    application.refresh_from_db()
    assert application.state == "interest_sent"


def test_who_comes_second_reads_who_was_first_and_when(client, application, academy, make_decider):
    anna = make_decider("anna", academy, first_name="Anna", last_name="Korhonen")
    actions.select(application, anna)
    client.force_login(make_decider("bo", academy))
    response = client.post(address(application, "turn_away"), {"seen": "interest_sent"})
    messages = [str(message) for message in response.wsgi_request._messages]
    assert len(messages) == 1
    assert "Anna Korhonen, 19.6.2023 klo 10.31" in messages[0].replace("\u00a0", " ")
    application.refresh_from_db()
    assert application.state == "selected"


def test_who_takes_back_takes_back_what_they_saw(client, application, academy, make_decider):
    actions.turn_away(application, None)
    client.force_login(make_decider("anna", academy))
    client.post(address(application, "reopen"), {"seen": "selected"})
    application.refresh_from_db()
    assert application.state == "not_selected"


def buttons(application, user):
    found = hooks.get_hooks("keino_academy_application_buttons")
    return [button.url for hook in found for button in hook(application, user) if "decide" in button.url]


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("interest_sent", ["select", "turn_away"]),
        ("in_review", ["select", "turn_away"]),
        ("selected", ["reopen"]),
        ("not_selected", ["reopen"]),
        ("withdrawn", []),
    ],
)
def test_buttons_offer_what_is_possible_to_who_may(academy, make_decider, state, names):
    application = make_sent(academy, state)
    assert buttons(application, make_decider("anna", academy)) == [
        address(application, name) for name in names
    ]
    assert buttons(application, make_decider("reader", academy, "read")) == []


@pytest.mark.django_db(transaction=True)
def test_ten_who_select_at_once_make_one_participation(application):
    gate, outcomes = threading.Barrier(10), []

    def decide():
        try:
            gate.wait()
            actions.select(application, None)
            outcomes.append("selected")
        except NotPossible:
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide) for _turn in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["selected"] + ["too late"] * 9
    assert Participation.objects.count() == 1
    assert OutboxMail.objects.count() == 1
