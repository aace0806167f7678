"""All addresses of the package: ``path("academy/", include("keino_academy.urls"))``."""

from django.urls import include, path

from keino_academy.announcement.urls import urlpatterns as announcement
from keino_academy.applications.urls import urlpatterns as applications
from keino_academy.booking.urls import urlpatterns as booking
from keino_academy.learning.urls import urlpatterns as learning

urlpatterns = [
    path("", include(([*announcement, *booking, *applications, *learning], "keino_academy"))),
    # Beside the namespace: the captcha finds its own addresses by plain names.
    path("captcha/", include("captcha.urls")),
]
