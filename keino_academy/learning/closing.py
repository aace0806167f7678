"""Keeping trees and documents closed, again and again without harm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.query import PageQuerySet

from keino_academy.learning import queries
from keino_academy.learning.models import AbstractLearningHomePage, ClosedDocument

__all__ = ["close_all", "close_documents", "close_root", "close_tree"]


def close_root(root: Page) -> bool:
    """Give a participants' home its one LOGIN restriction; True when it had to be mended.

    Wagtail resolves an alias to its source, so an alias has none of its own.
    """
    with transaction.atomic():
        standing = list(PageViewRestriction.objects.filter(page=root).order_by("pk"))
        if root.alias_of_id is None:
            good = [row for row in standing if row.restriction_type == PageViewRestriction.LOGIN][:1]
        else:
            good = []
        surplus = [row.pk for row in standing if row not in good]
        PageViewRestriction.objects.filter(pk__in=surplus).delete()
        if root.alias_of_id is None and not good:
            PageViewRestriction.objects.create(page=root, restriction_type=PageViewRestriction.LOGIN)
            return True
    return bool(surplus)


def close_documents(page: Page, *contents: Any) -> int:
    """Close every document that the page uses; returns how many were open until now.

    ``contents`` are states of the page that are to be searched, such as a draft; its own if none.
    """
    roots = queries.roots_of(page)
    if not roots and not queries.is_learning_page(page):
        return 0
    used = {document for content in contents or (page.specific,) for document in documents_in(content)}
    known = set(ClosedDocument.objects.filter(page=page.pk).values_list("document", flat=True))
    if not used - known:
        return 0
    academy = queries.academies_above(roots).first()
    rows = [ClosedDocument(document=document, page_id=page.pk, academy=academy) for document in used - known]
    # Two who publish at once close the same documents: the second finds them closed.
    ClosedDocument.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def documents_in(content: Any) -> Iterator[str]:
    """Primary keys of the documents that an object refers to: in choosers, streams, rich text, children."""
    # Wagtail's own walk, before it is written to the index: the index waits for a task queue,
    # and knows no drafts.
    kind = ReferenceIndex._get_base_content_type(get_document_model()).pk  # noqa: SLF001
    for content_type, object_id, *_paths in ReferenceIndex._extract_references_from_object(content):  # noqa: SLF001
        if content_type == kind:
            yield str(object_id)


def close_tree(page: Page) -> int:
    """Close what stands at and below a page; returns how much had to be mended."""
    return _close(Page.objects.descendant_of(page, inclusive=True))


def close_all() -> int:
    """Close every participants' tree of the site; returns how much had to be mended."""
    return _close(queries.closed_pages())


def _close(pages: PageQuerySet) -> int:
    mended = 0
    for page in pages.specific().iterator():
        if isinstance(page, AbstractLearningHomePage):
            mended += close_root(page)
        draft = page.get_latest_revision_as_object() if page.latest_revision_id else page
        mended += close_documents(page, page, draft)
    return mended
