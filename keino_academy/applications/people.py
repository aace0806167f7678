"""Reading who takes part in an application besides its contact person: by link, by door, by state."""

from __future__ import annotations

import hashlib
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from keino_academy.announcement.queries import academy_title, find_face
from keino_academy.applications.attendance import session_options
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application, Countersignature, TeamMember
from keino_academy.applications.promise import digest, promise
from keino_academy.applications.queries import all_answers, find_application, sections_for
from keino_academy.core.addresses import root_url

#: How the one who countersigns, and all people together, are named where one of them is told apart.
MANAGEMENT, EVERYBODY = "management", "everybody"

S = ApplicationState
#: States in which nobody learns anything of the application by a link of these.
GONE = frozenset({S.WITHDRAWN, S.ERASED})
#: States in which what people said can still be changed: until the decision.
OPEN = frozenset({S.DRAFT, S.INTEREST_SENT, S.RETURNED, S.FINAL_SENT, S.IN_REVIEW})


def may_be_asked(application: Application) -> bool:
    """Whether links may go out: until the decision, and of a draft once its own link in the mail was opened.

    Before that the address is whatever somebody typed, and nobody is written to in its name.
    """
    if application.state == S.DRAFT:
        return application.opened_at is not None
    return application.state in OPEN


def addresses_of(application: Application, who: str) -> list[str]:
    """To whom a link would go: of ``management``, of the member with that primary key, of ``everybody``."""
    signature = getattr(application, "countersignature", None)
    people = {str(one.pk): one.email for one in application.team.all()}
    if signature is not None:
        people[MANAGEMENT] = signature.email
    wanted = people.values() if who == EVERYBODY else [people.get(who, "")]
    return [email for email in wanted if email]


def find_member(**by: Any) -> TeamMember | None:
    """A member by ``secret``, or by the application's reference and a number, with all of the application."""
    return _with_application(TeamMember.objects.filter(**by).first())


def find_countersignature(**by: Any) -> Countersignature | None:
    """A countersignature by ``secret`` or the application's reference, with all of the application."""
    return _with_application(Countersignature.objects.filter(**by).first())


def _with_application(person: Any) -> Any:
    application = find_application(pk=person.application_id) if person else None
    if application is None or application.state in GONE:
        return None
    person.application = application
    return person


def door_of(person: TeamMember | Countersignature) -> str:
    """What a session remembers of a link: another secret is another door, so an old one opens nothing."""
    mark = hashlib.sha256(person.secret.encode()).hexdigest()[:16]
    return f"{person.application_id}.{mark}"


def member_link(member: TeamMember) -> str:
    """The absolute secret link of a member, in the application's language; only the member may get it."""
    return _link("team_member_open", member)


def management_link(signature: Countersignature) -> str:
    """The absolute secret link by which a director countersigns; only the director may get it."""
    return _link("commitment_open", signature)


def _link(name: str, person: TeamMember | Countersignature) -> str:
    application = person.application
    kwargs = {"language": application.language, "secret": person.secret}
    face = find_face(application.academy, application.language)
    return root_url(face) + reverse(f"keino_academy:{name}", kwargs=kwargs)


def sessions_in(application: Application, language: str) -> tuple[tuple[str, str], ...]:
    """Ids and labels of the sessions that the application's form asks about, in a language."""
    return session_options(sections_for(application, language))


def promise_of(application: Application, language: str) -> dict[str, Any]:
    """What the management is asked to commit to, as the application stands now."""
    sections = sections_for(application, language)
    with override(language):
        return promise(
            application.organisation,
            academy_title(application.academy, language),
            sections,
            all_answers(application, sections),
            language,
        )


def still_holds(signature: Countersignature) -> bool:
    """Whether what was signed is what the application says now, in the language in which it was signed."""
    if signature.signed_at is None:
        return False
    return digest(promise_of(signature.application, signature.promise["language"])) == signature.digest
