"""Taking files in: bounded while they arrive, so that no request fills memory or disk."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import Http404, HttpRequest, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from keino_academy.conf import academy_settings
from keino_academy.core.languages import is_language
from keino_academy.core.views import seal

logger = logging.getLogger("keino_academy.files")

#: Of how many times the bytes that are kept of one request its whole body is still read; the rest is thrown away.
READ_TIMES = 10


def most_at_once() -> int:
    """Bytes of all files of one request that are kept while it is answered."""
    return int(academy_settings.FILE_MOST_BYTES * academy_settings.FILE_MOST_EACH)


class NotKept(UploadedFile):
    """Stands in ``request.FILES`` for a file that was not kept: its name, its true size, and nothing of it.

    ``reason`` is ``large``, ``crowded`` (others of the same request had filled what is kept) or ``full``
    (there was no room on the disk).
    """

    def __init__(self, name: str, size: int, reason: str) -> None:
        super().__init__(io.BytesIO(), name, "application/octet-stream", size)
        self.reason = reason


class BoundedUploadHandler(FileUploadHandler):
    """Writes files to the temporary folder, each and all of them up to a limit; what is over is read and dropped.

    Answers beside the files arrive whole. ``cut_off`` says afterwards whether the body ended before its end.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.room = most_at_once()
        self.reason = ""
        self.cut_off = False
        self._tail = b""
        self._last = b""
        self._kept: TemporaryUploadedFile | None = None

    def handle_raw_input(self, input_data: Any, *told: Any) -> None:
        """Watch the body's end: Django takes half a body for a whole one."""
        _meta, _length, boundary, _encoding = told
        self._last = b"--" + boundary + b"--"
        read = input_data.read

        def watched(*args: Any) -> bytes:
            data: bytes = read(*args)
            self._tail = (self._tail + data)[-len(self._last) - 4096 :]
            return data

        input_data.read = watched

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open a file in the temporary folder."""
        super().new_file(*args, **kwargs)
        self.reason = ""
        self._kept = None
        try:
            # Its name comes afterwards: Django makes a part of it a part of a path, where a long one breaks.
            self._kept = TemporaryUploadedFile(
                "upload", self.content_type, 0, self.charset, self.content_type_extra
            )
            self._kept.name = self.file_name
        except OSError as error:
            self._drop("full", error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what there is room for."""
        if self._kept is None:
            return
        if start + len(raw_data) > academy_settings.FILE_MOST_BYTES:
            self._drop("large")
        elif len(raw_data) > self.room:
            self._drop("crowded")
        else:
            try:
                self._kept.write(raw_data)
            except OSError as error:
                self._drop("full", error)
            else:
                self.room -= len(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file, or what stands for it."""
        kept, self._kept = self._kept, None
        if kept is not None:
            try:
                kept.seek(0)
            except OSError as error:
                # What was written lay in a buffer until now.
                self._kept = kept
                self._drop("full", error)
            else:
                kept.size = file_size
                return kept
        return NotKept(self.file_name or "", file_size, self.reason)

    def upload_complete(self) -> None:
        """Whether the last boundary came."""
        self.cut_off = self._last not in self._tail

    def upload_interrupted(self) -> None:
        """Nothing of a broken request stays."""
        self._close()

    def _drop(self, reason: str, error: OSError | None = None) -> None:
        if error is not None:
            logger.error("No room for an uploaded file: %s", type(error).__name__)
        self.reason = reason
        self._close()

    def _close(self) -> None:
        kept, self._kept = self._kept, None
        if kept is None:
            return
        try:
            self.room += kept.tell()
            kept.close()
        except OSError:
            # Closing writes what is left in the buffer, for which there is no room either. It is removed all the same.
            logger.warning("A temporary file was closed without its last bytes")


def takes_files(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a view (``SectionView.as_view()``) take files within the limits; use it in ``urls.py``.

    The limits hold before the body is read, so this comes before the check against forgery, which the
    view still gets. A body that is too large is refused unread (413); one that was cut off (400) changes
    nothing, since what is missing of it would count as emptied. Both are told in words.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not _is_multipart(request):
            return protected(request, *args, **kwargs)
        if _told_length(request) > most_at_once() * READ_TIMES:
            return _refusal(request, kwargs, "large", 413)
        handler = BoundedUploadHandler(request)
        request.upload_handlers = [handler]
        try:
            request.POST  # noqa: B018 - reads the body
        except SuspiciousOperation:
            # More fields, files or characters than Django takes.
            return _refusal(request, kwargs, "large", 413)
        except (UnreadablePostError, MultiPartParserError, BadRequest):
            handler.cut_off = True
        if handler.cut_off:
            return _refusal(request, kwargs, "cut", 400)
        return protected(request, *args, **kwargs)

    return taken


def _is_multipart(request: HttpRequest) -> bool:
    return request.content_type == "multipart/form-data"


def _told_length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or ""
    return int(told) if told.isascii() and told.isdigit() else 0


def _refusal(request: HttpRequest, kwargs: dict[str, Any], what: str, status: int) -> HttpResponseBase:
    language = kwargs.get("language", "")
    if not is_language(language):
        raise Http404
    with override(language):
        request.LANGUAGE_CODE = language
        page = render(request, "keino_academy/errors/upload.html", {"what": what}, status=status)
    return seal(page)
