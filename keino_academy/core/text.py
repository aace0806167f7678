"""Text that people send: what of it may be stored."""

from __future__ import annotations

import re
import unicodedata

# Controls that break exports and mail; tab, LF and CR stay. Lone surrogates cannot be stored.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Bidirectional controls can make a name read as another.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean_line(value: str) -> str:
    """One line: controls gone, white space folded, composed (NFC)."""
    return " ".join(clean_text(value).split())


def clean_text(value: str) -> str:
    """Several lines: controls gone, line ends as LF, composed (NFC)."""
    value = _BIDI.sub("", _UNSAFE.sub("", value)).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", value)


_SCHEME = re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,20}):(?=\S)")
_DOT = re.compile(r"(?<=\w)\.(?=[^\W\d_])")
_JOINER = "\u2060"


def unlinked(value: str) -> str:
    """The text with word joiners where a mail program would make a link of it; it reads the same.

    What a stranger typed into a form must not become a link in a mail that we send.
    """
    return _DOT.sub(f".{_JOINER}", _SCHEME.sub(rf"\1:{_JOINER}", value))
