"""All addresses of the package: ``path("academy/", include("keino_academy.urls"))``."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import include, path

_rooms = [
    import_module(f"keino_academy.{room}.urls").urlpatterns
    for room in ("announcement", "booking", "applications", "selection", "learning")
    if find_spec(f"keino_academy.{room}.urls")
]

urlpatterns = [
    path("", include((sum(_rooms, []), "keino_academy"))),
    # Beside the namespace: the captcha finds its own addresses by plain names.
    path("captcha/", include("captcha.urls")),
]
