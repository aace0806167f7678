"""Every address of the package as every role, GET and POST, against the table beside this file.

A new address without a row fails. ``KEINO_WRITE_TABLE=1`` writes what is observed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.access.routes import Route, package_routes
from tests.access.table import read_table, write_table
from tests.access.world import ROLES, address, client_of, make_ground, make_users, payload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

#: Stands on pages that may be cached, and only carries two answers over to the form: it changes nothing.
CARRIES_OVER = {"keino_academy:apply_start"}
WRITES = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "keino_academy_')
PAGES = ("page:index", "page:academy", "page:application", "page:home", "page:session", "page:document")


def all_routes() -> dict[str, Route]:
    return {**package_routes(), **{name: Route(name, ()) for name in PAGES}}


@pytest.fixture
def grounds(site: Any) -> tuple[Any, Any]:
    return make_ground(site, "a"), make_ground(site, "b")


@pytest.fixture
def observed(grounds: tuple[Any, Any]) -> dict[tuple[str, str], tuple[str, ...]]:
    return dict(observe(*grounds))


def observe(a: Any, b: Any) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    users = make_users(a, b)
    clients = {role: client_of(role, users, a, b) for role in ROLES}
    for name, route in sorted(all_routes().items()):
        for method in ("GET", "POST"):
            url, data = address(route, a), payload(route, a)
            yield (name, method), tuple(answer(clients[role], method, url, data) for role in ROLES)


def answer(client: Client, method: str, url: str, data: dict[str, str]) -> str:
    """The status, where a redirect leads in one word, and ``!`` if one of our tables was written to.

    Nothing of the request stays.
    """
    cookies = client.cookies.copy()
    written: list[str] = []

    def note(execute: Any, sql: str, *args: Any) -> Any:
        if WRITES.match(sql):
            written.append(sql)
        return execute(sql, *args)

    with isolated(), connection.execute_wrapper(note):
        response = client.post(url, data) if method == "POST" else client.get(url)
        if response.streaming:
            b"".join(response.streaming_content)
    client.cookies = cookies
    wrote = "!" if written else ""
    if 300 <= response.status_code < 400:
        return f"{response.status_code}:{destination(response.headers['Location'])}{wrote}"
    return f"{response.status_code}{wrote}"


class isolated:  # noqa: N801 - reads as a word of the language where it stands
    """Undo what a request changed; the mark lets durable blocks pass, as Django's own tests do."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block._from_testcase = True
        self.block.__enter__()

    def __exit__(self, *error: Any) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


def destination(location: str) -> str:
    """Where a redirect leads: a login, a sign-in, the admin's home, or elsewhere on the site."""
    for word, start in (("login", reverse("wagtailadmin_login")), ("sign-in", "/academy/fi/sign-in/")):
        if location.startswith(start):
            return word
    if location.rstrip("/") == reverse("wagtailadmin_home").rstrip("/"):
        return "admin"
    return "there"


def test_every_address_answers_each_role_as_the_table_says(observed: Any) -> None:
    if os.environ.get("KEINO_WRITE_TABLE"):
        write_table(observed)
    table = read_table()
    missing = sorted(set(observed) - set(table))
    assert not missing, "write a row for each new address"
    assert not sorted(set(table) - set(observed)), "these addresses are gone"
    wrong = {
        (*key, role): (got, expected)
        for key, answers in observed.items()
        for role, got, expected in zip(ROLES, answers, table[key], strict=True)
        if got != expected
    }
    assert wrong == {}


def test_no_address_changes_anything_without_the_csrf_token(grounds: Any) -> None:
    a, b = grounds
    users = make_users(a, b)
    for name, route in all_routes().items():
        if name.startswith("page:") or name in CARRIES_OVER:
            continue
        client = client_of("superuser", users, a, b)
        client.handler.enforce_csrf_checks = True
        with isolated():
            assert client.post(address(route, a)).status_code in {403, 404, 405}, name
