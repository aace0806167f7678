"""An academy built wholly of a host's own page types, on the package's abstract ones."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from keino_academy.announcement.models import Academy
from keino_academy.applications.actions import walk
from keino_academy.applications.enums import Actor
from keino_academy.applications.models import Application
from keino_academy.applications.queries import current_document
from keino_academy.booking.models import BookableSession
from keino_academy.core.models import OutboxMail
from keino_academy.learning.models import Member
from tests.factories import academy_texts
from tests.factories.announcement import FACTS, stream
from tests.factories.applications import make_application
from tests.factories.booking import make_series
from tests.factories.learning import make_participation
from tests.testapp.models import (
    HostAcademyPage,
    HostApplicationPage,
    HostIndexPage,
    HostLearningHomePage,
    HostSessionPage,
)

pytestmark = pytest.mark.django_db


def add(parent: Page, model: type[Page], **fields: Any) -> Any:
    """A published page below another."""
    parent = Page.objects.get(pk=parent.pk)
    page = parent.add_child(instance=model(locale=parent.locale, live=False, **fields))
    page.save_revision().publish()
    return model.objects.get(pk=page.pk)


@pytest.fixture
def host(home, frozen) -> SimpleNamespace:
    """A list, an academy, an application page, a participants' home and a session of the host's types."""
    index = add(home, HostIndexPage, title="Akatemiat", slug="akatemiat")
    page = add(
        index,
        HostAcademyPage,
        title="Isännän akatemia",
        slug="isannan",
        introduction="Isäntä kutsuu.",
        sponsor="Koivurannan säätiö",
        body=stream(HostAcademyPage, "body", academy_texts.body()),
        timeline=stream(HostAcademyPage, "timeline", academy_texts.timeline()),
        criteria=stream(HostAcademyPage, "criteria", academy_texts.criteria()),
        **FACTS,
    )
    apply = add(page, HostApplicationPage, title="Hae", slug="hae")
    learning = add(page, HostLearningHomePage, title="Oma akatemia", slug="oma")
    document = get_document_model().objects.create(title="Aineisto", file=ContentFile(b"closed", "a.txt"))
    session = add(
        learning,
        HostSessionPage,
        title="Työpaja 1",
        slug="tyopaja-1",
        timeline_entry=academy_texts.block_id("workshop-1"),
        materials=[("document", {"document": document})],
    )
    academy = Academy.objects.get(translation_key=page.translation_key)
    return SimpleNamespace(
        index=index,
        page=page,
        apply=apply,
        learning=learning,
        session=session,
        academy=academy,
        document=document,
    )


def soup(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def member_of(academy: Academy) -> Any:
    user = get_user_model().objects.create_user("member", "member@example.org", "secret")
    make_participation(academy, "member@example.org", user=user)
    return user


# The announcement


def test_publishing_writes_the_facts(host):
    assert (host.academy.code, host.academy.language, host.academy.places) == ("kiertotalous-2023", "fi", 12)
    assert host.academy.closes.isoformat() == "2023-05-31T21:00:00+00:00"
    assert host.academy.state == "open"


def test_the_page_stands_in_the_packages_template_and_keeps_the_hosts_field(client, host):
    response = client.get(host.page.url)
    names = [template.name for template in response.templates]
    assert "keino_academy/announcement/academy_page.html" in names
    html = soup(response)
    assert html.h1.text.replace("\xad", "").strip() == "Isännän akatemia"
    assert html.select_one(f'a[href="{host.apply.url}"]')
    assert html.select_one('a[href="/academy/fi/kiertotalous-2023/check/"]')
    assert response.context["page"].sponsor == "Koivurannan säätiö"
    assert HostAcademyPage.objects.get(pk=host.page.pk).sponsor == "Koivurannan säätiö"


def test_a_template_of_the_hosts_own_goes_before(client, host, settings, tmp_path):
    folder = tmp_path / "testapp"
    folder.mkdir()
    (folder / "host_academy_page.html").write_text(
        '{% extends "keino_academy/announcement/academy_page.html" %}'
        '{% block ka_content %}<p id="sponsor">{{ page.sponsor }}</p>{{ block.super }}{% endblock %}'
    )
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]},
    ]
    html = soup(client.get(host.page.url))
    assert html.select_one("#sponsor").text == "Koivurannan säätiö"
    assert html.select_one(f'a[href="{host.apply.url}"]')


def test_the_list_shows_it(client, host):
    html = soup(client.get(host.index.url))
    assert html.select_one(f'a[href="{host.page.url}"]')


def test_the_calendar_and_the_check(client, host):
    feed = client.get("/academy/fi/kiertotalous-2023/calendar.ics").content.decode()
    assert feed.count("BEGIN:VEVENT") == 9
    assert f"http://localhost{host.page.url}#entry-" in feed.replace("\r\n ", "")
    questions = soup(client.get("/academy/fi/kiertotalous-2023/check/"))
    assert len(questions.select("fieldset")) == 6


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("planned", "Haku alkaa 2.5.2023 klo 9.00 Suomen aikaa"),
        ("open", "Haku päättyy 31.5.2023 klo 23.59 Suomen aikaa"),
        ("closed", "Haku päättyi 31.5.2023 klo 23.59"),
    ],
)
def test_previews_stand_at_their_moment(host, mode, said):
    response = host.page.make_preview_request(preview_mode=mode)
    text = " ".join(BeautifulSoup(response.content, "html.parser").text.split())
    assert said in text.replace("\xad", "")


def test_every_type_has_a_preview(host):
    for page in (host.index, host.page, host.apply, host.learning, host.session):
        for mode, _label in page.preview_modes:
            assert page.make_preview_request(preview_mode=mode).status_code == 200, (page, mode)


# Applying and booking


def test_the_application_page_takes_applications(client, host):
    page = soup(client.get(host.apply.url))
    form = page.select_one('form[action="/academy/fi/kiertotalous-2023/apply/"]')
    document = current_document(host.academy)
    assert len(form.select("[name=organisation]")) == 1
    assert document.version == 1


def test_an_application_is_sent_and_answered(client, host, frozen):
    page = soup(client.get(host.apply.url))
    frozen.shift(60)
    token = page.select_one("[name=form_token]")["value"]
    data = {"organisation": "Kunta", "email": "a@kunta.example", "website2": "", "form_token": token}
    response = client.post("/academy/fi/kiertotalous-2023/apply/", data)
    application = Application.objects.get()
    assert (response.status_code, application.academy) == (303, host.academy)
    assert application.reference in soup(client.get(response["Location"])).text


def test_a_booking_block_offers_the_times(client, host):
    series = make_series(host.academy)
    session = BookableSession.objects.get(translation_key=series.translation_key)
    value = {"heading": "Varatkaa keskustelu", "session": session.pk}
    block = {"type": "booking", "id": academy_texts.block_id("book"), "value": value}
    host.page.body = stream(HostAcademyPage, "body", [*academy_texts.body(), block])
    host.page.save_revision().publish()
    html = soup(client.get(host.page.url))
    assert html.select_one(f'[href^="/academy/fi/book/{series.pk}/"]')


# Learning


def test_participants_pages_are_closed_to_strangers_and_open_to_members(client, host):
    for page in (host.learning, host.session):
        response = client.get(page.url)
        assert response.url.startswith("/academy/fi/sign-in/?next=")
    assert client.get(host.document.url).status_code == 302
    outsider = Client()
    outsider.force_login(get_user_model().objects.create_user("outsider", "o@example.org", "secret"))
    assert [outsider.get(page.url).status_code for page in (host.learning, host.session)] == [403, 403]
    assert outsider.get(host.document.url).status_code == 403
    client.force_login(member_of(host.academy))
    assert soup(client.get(host.learning.url)).select_one(f'a[href="{host.session.url}"]')
    session = " ".join(soup(client.get(host.session.url)).text.split())
    assert "10.10.2023" in session
    assert b"".join(client.get(host.document.url).streaming_content) == b"closed"
    assert client.get("/academy/fi/my/").url == host.learning.url


def test_who_is_selected_signs_in_and_reads(client, host):
    application = make_application(host.academy)
    walk(application, ("receive_final", "begin_review", "select"), Actor.ORGANISER, None)
    member = Member.objects.get(role=Member.Role.CONTACT)
    client.post(
        reverse("keino_academy:sign_in", args=["fi"]), {"email": member.email, "next": host.session.url}
    )
    text = OutboxMail.objects.get(kind="learning/sign_in").text
    link = re.search(r"http://localhost(/academy/\S+)", text)[1]
    assert client.post(link).url == host.session.url
    assert client.get(host.session.url).status_code == 200


# Translation


def test_a_translation_takes_the_facts_and_asks_for_the_words(
    client, host, django_capture_on_commit_callbacks
):
    swedish = Locale.objects.get(language_code="sv")
    for page in (host.index, host.page, host.apply):
        source, _made = TranslationSource.get_or_create_from_instance(page)
        with django_capture_on_commit_callbacks(execute=True):
            source.create_or_update_translation(swedish, publish=True, fallback=True)
        page.get_translation(swedish).save_revision().publish()
    twin = host.page.get_translation(swedish)
    assert (type(twin), twin.closes_on, twin.sponsor) == (
        HostAcademyPage,
        FACTS["closes_on"],
        "Koivurannan säätiö",
    )
    assert twin.timeline.raw_data[0]["value"]["date"] == "2023-05-31"
    asked = TranslationSource.objects.get(object_id=host.page.translation_key).stringsegment_set
    assert set(
        asked.filter(context__path__in=["title", "sponsor", "closes_on"]).values_list(
            "context__path", flat=True
        )
    ) == {"title", "sponsor"}
    html = soup(client.get(twin.url))
    assert html.select_one("div.ka")["lang"] == "sv"
    assert html.select_one('link[hreflang="fi"]')["href"] == f"http://localhost{host.page.url}"
    assert html.select_one(f'a[href="{host.apply.get_translation(swedish).url}"]')
    assert set(current_document(host.academy).content) == {"fi", "sv", "en"}
    assert Academy.objects.get().language == "fi"
