"""Signing in by a mailed link."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from keino_academy.announcement.queries import find_face
from keino_academy.core.models import OutboxMail, UsedToken
from keino_academy.learning.accounts import make_account
from keino_academy.learning.links import safe_path
from tests.factories.announcement import make_academy
from tests.factories.learning import make_learning_pages, make_member, make_participation

ASK = "/academy/fi/sign-in/"
MY = "/academy/fi/my/"


@pytest.fixture
def participation(academy, home):
    return make_participation(academy, "helena@koivuranta.example")


def ask(client, email="helena@koivuranta.example", following="", **extra):
    return client.post(ASK, {"email": email, "next": following}, **extra)


def mailed_link():
    """The path of the link in the newest mail."""
    text = OutboxMail.objects.filter(kind="learning/sign_in").first().text
    return re.search(r"http://localhost(/academy/\S+)", text)[1]


def signed_in(client):
    return client.session.get(SESSION_KEY)


# Asking


def test_the_form_asks_for_an_address(client, site):
    response = client.get(f"{ASK}?next=/fi/x/")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "strict-origin"
    text = response.content.decode()
    assert 'name="next" value="/fi/x/"' in text
    assert 'href="/academy/sv/sign-in/?next=%2Ffi%2Fx%2F"' in text


def test_a_member_gets_a_link_in_the_language_of_the_page(client, participation):
    response = client.post("/academy/sv/sign-in/", {"email": "Helena@Koivuranta.example"})
    assert response.url == "/academy/sv/sign-in/sent/"
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to, mail.language) == ("learning/sign_in", "helena@koivuranta.example", "sv")
    assert mailed_link().startswith("/academy/sv/sign-in/")


def test_known_unknown_and_staff_get_the_same_answer(client, participation):
    get_user_model().objects.create_user("staff", "staff@example.org", "x", is_staff=True)
    answers = set()
    for email in ("helena@koivuranta.example", "nobody@example.org", "staff@example.org"):
        first = ask(client, email)
        second = client.get(first.url)
        answers.add((first.status_code, first.url, first.content, second.status_code, second.content))
    assert len(answers) == 1


def test_an_unknown_address_gets_no_mail(client, participation):
    ask(client, "nobody@example.org")
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize("state", ["left", "ended"])
def test_who_is_not_in_any_more_gets_no_mail_and_cannot_use_an_older_link(client, participation, state):
    ask(client)
    link = mailed_link()
    OutboxMail.objects.all().delete()
    if state == "left":
        participation.members.update(left_at=timezone.now())
    else:
        participation.ended_at = timezone.now()
        participation.save()
    ask(client)
    assert not OutboxMail.objects.exists()
    assert client.post(link).status_code == 404
    assert signed_in(client) is None


@pytest.mark.parametrize(
    "email", ["", "   ", "no address", "a@b\r\nBcc: c@d.example", "a" * 400 + "@example.org"]
)
def test_what_is_no_address_is_told_beside_the_field_and_kept(client, site, email):
    response = ask(client, email)
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert not OutboxMail.objects.exists()


def test_one_address_is_asked_for_five_times_an_hour_from_wherever(client, participation):
    for number in range(5):
        assert ask(client, REMOTE_ADDR=f"192.0.2.{number}").status_code == 302
    response = ask(client, REMOTE_ADDR="192.0.2.99")
    assert response.status_code == 429
    assert "helena@koivuranta.example" in response.content.decode()
    assert OutboxMail.objects.count() == 5


def test_one_network_asks_sixty_times_an_hour_whatever_it_says_of_itself(client, participation):
    for number in range(60):
        assert (
            ask(client, f"a{number}@example.org", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}").status_code == 302
        )
    assert ask(client, "b@example.org", HTTP_X_FORWARDED_FOR="10.9.9.9").status_code == 429


def test_a_broken_cache_lets_people_in(client, participation, monkeypatch):
    def broken(*_args, **_kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "add", broken)
    assert ask(client).status_code == 302


# Using the link


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_at_a_link_uses_nothing_up(client, participation, method):
    ask(client)
    link = mailed_link()
    for _turn in range(3):
        response = getattr(client, method)(link)
        assert response.status_code == 200
    assert signed_in(client) is None
    assert not UsedToken.objects.exists()
    assert not get_user_model().objects.exists()


def test_the_link_shows_whom_it_signs_in_without_the_whole_address(client, participation):
    ask(client)
    response = client.get(mailed_link())
    text = response.content.decode().replace("\u2060", "")
    assert "h…a@koivuranta.example" in text
    assert "helena@koivuranta.example" not in text
    assert "Koivurannan kaupunki" in text
    assert response.headers["Referrer-Policy"] == "strict-origin"


def test_the_button_signs_in_once(client, participation):
    ask(client)
    link = mailed_link()
    response = client.post(link)
    assert (response.status_code, response.url) == (302, MY)
    user = get_user_model().objects.get()
    assert signed_in(client) == str(user.pk)
    assert (user.email, user.has_usable_password()) == ("helena@koivuranta.example", False)
    assert (user.first_name, user.last_name) == ("Helena", "Koivu")
    member = participation.members.get()
    assert member.user == user
    assert member.joined_at == timezone.now()
    other = Client()
    for send in (other.get, other.post):
        assert send(link).status_code == 404
    assert signed_in(other) is None


def test_my_academy_leads_to_the_one_academy(client, participation, home):
    ask(client)
    client.post(mailed_link())
    assert client.get(MY).url == home.url
    assert client.get(home.url).status_code == 200


def test_one_goes_where_one_was_going(client, participation, home):
    session = home.get_children().first()
    ask(client, following=session.url)
    assert client.post(mailed_link()).url == session.url


def test_the_session_ends_with_the_browser_unless_one_asks_to_stay(client, participation):
    ask(client)
    client.post(mailed_link())
    assert client.session.get_expire_at_browser_close()
    client.logout()
    ask(client)
    client.post(mailed_link(), {"stay": "on"})
    assert not client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == 30 * 24 * 60 * 60


def test_a_link_is_good_for_half_an_hour(client, participation, autumn):
    ask(client)
    link = mailed_link()
    autumn.shift(timedelta(minutes=30))
    assert client.get(link).status_code == 200
    autumn.shift(timedelta(seconds=1))
    old, tampered = client.get(link), client.get(link[:-2] + "x/")
    assert (old.status_code, tampered.status_code) == (404, 404)
    assert client.post(link).status_code == 404
    assert signed_in(client) is None


def test_no_character_of_a_link_can_be_changed(client, participation):
    ask(client)
    link = mailed_link()
    begin = link.rindex("/", 0, -1) + 1
    pages = set()
    for place in range(begin, len(link) - 1):
        changed = link[:place] + ("A" if link[place] != "A" else "B") + link[place + 1 :]
        response = client.post(changed)
        assert response.status_code == 404, place
        pages.add(re.sub(r'href="[^"]*/sign-in/[^"]*"', "", response.content.decode()))
    assert len(pages) == 1
    assert signed_in(client) is None
    assert not UsedToken.objects.exists()


@pytest.mark.parametrize("token", ["x", "%00", "a%2Fb", "..", "%252e", "a:b:c", "1" * 3000])
def test_nonsense_is_a_neutral_404(client, site, token):
    assert client.get(f"{ASK}{token}/", follow=True).status_code == 404


def test_a_token_of_another_purpose_opens_nothing(client, participation):
    from keino_academy.core import doors

    token = doors.sign("holder", ["helena@koivuranta.example", "fi", "", "nonce"])
    assert client.post(f"{ASK}{token}/").status_code == 404


def test_the_session_is_a_new_one(client, participation):
    client.get(f"{ASK}")
    session = client.session
    session["planted"] = "x"
    session.save()
    before = session.session_key
    ask(client)
    client.cookies["sessionid"] = before
    client.post(mailed_link())
    assert client.session.session_key != before


def test_csrf_is_asked_of_the_form_the_link_and_the_way_out(participation):
    strict = Client(enforce_csrf_checks=True)
    ask(Client())
    for url in (ASK, mailed_link(), "/academy/fi/sign-out/"):
        assert strict.post(url, {"email": "helena@koivuranta.example"}).status_code == 403
    assert not UsedToken.objects.exists()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "/\n/evil.example/",
        "http:evil.example",
        "javascript:alert(1)",
        "evil.example",
        " //evil.example",
        "/x\r\nLocation: /y",
        "https:///evil.example",
        "/" + "x" * 3000,
    ],
)
def test_nobody_is_led_elsewhere(client, participation, elsewhere):
    assert safe_path(elsewhere) == ""
    ask(client, following=elsewhere)
    assert client.post(mailed_link()).url == MY


# Whose accounts


@pytest.mark.parametrize("kind", ["is_staff", "is_superuser", "admin"])
def test_staff_never_sign_in_by_mail(client, participation, kind):
    fields = {kind: True} if kind != "admin" else {}
    user = get_user_model().objects.create_user("boss", "helena@koivuranta.example", "secret", **fields)
    if kind == "admin":
        group = Group.objects.create(name="Editors of ours")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user.groups.add(group)
    ask(client)
    mail = OutboxMail.objects.get()
    assert mail.kind == "learning/sign_in_password"
    assert "/sign-in/" not in mail.text
    assert "http://localhost/admin/login/" in mail.text


def test_who_becomes_staff_after_the_link_was_sent_does_not_get_in(client, participation):
    ask(client)
    client.post(mailed_link())
    client.logout()
    ask(client)
    link = mailed_link()
    get_user_model().objects.update(is_staff=True)
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404
    assert signed_in(client) is None


def test_an_account_that_is_locked_does_not_get_in(client, participation):
    ask(client)
    client.post(mailed_link())
    client.logout()
    get_user_model().objects.update(is_active=False)
    ask(client)
    assert client.post(mailed_link()).status_code == 404


def test_an_account_of_the_site_is_not_taken_over(client, participation):
    known = get_user_model().objects.create_user("helena", "helena@koivuranta.example", "secret")
    ask(client)
    client.post(mailed_link())
    made = get_user_model().objects.exclude(pk=known.pk).get()
    assert signed_in(client) == str(made.pk)
    assert made.email == ""


def test_where_the_address_is_what_one_signs_in_with_its_account_is_the_members(db, monkeypatch):
    model = get_user_model()
    known = model.objects.create_user("helena", "helena@koivuranta.example", "secret")
    monkeypatch.setattr(model, "USERNAME_FIELD", "email")
    assert make_account("Helena@koivuranta.example", "Helena Koivu") == known
    assert make_account("new@koivuranta.example", "Uusi").email == "new@koivuranta.example"


def test_one_address_in_two_academies_is_one_account_that_chooses(client, site, participation, home):
    other = make_academy(site, title="Muu akatemia", slug="muu", code="muu")
    make_learning_pages(find_face(other, "fi"))
    second = make_participation(other, "helena@koivuranta.example", organisation="Hiekkaniemen kuntayhtymä")
    ask(client)
    client.post(mailed_link())
    assert get_user_model().objects.count() == 1
    response = client.get(MY)
    assert response.status_code == 200
    text = response.content.decode()
    for words in ("Koivurannan kaupunki", "Hiekkaniemen kuntayhtymä", "Muu akatemia", home.url):
        assert words in text
    second.members.update(left_at=timezone.now())
    assert client.get(MY).url == home.url


def test_two_members_of_one_team_are_two_accounts(client, participation):
    make_member(participation, "yrjo@koivuranta.example")
    for email in ("helena@koivuranta.example", "yrjo@koivuranta.example"):
        ask(client, email)
        client.post(mailed_link())
        client.logout()
    assert get_user_model().objects.count() == 2


# Out, and without an academy


def test_signing_out_takes_a_post(client, participation, home):
    ask(client)
    client.post(mailed_link())
    assert client.get("/academy/fi/sign-out/").status_code == 200
    assert signed_in(client)
    assert client.post("/academy/fi/sign-out/").url == ASK
    assert signed_in(client) is None
    assert client.get(home.url).status_code == 302


def test_my_academy_leads_strangers_to_the_sign_in_and_tells_outsiders(client, site, make_user):
    assert client.get(MY).url == f"{ASK}?next=%2Facademy%2Ffi%2Fmy%2F"
    client.force_login(make_user())
    assert client.get(MY).status_code == 403


def test_a_language_that_the_site_lacks_is_not_found(client, site):
    assert client.get("/academy/xx/sign-in/", follow=True).status_code == 404
