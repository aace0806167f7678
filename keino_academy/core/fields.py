"""Fields that the package's migrations remember: this address never moves."""

from __future__ import annotations

import secrets
from typing import Any

from wagtail import fields


class StreamField(fields.StreamField):
    """A stream whose block definitions stay out of migrations.

    A changed help text is then no migration. The price is that a historic model
    sees an empty stream: a data migration works with ``.update()`` and never saves one.
    """

    def deconstruct(self) -> Any:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs["block_lookup"] = {}
        return name, "wagtail.fields.StreamField", [[]], kwargs


def new_secret() -> str:
    """A secret for a link: 32 characters, 192 bits, safe in an address."""
    return secrets.token_urlsafe(24)
