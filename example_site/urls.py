"""The addresses of the site: the package needs the one line that begins with ``academy/``."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from example_site.home import views

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", views.image, name="image"),
    path("sitemap.xml", sitemap),
    path("academy/", include("keino_academy.urls")),
]
if settings.KEINO_ACADEMY.get("DEMO"):
    urlpatterns.append(path("demo/", include("example_site.demo.urls")))

urlpatterns += i18n_patterns(
    path("search/", views.search, name="search"),
    path("", include(wagtail_urls)),
)

handler403 = "example_site.home.views.forbidden"
handler404 = "example_site.home.views.not_found"
handler500 = "example_site.home.views.server_error"
