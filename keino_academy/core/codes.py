"""Reference codes that people read aloud and type."""

from __future__ import annotations

import secrets

#: Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: look-alikes, and few words arise.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"


def new_reference(length: int = 8) -> str:
    """A random code in two halves, ``7M4Q-KR3X``: 23**8, about 78 thousand million."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return f"{code[: length // 2]}-{code[length // 2 :]}"
