"""A part of an application, opened and saved, beside a page of Wagtail's own form builder with the same fields."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from bench.measure import getting, medians, queries
from bench.rows import Row
from keino_academy.announcement.models import Academy
from keino_academy.applications.models import Application
from keino_academy.applications.queries import door_of
from keino_academy.applications.section_views import WRITING
from keino_academy.applications.standing import written_sections
from keino_academy.core import clock
from keino_academy.core.doors import sign
from tests.factories.announcement import make_academy
from tests.factories.applications import make_draft, texts_of
from tests.factories.site import make_site
from tests.testapp.models import PeerFormField, PeerFormPage

OPEN = datetime(2023, 5, 10, 12, tzinfo=ZoneInfo("Europe/Helsinki"))
HOST = "localhost"
SECTION = "pilot"
GOAL = 1.3


def rows() -> Iterator[Row]:
    """Measure on the database that ``DATABASE_URL`` names, else on SQLite."""
    site = make_site(hostname=HOST)
    with clock.standing_at(OPEN):
        yield from measured(site, make_academy(site))


def measured(site: Site, academy: Academy) -> Iterator[Row]:
    """Time and queries of opening and of saving, in an academy whose call is open."""
    draft = make_draft(academy, whole=True)
    ours, theirs = Client(headers={"host": HOST}), Client(headers={"host": HOST})
    ours.get(reverse("keino_academy:application_open", args=["fi", draft.secret]))
    url = reverse("keino_academy:application_section", args=["fi", draft.reference, SECTION])
    page = peer(site, draft)
    gets = {"part": getting(ours, url), "form": getting(theirs, page.url)}
    posts = {"part": saving(ours, url, draft), "form": submitting(theirs, page)}
    for name, actions in (("opened", gets), ("saved", posts)):
        taken = medians(actions)
        label = f"applications, a part {name}"
        yield Row(label, taken["part"], "ms", GOAL, taken["form"], "ms, Wagtail's own form, as many fields")
        found = {who: queries(action) for who, action in actions.items()}
        yield Row(f"{label}, queries", found["part"], "queries", GOAL, found["form"], "of Wagtail's own form")


def peer(site: Site, draft: Application) -> PeerFormPage:
    """A page of the form builder with a field for each of the part's, of the same kind and choices."""
    page = site.root_page.add_child(instance=PeerFormPage(title="Peer", slug="peer"))
    section = next(one for one in written_sections(draft, "fi") if one.id == SECTION)
    for question in section.questions:
        choices = ",".join(str(label) for _key, label in question.options)
        months = ",".join(f"{year}-{month:02}" for year in range(2022, 2027) for month in range(1, 13))
        kinds = {
            "text": ["singleline"],
            "long_text": ["multiline"],
            "choice": ["radio"],
            "period": ["dropdown"] * 2,
        }
        for kind in kinds[question.type]:
            PeerFormField.objects.create(
                page=page,
                label=question.label,
                field_type=kind,
                choices=months if kind == "dropdown" else choices,
                help_text=question.help[:255],
                required=False,
            )
    page.save_revision().publish()
    return PeerFormPage.objects.get(pk=page.pk)


def saving(client: Client, url: str, draft: Application) -> Callable[[], Any]:
    """Return an action that saves the part, each time with another text."""
    texts = texts_of(draft.document, next(one for one in written_sections(draft, "fi") if one.id == SECTION))
    key, turns = sign(WRITING, door_of(draft)), count(1)

    def save() -> None:
        turn = next(turns)
        response = client.post(url, {**texts, "key": key, "count": turn, "q-pilot_title": f"Koulu {turn}"})
        if response.status_code != 303:
            raise RuntimeError(f"saving answered {response.status_code}")

    return save


def submitting(client: Client, page: PeerFormPage) -> Callable[[], Any]:
    """Return an action that submits the form builder's page."""
    names = [field.clean_name for field in page.get_form_fields()]

    def submit() -> None:
        response = client.post(page.url, dict.fromkeys(names, ""))
        if response.status_code != 200:
            raise RuntimeError(f"the form answered {response.status_code}")

    return submit
