"""Publishing the source writes the academy; nothing else does."""

from datetime import UTC, date, datetime, time

import pytest
from wagtail.models import Page

from keino_academy.announcement.enums import CallState
from keino_academy.announcement.models import Academy, AcademyPage
from keino_academy.announcement.queries import source_language
from keino_academy.announcement.signals import academy_published, academy_withdrawn
from tests.factories.announcement import make_academy_page, make_index_page
from tests.factories.site import make_translation

pytestmark = pytest.mark.django_db


def the_academy() -> Academy:
    return Academy.objects.get()


def test_the_facts_become_exact_moments(site):
    page = make_academy_page(site)
    academy = the_academy()
    assert academy.translation_key == page.translation_key
    assert (academy.title, academy.language, academy.code) == (page.title, "fi", "kiertotalous-2023")
    assert academy.opens == datetime(2023, 5, 2, 6, 0, tzinfo=UTC)
    assert academy.closes == datetime(2023, 5, 31, 21, 0, tzinfo=UTC)
    assert academy.starts == datetime(2023, 9, 11, 21, 0, tzinfo=UTC)
    assert academy.ends == datetime(2024, 2, 1, 22, 0, tzinfo=UTC)
    assert academy.alumni_until == datetime(2024, 12, 31, 22, 0, tzinfo=UTC)
    assert (academy.year, academy.places, academy.decision_on) == (2023, 12, date(2023, 6, 23))
    assert academy.organiser_email == "organiser@osaamiskeskus.example"
    assert academy.published is True


def test_a_draft_writes_nothing(site):
    page = make_academy_page(site, publish=False)
    page.save_revision()
    assert not Academy.objects.exists()


def test_publishing_again_changes_the_same_academy(site):
    page = make_academy_page(site)
    page.places, page.title = 20, "Uusi nimi"
    page.save_revision().publish()
    assert (the_academy().places, the_academy().title, the_academy().code) == (
        20,
        "Uusi nimi",
        "kiertotalous-2023",
    )


def test_a_stale_translation_keeps_the_facts_of_the_source(site):
    page = make_academy_page(site)
    swedish = make_translation(page, "sv", title="Ledning av cirkulär upphandling")
    page.refresh_from_db()
    page.closes_on = date(2023, 6, 7)
    page.save_revision().publish()
    swedish.body = []
    swedish.save_revision().publish()
    academy = the_academy()
    assert swedish.closes_on == date(2023, 5, 31)
    assert academy.closes == datetime(2023, 6, 7, 21, 0, tzinfo=UTC)
    assert (academy.title, academy.language) == (page.title, "fi")


def test_a_translation_published_before_its_source_writes_nothing(site):
    page = make_academy_page(site, publish=False)
    make_translation(page, "sv")
    assert not Academy.objects.exists()
    assert source_language(page) == "fi"


def test_what_was_submitted_for_translation_first_is_the_source(site, django_user_model):
    from wagtail_localize.models import TranslationSource

    swedish = make_academy_page(site, "sv", publish=False, slug="cirkular-2023")
    source, _created = TranslationSource.update_or_create_from_instance(swedish)
    assert source.locale.language_code == "sv"
    finnish = make_translation(swedish, "fi")
    assert not Academy.objects.exists()
    assert source_language(finnish) == "sv"


def test_an_alias_does_nothing(site):
    page = make_academy_page(site)
    index = make_index_page(site)
    alias = page.create_alias(parent=index, update_slug="peili")
    page.title = "Uusi nimi"
    page.save_revision().publish()
    alias.refresh_from_db()
    assert alias.title == "Uusi nimi"
    alias.unpublish()
    assert Academy.objects.count() == 1
    assert the_academy().published is True


def test_unpublishing_the_source_closes_the_call(site, frozen):
    page = make_academy_page(site)
    swedish = make_translation(page, "sv")
    swedish.unpublish()
    assert the_academy().state == CallState.OPEN
    page.refresh_from_db()
    page.unpublish()
    assert the_academy().state == CallState.CLOSED
    assert the_academy().closes == datetime(2023, 5, 31, 21, 0, tzinfo=UTC)
    swedish.save_revision().publish()
    assert the_academy().state == CallState.CLOSED


def test_deleting_the_page_keeps_the_academy(site):
    make_academy_page(site).delete()
    assert the_academy().published is False
    assert the_academy().title == "Kiertotaloushankintojen johtaminen"


def test_codes_are_unique(site):
    make_academy_page(site)
    index = make_index_page(site)
    make_academy_page(site, parent=index)
    make_academy_page(site, parent=index, slug="muu", code="")
    make_academy_page(site, parent=index, slug="kiertotalous", code="")
    codes = set(Academy.objects.values_list("code", flat=True))
    assert codes == {"kiertotalous-2023", "kiertotalous-2023-2", "muu", "kiertotalous"}


def test_a_code_that_was_numbered_stays_when_published_again(site):
    make_academy_page(site)
    second = make_academy_page(site, parent=make_index_page(site))
    second.save_revision().publish()
    assert Academy.objects.get(translation_key=second.translation_key).code == "kiertotalous-2023-2"


def test_a_copy_is_an_academy_of_its_own(site):
    page = make_academy_page(site)
    page.copy(update_attrs={"slug": "kiertotalous-2024"}, keep_live=False).save_revision().publish()
    assert Academy.objects.count() == 2


def test_the_news_goes_up_in_the_same_transaction(site, django_capture_on_commit_callbacks):
    heard = []

    def hear(signal, **kwargs):
        heard.append((kwargs.get("academy").code, getattr(kwargs.get("page"), "title", None)))

    academy_published.connect(hear)
    academy_withdrawn.connect(hear)
    try:
        page = make_academy_page(site)
        page.unpublish()
    finally:
        academy_published.disconnect(hear)
        academy_withdrawn.disconnect(hear)
    assert heard == [("kiertotalous-2023", page.title), ("kiertotalous-2023", None)]


def test_a_listener_that_fails_leaves_no_half_academy(site):
    def refuse(**kwargs):
        raise RuntimeError("no")

    academy_published.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            make_academy_page(site)
    finally:
        academy_published.disconnect(refuse)
    assert not Academy.objects.exists()


def test_children_are_counted_anew(site):
    index = make_index_page(site)
    page = make_academy_page(site, parent=index)
    Page.objects.filter(pk=index.pk).update(numchild=0)
    page.save_revision().publish()
    assert Page.objects.get(pk=index.pk).numchild == 1


@pytest.mark.parametrize(
    ("closes_at", "closes"),
    [
        (time(23, 59), datetime(2023, 5, 31, 21, 0, tzinfo=UTC)),
        (None, datetime(2023, 5, 31, 21, 0, tzinfo=UTC)),
        (time(16, 0), datetime(2023, 5, 31, 13, 0, tzinfo=UTC)),
        (time(0, 0), datetime(2023, 5, 30, 21, 0, tzinfo=UTC)),
    ],
)
def test_a_closing_time_is_exclusive_and_a_whole_last_minute_counts(site, closes_at, closes):
    make_academy_page(site, closes_at=closes_at)
    assert the_academy().closes == closes


def test_pages_without_dates_make_an_academy_that_is_planned(site):
    blank = dict.fromkeys(("opens_on", "closes_on", "starts_on", "ends_on", "alumni_until", "year"))
    make_academy_page(site, **blank)
    assert (the_academy().state, the_academy().year) == (CallState.PLANNED, None)


def test_a_source_that_is_gone_leaves_its_place_to_the_oldest_that_is_left(site):
    page = make_academy_page(site)
    swedish = make_translation(page, "sv", title="Akademin")
    page.refresh_from_db()
    page.delete()
    AcademyPage.objects.get(pk=swedish.pk).save_revision().publish()
    assert (the_academy().language, the_academy().title, the_academy().published) == ("sv", "Akademin", True)
