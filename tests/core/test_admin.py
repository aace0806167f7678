"""What the scoped viewset closes by itself, and what exports can't do to whoever opens them."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.models import Page

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy, AcademyRight
from keino_academy.announcement.rights import academies_for
from keino_academy.booking.models import SlotSeries
from keino_academy.core.admin import ScopedViewSet
from keino_academy.core.exports import defuse
from tests.factories.announcement import make_academy


class SeriesViewSet(ScopedViewSet):
    """A viewset as a room writes it; never registered."""

    model = SlotSeries
    allows = frozenset({"view", "add", "change"})

    def owners(self, user, action):
        return academies_for(user, Right.BOOKINGS)


@pytest.fixture
def viewset(monkeypatch):
    # Wagtail's registry must not remember what this test makes.
    monkeypatch.setattr("wagtail.VERSION", (7, 4))
    return SeriesViewSet("test_series")


@pytest.fixture
def two(site):
    academies = [make_academy(site, code=code, slug=code) for code in ("a", "b")]
    series = [
        SlotSeries.objects.create(
            academy=academy, translation_key=academy.translation_key, title=academy.code
        )
        for academy in academies
    ]
    return academies, series


@pytest.fixture
def booker(two, django_user_model):
    """Somebody who manages bookings in A and reads applications in B."""
    (a, b), _series = two
    group = Group.objects.create(name="Bookers")
    AcademyRight.objects.create(group=group, academy=a, right=Right.BOOKINGS)
    AcademyRight.objects.create(group=group, academy=b, right=Right.READ)
    user = django_user_model.objects.create_user("booker", "b@x.example", "x")
    user.groups.add(group)
    return user


@pytest.mark.django_db
def test_rows_are_those_of_the_right_in_the_academy(viewset, two, booker):
    _academies, (own, foreign) = two
    assert list(viewset.scope(booker)) == [own]
    assert list(viewset.scope(booker, "change")) == [own]
    policy = viewset.permission_policy
    assert policy.user_has_permission_for_instance(booker, "change", own) is True
    assert policy.user_has_permission_for_instance(booker, "change", foreign) is False
    assert list(policy.instances_user_has_any_permission_for(booker, ["view", "delete"])) == [own]


@pytest.mark.django_db
def test_what_is_not_allowed_at_all_is_not_a_superusers_either(viewset, two, admin_user):
    policy = viewset.permission_policy
    assert policy.user_has_permission(admin_user, "change") is True
    assert policy.user_has_permission(admin_user, "delete") is False
    assert list(viewset.scope(admin_user, "delete")) == []


@pytest.mark.django_db
def test_nobody_and_who_was_switched_off_see_nothing(viewset, two, booker):
    assert list(viewset.scope(AnonymousUser())) == []
    booker.is_active = False
    assert list(viewset.scope(booker)) == []


@pytest.mark.django_db
def test_choices_fail_closed(viewset, two, booker):
    (a, _b), _series = two
    assert list(viewset.choices(booker, "change", "academy", Academy.objects.all())) == [a]
    assert list(viewset.choices(booker, "change", "page", Page.objects.all())) == []
    viewset.open_choices = frozenset({"page"})
    assert viewset.choices(booker, "change", "page", Page.objects.all()).exists()


@pytest.mark.django_db
def test_no_permission_of_djangos_is_offered(viewset):
    assert list(viewset.get_permissions_to_register()) == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "\x0b=1"])
def test_no_cell_is_a_formula(text):
    assert defuse(text).startswith("'")


@given(st.text())
def test_every_text_can_be_written_to_a_spreadsheet(text):
    assert not ILLEGAL_CHARACTERS_RE.search(defuse(text))


def test_what_is_no_text_stays():
    assert (defuse(-5), defuse(None), defuse("a-b")) == (-5, None, "a-b")
