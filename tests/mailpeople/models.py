"""A host whose users have an address and a name, and no user name."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models


class MailUserManager(BaseUserManager):
    """Finds users by their address."""


class MailUser(AbstractBaseUser, PermissionsMixin):
    """A user who signs in with an address. There is no first name, no last name, no ``is_staff``."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = MailUserManager()
