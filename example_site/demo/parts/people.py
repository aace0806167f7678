"""Who works in the admin of the demonstration."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from keino_academy.announcement.enums import Right
from keino_academy.models import Academy, AcademyRight

#: The contact person of the organisation that takes part.
MEMBER = "hilla.harju@hiekkaniemi.example"
ORGANISERS = "Kiertotalouden akatemian järjestäjät"


@dataclass(frozen=True)
class Staff:
    """A demo account; its password is printed and serves the demonstration only."""

    name: str
    password: str
    what: str
    group: str = ""


STAFF = (
    Staff("admin", "demo-admin-2023", "may do everything"),
    Staff("editor", "demo-editor-2023", "writes and publishes pages", "Moderators"),
    Staff("organiser", "demo-organiser-2023", "runs the academy of 2023", ORGANISERS),
)


def make_people(academy: Academy) -> None:
    """Make groups and accounts."""
    group, _created = Group.objects.get_or_create(name=ORGANISERS)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in Right.values:
        AcademyRight.objects.get_or_create(group=group, academy=academy, right=right)
    for staff in STAFF:
        _make(staff)


def _make(staff: Staff) -> None:
    users = get_user_model().objects
    if users.filter(username=staff.name).exists():
        return
    mail = f"{staff.name}@osaamiskeskus.example"
    if not staff.group:
        users.create_superuser(username=staff.name, email=mail, password=staff.password)
        return
    user = users.create_user(username=staff.name, email=mail, password=staff.password)
    user.groups.add(Group.objects.get(name=staff.group))
