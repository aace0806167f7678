"""Documents that are packed: whether a zip archive is the document that it claims to be. Nothing is unpacked."""

from __future__ import annotations

import os
import zipfile
from typing import Any

#: Bytes of the longest list of members: a document has dozens, and reading a list costs memory.
_LONGEST_LIST = 1024 * 1024
#: What a document may become when it is opened: bytes, or times its size where that is more.
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_TIMES = 100
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"


def is_office(file: Any, folder: str) -> bool:
    """Whether it is a document of Office Open XML (ECMA-376) whose parts lie in ``folder``, without macros."""
    members = _members(file)
    if members is None or "[Content_Types].xml" not in members:
        return False
    if any(name.lower().endswith("vbaproject.bin") for name in members):
        return False
    return any(name.startswith(f"{folder}/") for name in members)


def is_open_document(file: Any, content_type: str) -> bool:
    """Whether it is a document of OpenDocument (ODF 1.2, part 3) that says of itself that it is of that type."""
    members = _members(file)
    if members is None or "content.xml" not in members or "mimetype" not in members:
        return False
    if any(name.startswith(("Basic/", "Scripts/")) for name in members):
        return False
    try:
        with zipfile.ZipFile(file) as archive, archive.open("mimetype") as member:
            return member.read(200).strip() == content_type.encode()
    except Exception:  # noqa: BLE001 - whatever a broken archive makes the library raise
        return False


def _members(file: Any) -> list[str] | None:
    """The names of the members; None where it is no archive, a broken one or one that would burst."""
    try:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        # An archive may hide behind anything else, such as a program: a document begins with its first member.
        if file.read(4) != b"PK\x03\x04" or not _has_short_list(file, size):
            return None
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > max(_MOST_UNPACKED, size * _MOST_TIMES):
                return None
            return archive.namelist()
    except Exception:  # noqa: BLE001 - whatever a broken archive makes the library raise
        return None


def _has_short_list(file: Any, size: int) -> bool:
    # The end record (APPNOTE 4.3.16) tells how long the list of members is; no document needs the 64-bit one.
    file.seek(max(0, size - 22 - 65535))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or tail[max(0, place - 20) : place].startswith(_END_64):
        return False
    return int.from_bytes(tail[place + 12 : place + 16], "little") <= _LONGEST_LIST
