"""Several sites on one database, and a site in one language without ``i18n_patterns``."""

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import global_settings
from django.test import Client
from wagtail.coreutils import get_content_languages
from wagtail.models import Site

from keino_academy.announcement.models import Academy
from keino_academy.core.models import OutboxMail
from keino_academy.learning.actions import send_invitation_again
from tests.applications.journeys import Journey
from tests.factories.announcement import make_academy_page, make_index_page
from tests.factories.applications import make_application, make_form
from tests.factories.booking import make_booking, make_series
from tests.factories.learning import make_learning_pages, make_participation
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


def test_a_sign_in_link_and_an_invitation_lead_to_the_site_of_the_academy(both: Any) -> None:
    _page, academy = both["south.example"]
    member = make_participation(academy, "helena@koivuranta.example").members.get()
    send_invitation_again(member)
    Client(headers={"host": "north.example"}).post("/academy/fi/sign-in/", {"email": member.email})
    texts = dict(OutboxMail.objects.filter(to=member.email).values_list("kind", "text"))
    assert set(texts) == {"learning/invitation", "learning/sign_in"}
    for text in texts.values():
        assert "http://south.example/academy/fi/sign-in/" in text
        assert "north.example" not in text


def test_an_academy_asked_for_on_another_site_leads_home(both: Any) -> None:
    page, academy = both["south.example"]
    make_form(academy)
    north = Client(headers={"host": "north.example"})
    home = f"http://south.example{page.get_url_parts()[2]}"
    assert north.get("/academy/fi/south/apply/").url == f"{home}hae/"
    feed = north.get("/academy/fi/south/calendar.ics").content.decode().replace("\r\n ", "")
    assert f"{home}#entry-" in feed
    assert "north.example" not in feed
    check = BeautifulSoup(north.get("/academy/fi/south/check/").content, "html.parser")
    assert check.select_one(".ka-back")["href"] == home


def test_my_academy_is_on_its_own_site(both: Any, django_user_model: Any) -> None:
    page, academy = both["south.example"]
    user = django_user_model.objects.create_user("member", "member@example.org", "pw")
    make_participation(academy, user=user)
    home = make_learning_pages(page)
    north = Client(headers={"host": "north.example"})
    north.force_login(user)
    assert north.get("/academy/fi/my/").url == f"http://south.example{home.get_url_parts()[2]}"
    stranger = Client(headers={"host": "south.example"}).get(home.get_url_parts()[2])
    assert stranger.url.startswith("/academy/fi/sign-in/?next=%2Ffi%2F")


@pytest.mark.parametrize("host", HOSTS)
def test_error_pages_stay_on_the_site_that_was_asked(both: Any, host: str) -> None:
    response = Client(headers={"host": host}).get("/academy/fi/application/open/unknown/")
    html = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 404
    assert html.select_one("main a.ka-button")["href"] == "/"
    assert not re.search(r"https?://(?!www\.w3\.org)", str(html))


def as_started(settings: Any, language: str) -> None:
    """The settings of ``wagtail start``: one language, no LocaleMiddleware, no ``i18n_patterns``."""
    settings.ROOT_URLCONF = "tests.urls_plain"
    settings.WAGTAIL_I18N_ENABLED = False
    settings.LANGUAGE_CODE = language
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("LocaleMiddleware")]


@pytest.fixture
def plain(settings: Any) -> Any:
    """The page of an academy on a site in British English alone."""
    as_started(settings, "en-gb")
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English")]
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
    make_form(academy)
    form = BeautifulSoup(client.get(f"{plain.url}hae/").content, "html.parser")
    frozen.shift(60)
    way = Journey(academy, client, "en-gb")
    assert way.begin(form_token=form.select_one("[name=form_token]")["value"]).status_code == 303
    way.fill()
    assert way.application.reference in client.get(way.send()["Location"]).content.decode()


@pytest.fixture
def started(settings: Any) -> Any:
    """The academy of a site just as ``wagtail start`` leaves it: "en-us", and Django's list of languages.

    The pages' one locale is "en": Wagtail finds it by the generic language.
    """
    as_started(settings, "en-us")
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = global_settings.LANGUAGES
    get_content_languages.cache_clear()
    site = make_site(languages=("en",))
    page = make_academy_page(site, "en", title="Academy", slug="academy-2023")
    make_learning_pages(page)
    make_form(Academy.objects.get())
    yield page
    get_content_languages.cache_clear()


def test_a_new_site_speaks_english(client: Client, started: Any) -> None:
    html = BeautifulSoup(client.get(started.url).content, "html.parser")
    assert (started.url, html.select_one("div.ka")["lang"]) == ("/academy-2023/", "en")
    words = " ".join(html.select_one("main").text.split())
    assert "The call is open until 31 May 2023, 23:59 Finnish time." in words
    assert html.select_one('a[href$="/check/"]')["href"] == "/academy/en/kiertotalous-2023/check/"
    assert html.select_one(".ka-site__langs") is None


@pytest.mark.parametrize("language", ["en", "en-us", "en-gb"])
def test_the_catalogue_falls_back_to_english(client: Client, started: Any, language: str) -> None:
    if language == "en-us":
        # Django's own list has no "en-us": the site's first language is known all the same.
        assert "en-us" not in dict(global_settings.LANGUAGES)
    response = client.get(f"/academy/{language}/sign-in/")
    assert response.status_code == 200
    assert "The address to which you got the invitation." in response.content.decode()
    assert response["Content-Language"] == language


def test_every_language_has_an_answer(client: Client, started: Any) -> None:
    """German has no catalogue of the package: Django falls back to the site's language."""
    page = client.get("/academy/de/sign-in/").content.decode()
    assert "The address to which you got the invitation." in page
    assert client.get("/academy/xx/sign-in/").status_code == 404


def test_one_applies_books_and_signs_in_on_a_new_site(client: Client, started: Any, frozen: Any) -> None:
    academy = Academy.objects.get()
    form = BeautifulSoup(client.get(f"{started.url}hae/").content, "html.parser")
    frozen.shift(60)
    assert form.select_one('form[action="/academy/en/kiertotalous-2023/apply/"]')
    way = Journey(academy, client, "en")
    begun = way.begin(form_token=form.select_one("[name=form_token]")["value"])
    application = academy.applications.get()
    assert (begun.status_code, application.language) == (303, "en")
    assert begun["Location"].startswith(f"/academy/en/application/{application.reference}/")
    way.fill()
    assert application.reference in client.get(way.send()["Location"]).content.decode()
    assert OutboxMail.objects.get(kind="applications/receipt").language == "en"
    series = make_series(academy, language="en")
    days = client.get(f"/academy/en/book/{series.pk}/")
    assert days.status_code == 200
    assert f"/academy/en/book/{series.pk}/2023-06-05/" in days.content.decode()
    member = make_participation(academy, "m@example.org", language="en").members.get()
    client.post("/academy/en/sign-in/", {"email": member.email})
    mail = OutboxMail.objects.get(kind="learning/sign_in")
    link = re.search(r"http://localhost(/academy/en/sign-in/\S+)", mail.text)[1]
    assert client.post(link).url == "/academy/en/my/"
    assert client.get("/academy/en/my/").url == "/academy-2023/oma/"
    assert client.get("/academy-2023/oma/").status_code == 200
