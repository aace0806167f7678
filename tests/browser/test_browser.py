"""The browser reaches a served site, with JavaScript and without."""

import pytest

from tests.factories.site import make_site


@pytest.mark.parametrize("kind", ["visitor", "plain_visitor"])
def test_home_page_is_served(kind, live_server, request):
    make_site()
    page = request.getfixturevalue(kind)
    response = page.goto(f"{live_server.url}/sv/")
    assert response.status == 200
    assert page.locator("h1").inner_text() == "Startsida"
    assert page.locator("html").get_attribute("lang") == "sv"
