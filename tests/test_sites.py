"""Several sites on one database, and a site in one language without ``i18n_patterns``."""

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Site

from keino_academy.announcement.models import Academy
from keino_academy.core.models import OutboxMail
from tests.factories.announcement import make_academy_page, make_index_page
from tests.factories.applications import make_application, make_form, typed
from tests.factories.booking import make_booking, make_series
from tests.factories.site import make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

HOSTS = ("north.example", "south.example")


def academy_on(site: Site, code: str) -> tuple[Any, Academy]:
    """A list and an academy on one site."""
    index = make_index_page(site)
    page = make_academy_page(site, parent=index, title=f"Akatemia {code}", slug=code, code=code)
    return page, Academy.objects.get(translation_key=page.translation_key)


@pytest.fixture
def both(db: None) -> dict[str, tuple[Any, Academy]]:
    return {host: academy_on(make_site(host), host.split(".", maxsplit=1)[0]) for host in HOSTS}


def read(host: str, address: str) -> BeautifulSoup:
    response = Client(headers={"host": host}).get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("host", HOSTS)
def test_a_page_names_its_own_site_to_others(both: Any, host: str) -> None:
    page, academy = both[host]
    html = read(host, page.get_url_parts()[2])
    assert html.select_one("link[rel=canonical]")["href"] == f"http://{host}{page.get_url_parts()[2]}"
    for script in html.select('script[type="application/ld+json"]'):
        addresses = re.findall(r"http://[a-z.]+(?:/|$)", json.dumps(json.loads(script.text)))
        assert {address for address in addresses if "example" in address} <= {f"http://{host}/"}
    feed = Client(headers={"host": host}).get(f"/academy/fi/{academy.code}/calendar.ics").content.decode()
    (other,) = set(HOSTS) - {host}
    assert f"http://{host}/" in feed.replace("\r\n ", "")
    assert other not in feed


@pytest.mark.parametrize("host", HOSTS)
def test_a_list_holds_the_academies_of_its_own_site(both: Any, host: str) -> None:
    page, _academy = both[host]
    html = read(host, page.get_parent().get_url_parts()[2])
    named = {
        link.text.replace("\xad", "").strip() for link in html.select("main a") if "Akatemia" in link.text
    }
    assert named == {page.title}


@pytest.mark.parametrize("host", HOSTS)
def test_mail_leads_to_the_site_of_the_academy(both: Any, host: str) -> None:
    _page, academy = both[host]
    application = make_application(academy)
    booking = make_booking(make_series(academy).slots.first(), "key")
    (other,) = set(HOSTS) - {host}
    for mail in OutboxMail.objects.filter(to__in=[application.contact_email, booking.email]):
        assert f"http://{host}/academy/fi/" in mail.text
        assert other not in mail.text


@pytest.fixture
def plain(settings: Any) -> Any:
    """The page of an academy on a site in British English alone."""
    settings.ROOT_URLCONF = "tests.urls_plain"
    settings.WAGTAIL_I18N_ENABLED = False
    settings.LANGUAGE_CODE = "en-gb"
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English")]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("LocaleMiddleware")]
    site = make_site(languages=("en-gb",))
    return make_academy_page(site, "en-gb", title="Academy", slug="academy-2023")


def test_a_site_in_one_language_needs_no_language_in_its_addresses(client: Client, plain: Any) -> None:
    assert plain.url == "/academy-2023/"
    html = BeautifulSoup(client.get(plain.url).content, "html.parser")
    assert html.select_one("div.ka")["lang"] == "en-gb"
    check = html.select_one('a[href$="/check/"]')["href"]
    assert check == "/academy/en-gb/kiertotalous-2023/check/"
    result = client.get(check)
    assert result.status_code == 200
    assert "Could we apply?" in result.content.decode()


def test_one_applies_on_a_site_in_one_language(client: Client, plain: Any, frozen: Any) -> None:
    academy = Academy.objects.get()
    document = make_form(academy)
    form = BeautifulSoup(client.get(f"{plain.url}hae/").content, "html.parser")
    frozen.shift(60)
    token = form.select_one("[name=form_token]")["value"]
    data = typed(document, "en-gb") | {"form_token": token}
    response = client.post("/academy/en-gb/kiertotalous-2023/apply/", data)
    assert response.status_code == 303
    assert academy.applications.get().reference in client.get(response["Location"]).content.decode()
