"""Participations in the admin."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import AcademyRight
from keino_academy.core.models import OutboxMail
from tests.factories.announcement import make_academy
from tests.factories.learning import make_member, make_participation

INDEX = "keino_participations:index"


@pytest.fixture
def participation(academy):
    found = make_participation(academy)
    make_member(found, "yrjo@koivuranta.example", name="Yrjö")
    return found


@pytest.fixture
def foreign(site, academy):
    other = make_academy(site, title="Muu akatemia", slug="muu", code="muu")
    return make_participation(other, organisation="Hiekkaniemen kuntayhtymä")


@pytest.fixture
def organiser(client, academy, make_user):
    """Signs in who manages the participants of the academy."""
    user = make_user("organiser")
    group = Group.objects.create(name="Organisers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    AcademyRight.objects.create(group=group, academy=academy, right=Right.PARTICIPANTS)
    client.force_login(user)
    return user


def test_the_list_holds_ones_own_academies_only(client, organiser, participation, foreign):
    text = client.get(reverse(INDEX)).content.decode()
    assert "Koivurannan kaupunki" in text
    assert "Hiekkaniemen kuntayhtymä" not in text


def test_the_list_asks_as_much_for_one_as_for_many(client, organiser, academy, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_participation(academy, "one@example.org")
    client.get(reverse(INDEX))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(INDEX))
    for number in range(10):
        make_participation(academy, f"{number}@example.org", organisation=f"Kunta {number}")
    with django_assert_num_queries(len(one)):
        client.get(reverse(INDEX))


def test_a_participation_shows_its_members(client, organiser, participation):
    text = client.get(reverse("keino_participations:inspect", args=[participation.pk])).content.decode()
    for member in participation.members.all():
        assert member.email in text
        assert reverse("keino_participations:invite", args=[member.pk]) in text
        assert reverse("keino_participations:leave", args=[member.pk]) in text


def test_an_invitation_is_sent_again_by_post(client, organiser, participation):
    member = participation.members.last()
    url = reverse("keino_participations:invite", args=[member.pk])
    assert "yrjo@koivuranta.example" in client.get(url).content.decode()
    assert not OutboxMail.objects.exists()
    response = client.post(url)
    assert response.url == reverse("keino_participations:inspect", args=[participation.pk])
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to) == ("learning/invitation", "yrjo@koivuranta.example")
    member.refresh_from_db()
    assert member.invited_at == timezone.now()


def test_a_member_is_marked_as_left_by_post_and_is_then_nobody_to_invite(client, organiser, participation):
    member = participation.members.last()
    url = reverse("keino_participations:leave", args=[member.pk])
    client.get(url)
    member.refresh_from_db()
    assert member.left_at is None
    client.post(url)
    member.refresh_from_db()
    assert member.left_at == timezone.now()
    invite = reverse("keino_participations:invite", args=[member.pk])
    assert client.post(invite, follow=True).status_code == 404
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize("name", ["inspect", "invite", "leave"])
def test_another_academys_rows_are_not_found(client, organiser, foreign, name):
    pk = foreign.pk if name == "inspect" else foreign.members.get().pk
    url = reverse(f"keino_participations:{name}", args=[pk])
    for send in (client.get, client.post):
        assert send(url, follow=True).status_code in {404, 405}
    assert foreign.members.get().left_at is None
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize("name", ["invite", "leave", "index"])
def test_who_manages_no_participants_is_refused(client, participation, organiser, academy, name):
    AcademyRight.objects.update(right=Right.READ)
    args = [] if name == "index" else [participation.members.first().pk]
    response = client.get(reverse(f"keino_participations:{name}", args=args))
    assert (response.status_code, response.url) == (302, "/admin/")


def test_who_manages_no_participants_finds_none(client, participation, organiser):
    AcademyRight.objects.update(right=Right.READ)
    url = reverse("keino_participations:inspect", args=[participation.pk])
    assert client.get(url, follow=True).status_code == 404
