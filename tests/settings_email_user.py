"""The site of the suite with users who sign in with their address; run by tests/test_email_user.py."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = ["tests.mailpeople", *INSTALLED_APPS]
AUTH_USER_MODEL = "mailpeople.MailUser"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}


class WithoutMigrations:
    """Tables are made of the models as they are: quick, and the app of users needs no migrations."""

    def __contains__(self, label: str) -> bool:
        return True

    def __getitem__(self, label: str) -> None:
        return None


MIGRATION_MODULES = WithoutMigrations()
