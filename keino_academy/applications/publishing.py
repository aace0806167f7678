"""Making a new version of the form when pages are published. A verb of its own."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import override

from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.announcement.programme import programme
from keino_academy.announcement.queries import criteria_of, entries_of, faces
from keino_academy.applications.documents import FormTexts, build_content, spoken, structure_hash
from keino_academy.applications.models import AbstractApplicationPage, FormDocument
from keino_academy.applications.own_questions import editors_questions
from keino_academy.applications.queries import application_pages, current_document
from keino_academy.core import clock
from keino_academy.core.languages import language_codes


@transaction.atomic
def publish_form(academy: Academy) -> FormDocument | None:
    """Write the form as the live pages say it; the newest document, or None where no page takes applications.

    An unchanged form makes no new version. A language without a page of its own gets the
    source's texts, marked as such.
    """
    Academy.objects.select_for_update().get(pk=academy.pk)
    latest = current_document(academy)
    announcements, pages = faces(academy), application_pages(academy)
    source, page = announcements.get(academy.language), pages.get(academy.language)
    if source is None or page is None:
        return latest
    said = _texts(academy, academy.language, source, page)
    texts = {academy.language: said}
    for language in language_codes():
        if language in announcements and language in pages:
            texts.setdefault(
                language, spoken(said, _texts(academy, language, announcements[language], pages[language]))
            )
        else:
            # The source's words, with dates as this language writes them.
            texts.setdefault(language, replace(said, entries=_moments(academy, language, source, source)))
    content = build_content(texts)
    if latest is not None and latest.content == content:
        return latest
    return FormDocument.objects.create(
        academy=academy,
        version=latest.version + 1 if latest else 1,
        content=content,
        structure=structure_hash(content),
        made_at=clock.now(),
    )


def _texts(
    academy: Academy, language: str, announcement: AbstractAcademyPage, page: AbstractApplicationPage
) -> FormTexts:
    """What the two pages of a language say."""
    source = faces(academy)[academy.language]
    return FormTexts(
        language=language,
        criteria=criteria_of(announcement, entries_of(announcement, academy.time_zone)),
        questions=editors_questions(page.questions),
        entries=_moments(academy, language, source, announcement),
        asks_pilot=page.asks_pilot,
        team_size=page.team_size,
        asks_management=page.asks_management,
    )


def _moments(
    academy: Academy, language: str, source: AbstractAcademyPage, spoken_by: AbstractAcademyPage
) -> tuple[tuple[str, str], ...]:
    """The timeline's entries by id: the source's times, the translation's titles."""
    titles = {entry.id: entry.title for entry in entries_of(spoken_by, academy.time_zone)}
    entries = [
        replace(entry, title=titles.get(entry.id) or entry.title)
        for entry in entries_of(source, academy.time_zone)
    ]
    with override(language):
        items = programme(entries, clock.now())
        return tuple(
            (item.entry.id, f"{item.entry.title}, {item.day} {item.hours}".strip()) for item in items
        )
