"""Reading learning: members, closed trees, sessions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from wagtail.models import Page

from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import find_face
from keino_academy.core.addresses import root_url
from keino_academy.learning.models import (
    AbstractLearningHomePage,
    AbstractSessionPage,
    ClosedDocument,
    Member,
    Participation,
)

__all__ = [
    "academies_above",
    "closed_pages",
    "closing_of",
    "feed_holder",
    "homes_of",
    "is_learning_page",
    "link_of_entry",
    "live_members",
    "members_of",
    "pages_of_entry",
    "roots_of",
    "sessions_in",
    "sessions_of",
    "types_of",
]

#: A member who is in: the member has not left, and the participation has not ended.
_IN = Q(left_at__isnull=True, participation__ended_at__isnull=True)


def live_members(**lookups: Any) -> QuerySet[Member]:
    """Members who are in, with their participation and its academy."""
    return Member.objects.filter(_IN, **lookups).select_related("participation__academy")


def members_of(user: Any) -> QuerySet[Member]:
    """What the user is a member of now."""
    if not user.is_authenticated or not user.is_active:
        return Member.objects.none()
    return live_members(user=user)


def team_of(participation: Participation) -> QuerySet[Member]:
    """Who is in the participation, the contact person first."""
    return participation.members.filter(left_at__isnull=True).order_by("pk")


def feed_holder(member: Member) -> str:
    """What the booking room keeps a member's own calendar under."""
    return f"member:{member.pk}"


def types_of(abstract: type[Page]) -> tuple[type[Page], ...]:
    """Every page type that is made of the abstract one: ours, and the site's own."""
    found: list[type[Page]] = []
    for model in abstract.__subclasses__():
        found += ([] if model._meta.abstract else [model]) + list(types_of(model))
    return tuple(dict.fromkeys(found))


def _content_types(abstract: type[Page]) -> list[int]:
    models = ContentType.objects.get_for_models(*types_of(abstract), for_concrete_models=False)
    return [content_type.pk for content_type in models.values()]


def is_learning_page(page: Page) -> bool:
    """Whether the page is of a type that is closed wherever it stands."""
    types = types_of(AbstractLearningHomePage) + types_of(AbstractSessionPage)
    return page.cached_content_type.model_class() in types


def _roots() -> QuerySet[Page]:
    return Page.objects.filter(content_type__in=_content_types(AbstractLearningHomePage))


def roots_of(page: Page) -> list[Page]:
    """The closed roots that hold the page, or its twin in any language; none when it is open.

    One query at any size of the tree.
    """
    family = Page.objects.filter(
        Q(pk=page.pk) | Q(translation_key=page.translation_key), path__startswith=OuterRef("path")
    )
    return list(_roots().filter(Exists(family)).select_related("locale"))


def closed_pages() -> QuerySet[Page]:
    """Every page of every closed tree."""
    under = [Q(path__startswith=path) for path in _roots().values_list("path", flat=True)]
    if not under:
        return Page.objects.none()
    tree = Page.objects.filter(_any(under))
    return Page.objects.filter(translation_key__in=tree.values("translation_key"))


def academies_above(roots: Iterable[Page]) -> QuerySet[Academy]:
    """The academies to which closed roots belong: those of the pages above them."""
    paths = {
        root.path[:end] for root in roots for end in range(Page.steplen, len(root.path) + 1, Page.steplen)
    }
    return Academy.objects.filter(
        translation_key__in=Page.objects.filter(path__in=paths).values("translation_key")
    )


def homes_of(academies: Iterable[Academy]) -> dict[int, dict[str, Page]]:
    """The live participants' home pages by academy and language code; three queries for any number."""
    keys = {academy.translation_key: academy.pk for academy in academies}
    faces = list(Page.objects.filter(translation_key__in=keys).only("path", "translation_key"))
    homes: dict[int, dict[str, Page]] = {pk: {} for pk in keys.values()}
    if not faces:
        return homes
    under = _any([Q(path__startswith=face.path) for face in faces])
    for home in _roots().filter(under, live=True).select_related("locale").order_by("path"):
        for face in faces:
            if home.path.startswith(face.path):
                homes[keys[face.translation_key]].setdefault(home.locale.language_code, home)
    return homes


def sessions_of(home: Page) -> list[AbstractSessionPage]:
    """The live sessions right below a participants' home, of every type; one query for each type."""
    found: list[AbstractSessionPage] = []
    for model in types_of(AbstractSessionPage):
        found += model.objects.child_of(home).live().select_related("locale")
    return sorted(found, key=lambda page: page.path)


def sessions_in(academy: Academy) -> list[AbstractSessionPage]:
    """Every session page of the academy, in any language, live or not; one query for each type and one."""
    faces = Page.objects.filter(translation_key=academy.translation_key).values_list("path", flat=True)
    under = [Q(path__startswith=path) for path in faces]
    found: list[AbstractSessionPage] = []
    for model in types_of(AbstractSessionPage) if under else ():
        found += model.objects.filter(_any(under)).select_related("locale")
    return sorted(found, key=lambda page: page.path)


def pages_of_entry(academy: Academy, entry_id: str) -> dict[str, AbstractSessionPage]:
    """The pages of the session that an entry is, by language; where there are several, a live one."""
    pages = [page for page in sessions_in(academy) if page.timeline_entry == entry_id]
    return {page.locale.language_code: page for page in sorted(pages, key=lambda page: page.live)}


def link_of_entry(academy: Academy, entry_id: str, language: str) -> str:
    """The whole address of the session's page for a mail; that of "my academy" where none is live."""
    pages = {code: page for code, page in pages_of_entry(academy, entry_id).items() if page.live}
    page = pages.get(language) or pages.get(academy.language)
    mine = reverse("keino_academy:my_academy", kwargs={"language": language})
    return (page.full_url if page else None) or root_url(find_face(academy, language)) + mine


def closing_of(document: Any) -> list[ClosedDocument]:
    """What closes a document; empty when it is open. One query."""
    rows = ClosedDocument.objects.filter(document=str(document.pk))
    return list(rows.select_related("academy", "page"))


def _any(conditions: list[Q]) -> Q:
    result = conditions[0]
    for condition in conditions[1:]:
        result |= condition
    return result
