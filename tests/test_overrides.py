"""A site replaces the package's templates one by one; ``overrides/`` is such a site's folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from keino_academy.announcement.models import Academy
from keino_academy.core.models import OutboxMail
from tests.factories.announcement import make_academy_page
from tests.factories.applications import make_application, make_form
from tests.factories.booking import make_series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

MARK = "replaced-by-the-host"
OURS = Path(__file__).parent / "overrides"


@contextmanager
def templates_from(folder: Path) -> Iterator[None]:
    """Look into this folder before all others, as a site's own templates are looked up."""
    engine = {**settings.TEMPLATES[0], "DIRS": [folder, *settings.TEMPLATES[0]["DIRS"]]}
    with override_settings(TEMPLATES=[engine]):
        yield


@pytest.fixture
def addresses(site: Any) -> list[str]:
    """An address of each public page that stands on a template of its own."""
    page = make_academy_page(site)
    academy = Academy.objects.get(translation_key=page.translation_key)
    make_form(academy)
    series = make_series(academy)
    return [
        page.url,
        page.get_parent().url,
        f"{page.url}hae/",
        f"/academy/fi/{academy.code}/check/",
        f"/academy/fi/book/{series.pk}/",
        f"/academy/fi/book/{series.pk}/{series.slots.first().starts:%Y-%m-%d}/",
        "/academy/fi/application/lost/",
        "/academy/fi/application/open/unknown/",
        "/academy/fi/sign-in/",
    ]


def rendered_by(response: Any) -> set[str]:
    names = {str(template.name) for template in response.templates if template.name}
    return {name for name in names if name.startswith("keino_academy/")}


def test_each_template_can_be_replaced_alone(client: Client, addresses: list[str], tmp_path: Path) -> None:
    home = {}
    for address in addresses:
        for name in rendered_by(client.get(address)):
            home.setdefault(name, address)
    assert len(home) > 40, "the public pages are made of many templates"
    deaf = {name for name, address in home.items() if not _answers_with_mark(client, name, address, tmp_path)}
    assert deaf == set()


def _answers_with_mark(client: Client, name: str, address: str, folder: Path) -> bool:
    """Whether the page shows the mark when this one template holds nothing else."""
    site = folder / name.replace("/", "-")
    path = site / name
    path.parent.mkdir(parents=True)
    path.write_text(MARK)
    with templates_from(site), override_settings(KEINO_ACADEMY={"PAGE_CACHE_SECONDS": 0}):
        return MARK in client.get(address).content.decode()


def test_a_sites_folder_changes_what_it_holds_and_nothing_else(client: Client, addresses: list[str]) -> None:
    form = "/academy/fi/sign-in/"
    assert form in addresses
    before = client.get(form).content.decode()
    with templates_from(OURS), override_settings(KEINO_ACADEMY={"PAGE_CACHE_SECONDS": 0}):
        after = client.get(form).content.decode()
        link = client.get("/academy/fi/application/open/unknown/")
    assert 'class="host-button"' in after
    assert 'class="host-button"' not in before
    assert before.count("<input") == after.count("<input")
    assert link.status_code == 404
    assert "The host's own words about a link" in link.content.decode()


def test_a_mail_can_be_replaced_too(addresses: list[str]) -> None:
    with templates_from(OURS):
        application = make_application(Academy.objects.get())
    mail = OutboxMail.objects.get(kind="applications/receipt")
    assert mail.subject == f"The host's receipt, {application.reference}"
    assert application.reference in mail.text
