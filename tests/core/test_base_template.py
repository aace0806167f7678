import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.template.loader import render_to_string
from django.utils.translation import override

from keino_academy.core.languages import LanguageLink


def page(source, language="fi", **context):
    with override(language):
        return BeautifulSoup(engines["django"].from_string(source).render(context), "html.parser")


@pytest.mark.django_db
class TestBase:
    def test_the_package_stands_in_the_hosts_page(self, rf):
        html = page(
            """{% extends "keino_academy/base.html" %}{% block ka_title %}Receipt{% endblock %}
            {% block ka_class %}ka-task{% endblock %}{% block ka_content %}<p>Here</p>{% endblock %}""",
            "sv",
            request=rf.get("/"),
        )
        assert html.title.text.strip().startswith("Receipt")
        assert html.select_one("div.ka.ka-task")["lang"] == "sv"
        assert html.select_one("div.ka > main#ka-main p").text == "Here"
        sheets = [link["href"].rsplit("/", 1)[1] for link in html.select("link[rel=stylesheet]")]
        assert sheets[:2] == ["tokens.css", "elements.css"]
        assert len(html.select("main")) == 1

    def test_the_title_begins_with_error_where_the_form_has_errors(self, rf):
        source = '{% extends "keino_academy/base.html" %}{% block ka_title %}Pilot{% endblock %}'
        html = page(source, "en", request=rf.get("/"), form={"errors": {"name": ["Missing"]}})
        assert html.title.text.strip().startswith("Error: Pilot")

    def test_the_switch_leads_to_this_page_in_other_languages(self, rf):
        links = [
            LanguageLink("fi", "suomi", "/academy/fi/receipt/", True),
            LanguageLink("sv", "svenska", "/academy/sv/receipt/", False),
        ]
        html = page('{% extends "keino_academy/base.html" %}', request=rf.get("/"), language_links=links)
        found = [(a["href"], a["lang"], a.get("aria-current")) for a in html.select(".ka-site__langs a")]
        assert found == [
            ("/academy/fi/receipt/", "fi", "true"),
            ("/academy/sv/receipt/", "sv", None),
        ]

    def test_personal_pages_are_not_for_search_engines(self, rf):
        source = '{% extends "keino_academy/base.html" %}'
        sealed = page(source, request=rf.get("/"), view={"sealed": True})
        assert sealed.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert sealed.find("meta", attrs={"name": "referrer"})["content"] == "strict-origin"
        assert page(source, request=rf.get("/")).find("meta", attrs={"name": "robots"}) is None

    @pytest.mark.parametrize("name", ["403", "404", "link"])
    def test_error_pages_stand_in_the_hosts_page_and_say_what_to_do(self, rf, name):
        html = page(f'{{% include "keino_academy/errors/{name}.html" %}}', request=rf.get("/"))
        assert len(html.select("h1")) == 1
        assert html.select_one("a.ka-button")["href"] == "/"
        assert html.find("meta", attrs={"name": "robots"})["content"] == "noindex"


@pytest.mark.parametrize("name", ["500", "503"])
def test_pages_for_a_broken_server_need_no_database_and_no_request(name):
    html = BeautifulSoup(render_to_string(f"keino_academy/errors/{name}.html"), "html.parser")
    assert len(html.select("main h1")) == 1
    assert html.title.text == html.h1.text
    assert html.find("script") is None
    assert html.find(style=True) is None
