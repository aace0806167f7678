"""What stands while the tests of one module run: made once, in a transaction around them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, TypeVar

import pytest
from django.db import transaction
from django.db.models import Model

Made = TypeVar("Made", bound=Model)

#: A test that asks for one of these commits, and an outer transaction would hide from others what it did.
COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}


class Ground:
    """The transaction around a module's tests, which ends early before a test that commits."""

    now: Ground | None = None
    #: The test that is about to begin commits: what it asks for stands in no transaction.
    barred = False

    def __init__(self, unblock: Callable[[], Any]) -> None:
        self._unblock, self._open = unblock, ExitStack()
        if not Ground.barred:
            self._begin()

    def _begin(self) -> None:
        with self._unblock():
            block = transaction.atomic()
            block._from_testcase = True  # like that of Django's TestCase: durable ones may open inside
            self._open.enter_context(block)
            self._open.callback(transaction.set_rollback, True)
        Ground.now = self

    def make(self, how: Callable[[], Made]) -> Made | None:
        """Make what every test of the module begins from; each test undoes what it changes of it."""
        with self._unblock():
            return how() if Ground.now is self else None

    def again(self, standing: Made | None, how: Callable[[], Made]) -> Made:
        """What stands, read anew for one test; where nothing stands, the test makes its own."""
        if standing is None or Ground.now is not self:
            return how()
        return type(standing)._default_manager.get(pk=standing.pk)

    def end(self) -> None:
        """Undo all that stands."""
        if Ground.now is self:
            Ground.now = None
            with self._unblock():
                self._open.close()


def hold(unblock: Callable[[], Any]) -> Iterator[Ground]:
    """A ground before the module's first test, undone after its last."""
    ground = Ground(unblock)
    yield ground
    ground.end()


def make_way(item: pytest.Item) -> None:
    """End the ground before a test that works with transactions of its own."""
    mark = item.get_closest_marker("django_db")
    own = mark is not None and bool(mark.kwargs.get("transaction") or mark.args)
    Ground.barred = own or not COMMITTING.isdisjoint(getattr(item, "fixturenames", ()))
    if Ground.now and Ground.barred:
        Ground.now.end()
