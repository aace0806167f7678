"""Where long words may break: Finnish compounds are longer than a phone is wide."""

from __future__ import annotations

import re

SHY = "\u00ad"
#: A Finnish syllable begins with the last consonant before a vowel; four letters stay together at both ends.
_SYLLABLE = re.compile(r"(?<=\w{4})(?=[bcdfghjklmnpqrstvwxz][aeiouyåäö]\w{2})", re.IGNORECASE)
_LONG = re.compile(r"\w{14,}")


def soft_breaks(text: str, language: str) -> str:
    """The text with soft hyphens in its long words, where the language is Finnish; they show only at a line's end."""
    if not language.startswith("fi"):
        return text
    return _LONG.sub(lambda word: _SYLLABLE.sub(SHY, word[0]), text)
