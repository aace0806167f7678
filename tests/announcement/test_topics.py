"""Topics in the admin."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from keino_academy.announcement.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, site, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "secret"))
    return client


def test_a_topic_is_made_in_a_language(editor):
    url = reverse("wagtailsnippets_keino_academy_topic:add")
    response = editor.post(f"{url}?locale=sv", {"name": "Byggande", "slug": "byggande"})
    assert response.status_code == 302
    assert [(topic.name, topic.locale.language_code) for topic in Topic.objects.all()] == [("Byggande", "sv")]


def test_topics_are_not_made_while_choosing_one(editor):
    url = reverse("wagtailsnippetchoosers_keino_academy_topic:create")
    assert editor.post(url, {"name": "Byggande", "slug": "byggande"}).status_code == 405
    assert not Topic.objects.exists()


def test_topics_are_chosen_from_a_list(editor):
    Topic.objects.create(name="Byggande", slug="byggande", locale=Locale.objects.get(language_code="fi"))
    html = editor.get(reverse("wagtailsnippetchoosers_keino_academy_topic:choose")).content.decode()
    assert "Byggande" in html
