"""The ground on which other tests stand."""

from wagtail.models import Page, Site

from tests.factories.site import make_site


def test_home_page_answers_in_each_language(client, site):
    for language, title in (("fi", "Etusivu"), ("sv", "Startsida"), ("en", "Home")):
        response = client.get(f"/{language}/")
        assert response.status_code == 200
        assert f'<html lang="{language}">' in response.content.decode()
        assert title in response.content.decode()


def test_site_can_be_made_on_a_flushed_database(transactional_db, client):
    Page.objects.all().delete()
    Site.objects.all().delete()
    make_site()
    assert client.get("/sv/").status_code == 200
