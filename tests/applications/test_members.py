"""Members of a team confirm themselves by a link of their own, and say which sessions suit."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino_academy.announcement.enums import Right
from keino_academy.applications.actions import move, withdraw
from keino_academy.applications.answering import count_again
from keino_academy.applications.asking import ask_people
from keino_academy.applications.confirmations import confirmations_of
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.models import Application, TeamMember
from keino_academy.applications.naming import keep_team
from keino_academy.applications.people import member_link, sessions_in
from keino_academy.applications.queries import all_answers, application_link, find_application
from keino_academy.core.models import OutboxMail
from tests.applications.test_admin import organiser
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


@pytest.fixture
def application(academy) -> Application:
    return find_application(pk=make_application(academy).pk)


@pytest.fixture
def aino(application) -> TeamMember:
    """The one member who has an address."""
    return TeamMember.objects.get(email="aino@koivuranta.example")


@pytest.fixture
def own(client, aino) -> Client:
    """A browser that came by the member's link."""
    assert client.get(path_of(member_link(aino))).status_code == 302
    return client


def home(application, number=1, language="fi"):
    return f"/academy/{language}/team/{application.reference}/{number}/"


def who() -> dict[str, int]:
    """What the button beside the one who has an address sends."""
    return {"who": TeamMember.objects.get(email="aino@koivuranta.example").pk}


def keys(application):
    return [key for key, _label in sessions_in(application, "fi")]


def answers(application, word="yes", **other):
    return {f"s-{key}": other.get(key, word) for key in keys(application)}


def test_sending_asks_whoever_has_an_address_once(application, aino):
    mail = OutboxMail.objects.get(kind="applications/member_asked")
    assert (mail.to, mail.language) == ("aino@koivuranta.example", "fi")
    assert member_link(aino) in mail.text
    assert "Helmi Hankkija" in mail.text
    assert application.secret not in mail.text
    assert aino.asked_at == timezone.now()
    assert ask_people(application) == 0
    assert OutboxMail.objects.filter(kind="applications/member_asked").count() == 1
    assert TeamMember.objects.filter(asked_at=None).count() == 2


def test_the_mail_speaks_the_applications_language(academy):
    make_application(academy, language="en")
    mail = OutboxMail.objects.get(kind="applications/member_asked")
    assert mail.subject == "Confirm that you take part: Kiertotaloushankintojen johtaminen"
    assert "The call closes on 31 May 2023, 23:59." in mail.text.replace("\xa0", " ")
    assert "/academy/en/team/open/" in mail.text


def test_the_secret_leaves_the_address_bar(client, application, aino):
    response = client.get(path_of(member_link(aino)))
    assert response["Location"] == home(application)
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("private, no-store", "strict-origin")


def test_the_page_tells_what_one_is_named_for_in_the_language_of_its_address(own, application):
    html = own.get(home(application, language="en")).content.decode()
    for text in ("Confirm that you take part", "Koivurannan kaupunki", "Aino Aalto", "hankinta"):
        assert text in html, text
    for label in dict(sessions_in(application, "en")).values():
        assert label in html
    assert f'href="{home(application, language="sv")}"' in html
    for secret in ("Kirkonkylän", "hankinnat@koivuranta.example", "Eino Eloranta"):
        assert secret not in html


def test_confirming_keeps_the_answers_and_says_when(own, application, aino, frozen):
    frozen.shift(timedelta(hours=1))
    response = own.post(home(application, language="en"), answers(application))
    assert (response.status_code, response["Location"]) == (303, home(application, language="en"))
    aino.refresh_from_db()
    assert aino.confirmed_at == timezone.now()
    assert aino.sessions == dict.fromkeys(keys(application), "yes")
    html = own.get(home(application, language="en")).content.decode().replace("\xa0", " ")
    assert "Your answers were kept on 10 May 2023, 13:00." in html
    assert len(re.findall(r'value="yes"[^>]*checked', html)) == len(keys(application))


def test_one_can_come_back_and_change(own, application, aino, frozen):
    own.post(home(application), answers(application))
    first = keys(application)[0]
    frozen.shift(timedelta(days=2))
    assert own.post(home(application), answers(application, **{first: "no"})).status_code == 303
    aino.refresh_from_db()
    assert (aino.sessions[first], aino.confirmed_at) == ("no", timezone.now())


def test_the_same_answer_twice_changes_nothing(own, application, aino, frozen):
    own.post(home(application), answers(application))
    aino.refresh_from_db()
    before, mails = aino.confirmed_at, OutboxMail.objects.count()
    frozen.shift(timedelta(minutes=1))
    assert own.post(home(application), answers(application)).status_code == 303
    aino.refresh_from_db()
    assert (aino.confirmed_at, OutboxMail.objects.count()) == (before, mails)


def test_what_is_missing_is_said_and_nothing_kept(own, application, aino):
    data = answers(application)
    first, second = list(data)[:2]
    del data[first]
    response = own.post(home(application, language="en"), data | {second: "\x00\u202emaybe"})
    html = response.content.decode()
    assert response.status_code == 422
    assert html.count("Choose yes, no or not known yet:") == 4
    assert f'href="#id_{first}_0"' in html
    aino.refresh_from_db()
    assert (aino.confirmed_at, aino.sessions) == (None, {})


def test_what_members_say_fills_the_criterion_and_is_counted(application, aino):
    asked = next(key for key, value in all_answers(application).items() if value == _all(application, "yes"))
    assert (application.met, application.asked) == (6, 6)
    aino.sessions, aino.confirmed_at = _all(application, "no"), timezone.now()
    aino.save()
    application = find_application(pk=application.pk)
    assert all_answers(application)[asked] == _all(application, "no")
    count_again(application)
    assert application.met == 5


def test_a_members_answer_counts_the_criteria_again(own, application):
    own.post(home(application), answers(application, "no"))
    assert Application.objects.get().met == 5
    own.post(home(application), answers(application))
    assert Application.objects.get().met == 6


def _all(application, word):
    return dict.fromkeys(keys(application), word)


def test_a_members_link_opens_neither_the_application_nor_another_member(own, application):
    for path in (
        f"/academy/fi/application/{application.reference}/",
        home(application, 2),
        home(application, 99),
        f"/academy/fi/commitment/{application.reference}/",
    ):
        assert own.get(path).status_code == 404


def test_the_applicants_link_does_not_open_a_members_page(client, application):
    client.get(path_of(application_link(application)))
    assert client.get(home(application)).status_code == 404
    assert client.post(home(application), answers(application)).status_code == 404


def test_whatever_is_wrong_with_a_link_gets_one_neutral_page(client, application, aino):
    neutral = client.get("/academy/fi/team/open/xyz/")
    assert neutral.status_code == 404
    for odd in (
        aino.secret[:-1],
        aino.secret.swapcase(),
        application.secret,
        "%00",
        "%E2%80%AE" + aino.secret,
    ):
        response = client.get(f"/academy/fi/team/open/{odd}/")
        assert response.status_code == 404
        assert "Koivurannan" not in response.content.decode()
    # A browser without cookies comes to the same page.
    place = client.get(path_of(member_link(aino)))["Location"]
    without = Client().get(place)
    assert (without.status_code, without["Cache-Control"]) == (404, "private, no-store")


@pytest.mark.parametrize("state", [ApplicationState.WITHDRAWN, ApplicationState.ERASED])
def test_of_an_application_that_is_gone_nothing_is_shown(own, application, aino, state):
    Application.objects.update(state=state)
    for response in (
        own.get(home(application)),
        own.post(home(application), answers(application)),
        own.get(path_of(member_link(aino))),
    ):
        assert response.status_code == 404
        assert "Koivurannan" not in response.content.decode()
    aino.refresh_from_db()
    assert aino.confirmed_at is None


def test_after_the_decision_it_is_read_and_not_changed(own, application, aino):
    own.post(home(application), answers(application))
    Application.objects.update(state=ApplicationState.SELECTED)
    html = own.get(home(application, language="en")).content.decode()
    assert "What you said" in html
    assert "<form" not in html
    response = own.post(home(application, language="en"), answers(application, "no"))
    assert response.status_code == 409
    assert "Nothing can be changed here any more." in response.content.decode()
    aino.refresh_from_db()
    assert aino.sessions == _all(application, "yes")


def test_get_and_head_change_nothing_and_a_post_needs_its_token(own, application, aino):
    own.get(home(application))
    own.head(home(application))
    strict = Client(enforce_csrf_checks=True)
    strict.get(path_of(member_link(aino)))
    assert strict.post(home(application), answers(application)).status_code == 403
    aino.refresh_from_db()
    assert aino.confirmed_at is None


def test_two_browsers_may_answer_and_the_last_word_stays(own, application, aino):
    other = Client()
    other.get(path_of(member_link(aino)))
    own.post(home(application), answers(application, "no"))
    other.post(home(application), answers(application, "unsure"))
    aino.refresh_from_db()
    assert aino.sessions == _all(application, "unsure")


def people(*emails):
    return [{"name": f"N{email}", "role": "r", "email": email} for email in emails]


def test_another_address_gets_another_link_and_nothing_confirmed(own, application, aino):
    own.post(home(application), answers(application))
    OutboxMail.objects.all().delete()
    keep_team(application, people("uusi@koivuranta.example", ""))
    assert ask_people(application) == 1
    new = TeamMember.objects.get(number=1)
    assert (new.email, new.confirmed_at, new.sessions) == ("uusi@koivuranta.example", None, {})
    assert new.secret != aino.secret
    assert OutboxMail.objects.get().to == "uusi@koivuranta.example"
    # The old link and the browser that came by it open nothing.
    assert own.get(path_of(member_link(aino))).status_code == 404
    assert own.get(home(application)).status_code == 404


def test_who_keeps_the_address_keeps_the_link_and_the_confirmation(own, application, aino):
    own.post(home(application), answers(application))
    keep_team(application, people("eka@x.example", "toka@x.example", "AINO@koivuranta.example"))
    moved = TeamMember.objects.get(number=3)
    assert (moved.pk, moved.secret) == (aino.pk, aino.secret)
    assert moved.sessions == _all(application, "yes")
    assert own.get(home(application, 3)).status_code == 200
    assert list(TeamMember.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert ask_people(application) == 2


# --- The applicant's own page and the organiser's -------------------------------------------------


@pytest.fixture
def applicant(application) -> Client:
    browser = Client()
    browser.get(path_of(application_link(application)))
    return browser


def applicants(application, rest="", language="en"):
    return f"/academy/{language}/application/{application.reference}/{rest}"


def test_the_applicant_sees_who_is_waited_for(applicant, own, application):
    html = applicant.get(applicants(application)).content.decode().replace("\xa0", " ")
    assert "The link was sent on 10 May 2023, 12:00." in html
    assert html.count("Without an e-mail address no link can be sent.") == 2
    assert html.count("/remind/") == 1
    first = keys(application)[0]
    own.post(home(application), answers(application))
    assert "Can come to every session." in applicant.get(applicants(application)).content.decode()
    own.post(home(application), answers(application, **{first: "no"}))
    html = applicant.get(applicants(application)).content.decode()
    assert f"{dict(sessions_in(application, 'en'))[first]}: No" in html
    assert "/remind/" not in html


def test_the_applicant_reminds_by_a_button(applicant, application, aino, frozen):
    OutboxMail.objects.all().delete()
    frozen.shift(timedelta(hours=2))
    assert applicant.get(applicants(application, "remind/")).status_code == 302
    assert not OutboxMail.objects.exists()
    response = applicant.post(
        applicants(application, "remind/"),
        who(),
    )
    assert (response.status_code, response["Location"]) == (
        303,
        applicants(application) + "#ka-confirmations",
    )
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to) == ("applications/member_reminder", "aino@koivuranta.example")
    assert member_link(aino) in mail.text
    aino.refresh_from_db()
    assert aino.asked_at == timezone.now()


@pytest.mark.parametrize("who", ["99999", "", "\x00", "\u202e1", "management", "1 or 1"])
def test_nobody_else_is_reminded(applicant, application, who):
    OutboxMail.objects.all().delete()
    assert applicant.post(applicants(application, "remind/"), {"who": who}).status_code == 303
    assert not OutboxMail.objects.exists()


def test_a_button_reminds_the_same_person_also_where_the_team_was_renumbered_meanwhile(
    applicant, application, aino
):
    pressed = who()
    keep_team(
        application,
        [
            {"name": "Uusi", "role": "r", "email": "uusi@koivuranta.example"},
            {"name": "Aino Aalto", "role": "hankinta", "email": aino.email},
        ],
    )
    OutboxMail.objects.all().delete()
    applicant.post(applicants(application, "remind/"), pressed)
    assert OutboxMail.objects.get().to == aino.email
    keep_team(application, [{"name": "Uusi", "role": "r", "email": "uusi@koivuranta.example"}])
    applicant.post(applicants(application, "remind/"), pressed)
    assert OutboxMail.objects.count() == 1


def test_one_who_confirmed_is_not_reminded(applicant, own, application):
    own.post(home(application), answers(application))
    OutboxMail.objects.all().delete()
    applicant.post(
        applicants(application, "remind/"),
        who(),
    )
    assert not OutboxMail.objects.exists()


def test_reminders_have_an_end(applicant, application, settings):
    settings.KEINO_ACADEMY = {"RATE_MAIL": (2, 3600)}
    sent = [
        applicant.post(
            applicants(application, "remind/"),
            who(),
        )
        for _time in range(3)
    ]
    assert [one.status_code for one in sent] == [303, 303, 429]
    assert "The link was sent several times. Try again in an hour." in sent[2].content.decode()
    assert OutboxMail.objects.filter(kind="applications/member_reminder").count() == 2


def test_reminding_takes_the_applications_link(own, application):
    assert (
        own.post(
            applicants(application, "remind/"),
            who(),
        ).status_code
        == 404
    )


def test_a_withdrawn_application_asks_and_reminds_nobody(applicant, application):
    withdraw(application)
    OutboxMail.objects.all().delete()
    assert ask_people(application) == 0
    html = applicant.get(applicants(application)).content.decode()
    assert "ka-confirmations" not in html
    applicant.post(
        applicants(application, "remind/"),
        who(),
    )
    assert not OutboxMail.objects.exists()


def test_the_organiser_sees_members_sessions_and_clashes(django_user_model, academy, own, application):
    first, second = keys(application)[:2]
    own.post(home(application), answers(application, **{first: "no", second: "unsure"}))
    reader = organiser(django_user_model, academy, Right.READ)
    url = reverse("keino_applications:inspect", args=[application.pk])
    html = reader.get(url, {"language": "en"}).content.decode()
    labels = dict(sessions_in(application, "en"))
    assert re.search(rf"{re.escape(labels[first])}</strong><br>[^<]*Aino Aalto</p>", html)
    assert re.search(rf"{re.escape(labels[second])}</strong><br>[^<]*Aino Aalto</p>", html)
    for word in (first, second):
        assert f"{labels[word]}: " in html


def test_another_academys_organiser_sees_none_of_it(django_user_model, site, application):
    other = make_academy(site, code="toinen", slug="toinen")
    stranger = organiser(django_user_model, other, Right.READ)
    assert stranger.get(reverse("keino_applications:inspect", args=[application.pk])).status_code != 200


@pytest.mark.parametrize("number", [1, 20])
def test_as_many_members_as_one_need_no_more_queries(academy, own, number, django_assert_num_queries):
    application = Application.objects.get()
    keep_team(
        application, people("aino@koivuranta.example", *(f"m{one}@x.example" for one in range(1, number)))
    )
    TeamMember.objects.update(confirmed_at=timezone.now(), sessions=_all(application, "yes"))
    found = find_application(pk=application.pk)
    with django_assert_num_queries(0):
        confirmations_of(found, "fi")
        all_answers(found)
    own.get(home(application))
    with django_assert_num_queries(7):
        own.get(home(application))


def test_a_move_keeps_what_was_confirmed(own, application, aino):
    own.post(home(application), answers(application))
    move(application, "return", Actor.ORGANISER)
    aino.refresh_from_db()
    assert aino.sessions == _all(application, "yes")
