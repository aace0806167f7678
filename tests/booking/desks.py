"""People who manage bookings, and what their pages say."""

import re

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.users.models import UserProfile

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy, AcademyRight

INVISIBLE = dict.fromkeys(map(ord, "\u2060\u00ad"))


def make_organiser(*academies: Academy, name: str = "organiser", right: str = Right.BOOKINGS):
    """A user who manages the bookings of some academies, in English."""
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for academy in academies:
        AcademyRight.objects.create(group=group, academy=academy, right=right)
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "x")
    user.groups.add(group)
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


def own(queries) -> int:
    """How many of the queries read the room's own tables; the menu's number is not this page's affair."""
    tables = r'FROM "keino_academy_(slot|booking|waiting|host|slotseries|bookablesession|slot_hosts)"'
    return sum(bool(re.search(tables, query["sql"])) for query in queries)


def said(answer, selector: str) -> list[str]:
    """What stands in the page's elements, as people see it."""
    found = BeautifulSoup(answer.content.decode(), "html.parser").select(selector)
    texts = (element.get_text(" ").translate(INVISIBLE).replace("\u00a0", " ") for element in found)
    return [re.sub(r"\s+([,.])", r"\1", " ".join(text.split())) for text in texts]
