"""A host's own user. In an app of its own: Wagtail's migrations wait for it."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class HostUser(AbstractUser):
    """A user with something of the host's own."""

    department = models.CharField(max_length=80, blank=True)
