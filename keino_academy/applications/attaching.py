"""Adding files to an application and removing them. Verbs."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection
from functools import partial

from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keino_academy.applications.actions.moving import NotPossible, why_not
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.journey import Question, QuestionType, Section
from keino_academy.applications.models import Application, Attachment
from keino_academy.applications.queries import files_of
from keino_academy.booking.contention import alone_or_inside
from keino_academy.conf import academy_settings
from keino_academy.core import clock
from keino_academy.core.file_kinds import (
    clean_name,
    content_type_of,
    extension_of,
    is_of_kind,
    kind_words,
    known_kinds,
    size_words,
)
from keino_academy.core.scanning import RefusedFile, scan

logger = logging.getLogger("keino_academy.files")

#: In which states an applicant may still add files, and remove them: what was sent may rest on them.
OPEN = frozenset({ApplicationState.DRAFT, ApplicationState.INTEREST_SENT, ApplicationState.RETURNED})
REMOVABLE = frozenset({ApplicationState.DRAFT, ApplicationState.RETURNED})


def take_files(
    application: Application, section: Section, files: MultiValueDict[str, UploadedFile]
) -> list[tuple[str, str]]:
    """Add what was uploaded for a section's questions: ``take_files(application, section, request.FILES)``.

    Files come under the names of the form's fields, ``q-<question id>``, several under each.
    What is taken is kept at once, and stays whatever becomes of the other answers. For what is
    not taken there is a pair of question id and words to show beside the field, as by
    ``form.add_error(f"q-{question}", words)``. A file is never a reason to lose an answer.

    The view is wrapped by :func:`keino_academy.core.uploads.takes_files`, and its form has
    ``enctype="multipart/form-data"``. Whether a required question is answered: :func:`has_answer`.
    """
    problems = []
    for question in section.questions:
        if question.type != QuestionType.FILE:
            continue
        for upload in files.getlist(f"q-{question.id}"):
            try:
                attach(application, question.id, upload)
            except (RefusedFile, NotPossible) as reason:
                problems.append((question.id, str(reason)))
    _forget(application)
    return problems


def has_answer(application: Application, question: Question) -> bool:
    """Whether at least one file answers the question."""
    return bool(files_of(application, question))


def attach(application: Application, question: str, upload: UploadedFile) -> Attachment:
    """Keep a file as an answer to the question with this id; the same content twice is kept once.

    Raises :class:`RefusedFile` with words for the applicant where it is not taken, or cannot be
    stored just now, and :class:`NotPossible` where the application takes no files any more.
    Nothing is written in either case.
    """
    name = clean_name(upload.name or "")
    size, digest = _look_at(upload, name)
    about = {"question": question, "name": name, "size": size, "digest": digest}
    tries: list[Attachment] = []

    def keep() -> Attachment:
        _drop(tries)
        tries.append(Attachment(**about, content_type=content_type_of(name), added_at=clock.now()))
        return _keep(application, tries[-1], upload)

    try:
        return alone_or_inside(keep)
    except BaseException as error:
        _drop(tries)
        if isinstance(error, OSError | ImproperlyConfigured):
            logger.error("A file could not be stored: %s", type(error).__name__)
            raise RefusedFile(_not_stored(name)) from None
        raise
    finally:
        _forget(application)


def detach(attachment: Attachment) -> None:
    """Remove a file from its application; once is enough.

    Raises :class:`NotPossible` where the application is sent.
    """

    def remove() -> None:
        _locked(attachment.application_id, REMOVABLE)
        for row in Attachment.objects.filter(pk=attachment.pk):
            row.delete()

    alone_or_inside(remove)


def remove_afterwards(attachment: Attachment) -> None:
    """Remove the file of a row that is deleted, once the deletion stands."""
    if attachment.file:
        remove = partial(_remove, attachment.file.storage, attachment.file.name)
        transaction.on_commit(remove, robust=True)


def _look_at(upload: UploadedFile, name: str) -> tuple[int, str]:
    """Size and digest of a file that may be taken."""
    reason, types = getattr(upload, "reason", ""), academy_settings.FILE_TYPES
    if reason == "full":
        raise RefusedFile(_not_stored(name))
    if reason == "crowded":
        said = _("“%(name)s” was not added, because so much cannot be sent at once. Add it again by itself.")
        raise RefusedFile(said % {"name": name})
    if (upload.size or 0) > academy_settings.FILE_MOST_BYTES:
        said = _("“%(name)s” is too large. Add a file of at most %(size)s.")
        raise RefusedFile(said % {"name": name, "size": size_words(academy_settings.FILE_MOST_BYTES)})
    if not upload.size:
        raise RefusedFile(_("“%(name)s” is empty. Check the file and add it again.") % {"name": name})
    if extension_of(name) not in known_kinds(types):
        said = _("“%(name)s” is of a kind that cannot be added. Add one of these: %(kinds)s.")
        raise RefusedFile(said % {"name": name, "kinds": kind_words(types)})
    if not is_of_kind(upload, extension_of(name)):
        said = _(
            "“%(name)s” is damaged, or it is not what its name says. Save it anew as one of these: %(kinds)s."
        )
        raise RefusedFile(said % {"name": name, "kinds": kind_words(types)})
    scan(upload, name)
    return upload.size, _digest(upload)


def _digest(upload: UploadedFile) -> str:
    found = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()


def _keep(application: Application, attachment: Attachment, upload: UploadedFile) -> Attachment:
    attachment.application = _locked(application.pk)
    others = Attachment.objects.filter(application=application, question=attachment.question)
    same = others.filter(digest=attachment.digest).first()
    if same is not None:
        return same
    most = int(academy_settings.FILE_MOST_EACH)
    if others.count() >= most:
        said = ngettext(
            "“%(name)s” was not added: the question takes %(most)s file. Remove the other one first.",
            "“%(name)s” was not added: the question takes %(most)s files. Remove one first.",
            most,
        )
        raise RefusedFile(said % {"name": attachment.name, "most": most})
    attachment.file.save(attachment.name, upload, save=False)
    attachment.save()
    return attachment


def _locked(pk: int, states: Collection[ApplicationState] = OPEN) -> Application:
    # Touched and not only locked: where a transaction reads what stood when it began, whoever waited
    # here would count the files of before. A row that changed makes it begin again.
    Application.objects.filter(pk=pk).update(secret=F("secret"))
    locked = Application.objects.get(pk=pk)
    if locked.state not in states:
        raise NotPossible(why_not(locked))
    return locked


def _drop(tries: list[Attachment]) -> None:
    """Remove the files of rows that are not there: nobody would ever find them."""
    for attachment in tries:
        if attachment.file:
            _remove(attachment.file.storage, attachment.file.name)
    tries.clear()


def _remove(storage: Storage, name: str | None) -> None:
    try:
        storage.delete(str(name))
    except OSError as error:
        logger.error("A file could not be removed: %s", type(error).__name__)


def _not_stored(name: str) -> str:
    return _("“%(name)s” could not be stored just now. Add it again in a few minutes.") % {"name": name}


def _forget(application: Application) -> None:
    """What was prefetched does not hold any more."""
    getattr(application, "_prefetched_objects_cache", {}).pop("attachments", None)
