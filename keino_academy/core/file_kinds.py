"""What kinds of file there are, by name and by content; how a file may be called. No database."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from keino_academy.core.packed_files import is_office, is_open_document
from keino_academy.core.text import clean_line

#: Characters of the longest name that is kept.
LONGEST_NAME = 200
#: More points than any camera's picture has; a file of a few kilobytes can claim as many.
MOST_POINTS = 100_000_000
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Kind:
    """A kind of file: what browsers are told that it is, and a function that looks at the content."""

    content_type: str
    is_of_kind: Callable[[Any], bool]


def _is_pdf(file: Any) -> bool:
    # ISO 32000-1, 7.5.2: the header is the first line. A byte order mark before it is common.
    return bool(file.read(16).removeprefix(codecs.BOM_UTF8).startswith(b"%PDF-"))


def _is_picture(kind: str) -> Callable[[Any], bool]:
    def looks_right(file: Any) -> bool:
        # Imported late: Pillow is heavy, and few requests need it.
        from PIL import Image

        try:
            with Image.open(file, formats=[kind]) as picture:
                width, height = picture.size
                if width * height > MOST_POINTS:
                    return False
                picture.verify()
        except Exception:  # noqa: BLE001 - whatever a broken picture makes Pillow raise
            return False
        return True

    return looks_right


def _is_text(file: Any) -> bool:
    """Text in UTF-8, in UTF-16 with its mark, or as spreadsheets in Western Europe write it."""
    first = file.read(4)
    file.seek(0)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decodes(file, "utf-16")
    if _decodes(file, "utf-8"):
        return True
    file.seek(0)
    return _decodes(file, "cp1252")


#: Controls that no text holds; tab, line feed, form feed and carriage return it may.
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\f\r")


def _decodes(file: Any, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(_CHUNK):
            if not _CONTROLS.isdisjoint(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"


def _office(folder: str, kind: str) -> Kind:
    return Kind(f"{_OFFICE}.{kind}", lambda file: is_office(file, folder))


def _open_document(kind: str) -> Kind:
    return Kind(f"{_OPEN}.{kind}", lambda file: is_open_document(file, f"{_OPEN}.{kind}"))


#: Every kind that can be told from its content, by extension.
KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", _is_pdf),
    "docx": _office("word", "wordprocessingml.document"),
    "xlsx": _office("xl", "spreadsheetml.sheet"),
    "pptx": _office("ppt", "presentationml.presentation"),
    "odt": _open_document("text"),
    "ods": _open_document("spreadsheet"),
    "odp": _open_document("presentation"),
    "png": Kind("image/png", _is_picture("PNG")),
    "jpg": Kind("image/jpeg", _is_picture("JPEG")),
    "jpeg": Kind("image/jpeg", _is_picture("JPEG")),
    "txt": Kind("text/plain", _is_text),
    "csv": Kind("text/csv", _is_text),
}


def known_kinds(extensions: Iterable[str]) -> list[str]:
    """Those of the extensions whose content can be looked at, in their order; the others are taken from nobody."""
    return [one for one in dict.fromkeys(str(one).lower().lstrip(".") for one in extensions) if one in KINDS]


def kind_words(extensions: Iterable[str]) -> str:
    """The kinds as a list for people: ``PDF, DOCX, PNG``; ``jpg`` stands for ``jpeg`` too."""
    kinds = known_kinds(extensions)
    return ", ".join(one.upper() for one in kinds if not (one == "jpeg" and "jpg" in kinds))


def extension_of(name: str) -> str:
    """The extension in lower case, without the dot; empty where there is none."""
    return PurePosixPath(name).suffix[1:].lower()


def is_of_kind(file: Any, extension: str) -> bool:
    """Whether the content of an open file is what its extension says; afterwards it stands at its beginning."""
    kind = KINDS.get(extension)
    file.seek(0)
    try:
        return kind is not None and kind.is_of_kind(file)
    finally:
        file.seek(0)


def content_type_of(name: str) -> str:
    """What a browser is told that a file is: out of our own table, whatever the sender's browser said."""
    kind = KINDS.get(extension_of(name))
    return kind.content_type if kind else "application/octet-stream"


def clean_name(name: str) -> str:
    """What a file may be called: one line, no folders, nothing that hides or turns letters, not too long.

    The extension is kept, in lower case. A name of which nothing is left is ``file``.
    """
    last = clean_line(name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(one for one in last if unicodedata.category(one) not in _UNSEEN)
    shown = " ".join(shown.split()).rstrip(". ")
    stem, dot, extension = shown.rpartition(".")
    if not dot or not _is_extension(extension):
        return shown.lstrip(". ")[:LONGEST_NAME].rstrip(". ") or "file"
    ending = f".{extension.lower()}"
    return (stem[: LONGEST_NAME - len(ending)].strip(". ") or "file") + ending


#: Controls, marks of direction and of width, and characters that are none: all can make a name read as another.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def _is_extension(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) <= 8


def size_words(size: int) -> str:
    """So many bytes in the active language, as people read a size: ``812 kB``, ``1.5 MB``; it stays on one line."""
    kilobyte = 1024
    if size < kilobyte**2:
        kilobytes = formats.number_format(max(1, round(size / kilobyte)))
        return _unbroken(_("%(size)s kB") % {"size": kilobytes})
    told = formats.number_format(round(size / kilobyte**2, 1), decimal_pos=1)
    whole = formats.number_format(size // kilobyte**2)
    return _unbroken(_("%(size)s MB") % {"size": whole if size % kilobyte**2 == 0 else told})


def _unbroken(words: str) -> str:
    return words.replace(" ", "\u00a0")
