"""The example site: its clock, its mail viewer, its policies, its translations."""

from pathlib import Path

import pytest
from django.test import override_settings

from example_site.demo.mailbox import link_own, read_mails
from tests.demonstration import Demonstration, words
from tests.test_demo import ACADEMY

pytestmark = pytest.mark.xdist_group("browser")

CALL = {
    "before": "The call opens on 2 May 2023, 9:00 Finnish time.",
    "open": "The call is open until 31 May 2023, 23:59 Finnish time.",
    "closed": "The call closed on 31 May 2023, 23:59 Finnish time.",
}


@pytest.fixture
def timely(demonstration: Demonstration):
    """The demonstration, which stands at the open call again afterwards."""
    yield demonstration
    demonstration.stand_at("open")


@pytest.mark.parametrize("name", CALL)
def test_bar_jumps_in_time(name: str, timely: Demonstration):
    answer = timely.stand_at(name, back=ACADEMY["en"])
    assert answer.url == timely.address + ACADEMY["en"]
    page = timely.get(ACADEMY["en"])
    assert CALL[name] in words(page.select_one(".ka-until"))
    assert [button["value"] for button in page.select(".demo-bar [aria-current]")] == [name]


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_bar_leads_to_no_other_site(back: str, timely: Demonstration):
    assert timely.stand_at("open", back=back).url.startswith(f"{timely.address}/")


def test_bar_knows_its_moments_only(demonstration: Demonstration):
    assert demonstration.stand_at("tomorrow").status == 404
    assert demonstration.ask("/demo/clock/").status == 405


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_participants_pages_are_closed(language: str, demonstration: Demonstration):
    slug = {"fi": "oma-akatemia", "sv": "min-akademi", "en": "my-academy"}[language]
    assert demonstration.ask(f"{ACADEMY[language]}{slug}/").url.startswith(
        f"{demonstration.address}/academy/{language}/sign-in/"
    )


@pytest.mark.parametrize("path", ["/fi/", "/academy/sv/sign-in/", "/en/nothing/", "/demo/mail/en/"])
def test_public_pages_have_the_strict_policy(path: str, demonstration: Demonstration):
    policy = demonstration.ask(path).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_editor_has_its_own_policy(demonstration: Demonstration):
    policy = demonstration.ask("/admin/login/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline' 'unsafe-eval'" in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/media/documents/procurement-map.docx",
        "/media/images/../documents/procurement-map.docx",
        "/media/images/%2e%2e/documents/procurement-map.docx",
        "/media/original_images/a.png",
    ],
)
def test_documents_have_no_bare_address(path: str, demonstration: Demonstration):
    assert (demonstration.folder / "media/documents/procurement-map.docx").exists()
    assert demonstration.ask(path).status == 404


@override_settings(DEMO_ADDRESS="http://127.0.0.1:8000")
def test_mail_viewer_links_to_this_site_only():
    text = "See http://127.0.0.1:8000/fi/?a=1&b=2. <img src=x onerror=alert(1)> http://127.0.0.1:80001/ https://evil.example/"
    assert link_own(text) == (
        'See <a href="/fi/?a=1&amp;b=2">http://127.0.0.1:8000/fi/?a=1&amp;b=2</a>. '
        "&lt;img src=x onerror=alert(1)&gt; http://127.0.0.1:80001/ https://evil.example/"
    )


def test_mail_viewer_reads_letters_of_every_language(tmp_path: Path):
    source = (
        'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n'
        "Subject: =?utf-8?q?P=C3=A4=C3=A4t=C3=B6s?=\nTo: a@example.org\n\nÄiti åt öl\n"
    )
    (tmp_path / "one.log").write_text(f"{source}\n{'-' * 79}\n{source}\n{'-' * 79}\n", encoding="utf-8")
    with override_settings(EMAIL_FILE_PATH=str(tmp_path), DEMO_ADDRESS="http://127.0.0.1:8000"):
        mails = read_mails()
    assert [(mail.subject, str(mail.html).strip(), mail.to) for mail in mails] == [
        ("Päätös", "Äiti åt öl", "a@example.org")
    ] * 2


SYNC = """
from datetime import date
from wagtail.models import Page
from wagtail_localize.models import TranslationSource, Translation
page = Page.objects.get(slug="kiertotalouden-hankintojen-johtaminen-2023", locale__language_code="fi").specific
page.closes_on = date(2023, 6, 7)
page.introduction = "Uusi johdanto."
page.save_revision().publish()
source, _ = TranslationSource.update_or_create_from_instance(page)
for translation in source.translations.select_related("target_locale"):
    print(translation.target_locale.language_code, *translation.get_progress())
    translation.save_target(publish=True)
for other in Page.objects.filter(translation_key=page.translation_key).specific().order_by("pk"):
    code = other.locale.language_code
    print(code, other.slug, other.closes_on, other.timeline[3].value["date"], other.introduction)
"""


def test_editing_the_finnish_page_carries_dates_over_and_asks_for_text(
    demonstration: Demonstration, tmp_path: Path
):
    demonstration.copy_to(tmp_path)
    told = demonstration.run(
        "manage.py", "shell", "--no-imports", "-c", SYNC, KEINO_DEMO_DIR=str(tmp_path)
    ).splitlines()
    progress = {code: int(total) - int(done) for code, total, done in (line.split() for line in told[:2])}
    assert progress == {"sv": 1, "en": 1}
    addresses = [(code, path.strip("/").split("/")[-1]) for code, path in ACADEMY.items()]
    assert told[2:] == [f"{code} {slug} 2023-06-07 2023-09-12 Uusi johdanto." for code, slug in addresses]


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "Tiiliseinä"), ("sv", "En tegelmur"), ("en", "A brick wall")]
)
def test_social_media_are_given_a_picture(language: str, said: str, demonstration: Demonstration):
    page = demonstration.get(ACADEMY[language])
    assert page.select_one("meta[property='og:image:alt']")["content"].startswith(said)
    picture = demonstration.ask(page.select_one("meta[property='og:image']")["content"])
    assert (picture.status, picture.headers["Content-Type"]) == (200, "image/jpeg")
