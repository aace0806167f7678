"""A part of an application beside its peer; the list and the export, with a hundred and with fifty thousand."""

import resource
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from bench.benches import sections
from bench.measure import getting, medians, queries
from bench.rows import Row
from keino_academy.announcement.models import Academy
from keino_academy.applications.models import Application, Pilot, TeamMember
from keino_academy.core import clock
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application
from tests.factories.site import make_site

OPEN = datetime(2023, 5, 10, 12, tzinfo=ZoneInfo("Europe/Helsinki"))
HOST = "localhost"
#: A call of some years ago, a large one, and everything that a large site ever got.
SIZES = (100, 10_000, 50_000)
#: How many rows are made, read and written at once.
CHUNK = 500
ROUNDS = 3
#: As the list has it.
PER_PAGE = 50
#: As many cells as an export has with the form that is measured, each with a text as long as most answers.
CELLS = ["Kestävien hankintojen hanke"] * 32


def rows() -> Iterator[Row]:
    """Measure on the database that ``DATABASE_URL`` names, else on SQLite."""
    site = make_site(hostname=HOST)
    with clock.standing_at(OPEN):
        academy = make_academy(site)
        yield from sections.measured(site, academy)
        client = Client(headers={"host": HOST})
        client.force_login(get_user_model().objects.create_superuser("bench", "bench@x.example", "x"))
        first = make_application(academy)
        yield from growing(client, academy, first, site)


def growing(client: Client, academy: Academy, first: Application, site: Any) -> Iterator[Row]:
    """The same academy with more and more applications: page and export at each size."""
    listing = getting(client, reverse("keino_applications:index"))
    floor = getting(client, site.root_page.get_url())
    counted: dict[str, int] = {}
    there = 1
    for size in SIZES:
        fill(first, there, size)
        there = size
        yield from at(size, client, academy, listing, floor, counted)


def at(
    size: int,
    client: Client,
    academy: Academy,
    listing: Callable[[], object],
    floor: Callable[[], object],
    counted: dict[str, int],
) -> Iterator[Row]:
    """Page and export with so many applications, beside the smallest size's queries and a streamed floor."""
    taken = medians({"list": listing, "empty": floor}, rounds=10, warm=2)
    yield Row(
        f"applications, list of {size}", taken["list"], "ms", 5.8, taken["empty"], "ms, empty Wagtail page"
    )
    last = getting(client, f"{reverse('keino_applications:index')}?p={-(-size // PER_PAGE)}")
    end = medians({"last": last, "empty": floor}, rounds=10, warm=2)
    # A database counts its way to the end: what is asked is that nobody waits.
    yield Row(f"applications, last page of {size}", end["last"], "ms", 500)
    number = queries(listing)
    peer = counted.setdefault("list", number)
    yield Row(f"applications, list of {size}, queries", number, "queries", 1, peer, f"with {SIZES[0]}")
    floors = {
        "csv": (lambda: streamed(academy), "s, rows and teams read and nothing said"),
        "xlsx": (lambda: packed(academy), "s, the same and cells written by openpyxl"),
    }
    for kind, (bare, words) in floors.items():
        yield from exported(size, client, kind, bare, words, counted)
    yield Row(f"applications, process at {size}", resident(), "MB", 1024)


def exported(
    size: int, client: Client, kind: str, bare: Callable[[], object], words: str, counted: dict[str, int]
) -> Iterator[Row]:
    """The export beside its floor, in turns: time, first byte, queries and memory."""
    name, export = f"applications, {kind} of {size}", exporting(client, kind)
    taken = medians({"export": export, "bare": bare}, rounds=ROUNDS, warm=1)
    yield Row(name, taken["export"] / 1e3, "s", 1.5, taken["bare"] / 1e3, words)
    first = medians({"first": beginning(client, kind)}, rounds=ROUNDS, warm=1)["first"]
    yield Row(f"{name}, first line", first / 1e3, "s", 0.3)
    found = queries(export) - 2 * -(-size // CHUNK)
    peer = counted.setdefault(kind, found)
    yield Row(f"{name}, queries but two a chunk", found, "queries", 1, peer, f"with {SIZES[0]}")
    yield Row(f"{name}, memory at its peak", megabytes(export), "MB", 10)


def fill(first: Application, there: int, size: int) -> None:
    """Copy the application, its pilot and its team until there are so many."""
    pilot, team = Pilot.objects.get(application=first), list(TeamMember.objects.filter(application=first))
    for start in range(there, size, CHUNK):
        made = [copy_of(first, number) for number in range(start, min(start + CHUNK, size))]
        made = Application.objects.bulk_create(made)
        fields = {name.attname: getattr(pilot, name.attname) for name in Pilot._meta.concrete_fields}
        fields = {name: value for name, value in fields.items() if name not in {"id", "application_id"}}
        Pilot.objects.bulk_create(Pilot(application=one, **fields) for one in made)
        TeamMember.objects.bulk_create(
            TeamMember(application=one, number=member.number, name=member.name, role=member.role)
            for one in made
            for member in team
        )


def copy_of(first: Application, number: int) -> Application:
    """One more application with the same answers."""
    names = [field.attname for field in Application._meta.concrete_fields if field.attname != "id"]
    copy = Application(**{name: getattr(first, name) for name in names})
    copy.reference, copy.secret, copy.nonce = f"B{number}", f"bench-{number}", f"bench-{number}"
    copy.organisation_key = ""
    return copy


def streamed(academy: Academy) -> None:
    """What an export can't be without: every row is read, with pilot and team, in chunks."""
    found = Application.objects.filter(academy=academy).select_related("pilot").prefetch_related("team")
    for _application in found.iterator(chunk_size=CHUNK):
        pass


def packed(academy: Academy) -> None:
    """The same, with as many cells as an export has, packed into a workbook row by row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(CELLS)
    found = Application.objects.filter(academy=academy).select_related("pilot").prefetch_related("team")
    for _application in found.iterator(chunk_size=CHUNK):
        sheet.append(CELLS)
    with tempfile.TemporaryFile() as output:
        book.save(output)


def beginning(client: Client, kind: str) -> Callable[[], None]:
    """Return an action that asks for the spreadsheet and goes when its first piece after the mark is there."""
    url = reverse("keino_applications:index")

    def begin() -> None:
        response = client.get(url, {"export": kind, "language": "fi"})
        if sum(map(len, islice(response.streaming_content, 2))) < 10:
            raise RuntimeError(f"the {kind} began with nothing")
        response.close()

    return begin


def exporting(client: Client, kind: str) -> Callable[[], None]:
    """Return an action that downloads the spreadsheet to its end and keeps nothing of it."""
    url = reverse("keino_applications:index")

    def download() -> None:
        response = client.get(url, {"export": kind, "language": "fi"})
        if response.status_code != 200 or not sum(map(len, response.streaming_content)):
            raise RuntimeError(f"the {kind} answered {response.status_code}")
        response.close()

    return download


def megabytes(action: Callable[[], object]) -> float:
    """Return the peak of what Python holds while the action runs, over what it held before."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        action()
        return (tracemalloc.get_traced_memory()[1] - before) / 2**20
    finally:
        tracemalloc.stop()


def resident() -> float:
    """Return the most that the process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
