"""The demonstration: one machine, SQLite, mail to files, a clock that stands in May 2023."""

import os

from example_site.settings.base import *  # noqa: F403 - settings are inherited as a whole
from example_site.settings.base import (
    INSTALLED_APPS,
    KEINO_ACADEMY,
    ROOT,
    TEMPLATES,
)

#: Everything that the demonstration writes; removed with `make clean`.
DEMO_DIR = os.environ.get("KEINO_DEMO_DIR") or str(ROOT / "var" / "demo")
DEMO_ADDRESS = os.environ.get("KEINO_DEMO_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

SECRET_KEY = "the-demonstration-has-no-secrets-and-runs-on-one-machine-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = ["example_site.demo", *INSTALLED_APPS]
TEMPLATES[0]["OPTIONS"]["context_processors"].append("example_site.demo.context.demo")

for _folder in ("", "static"):
    # SQLite makes its file but not the folder, and WhiteNoise asks for one.
    os.makedirs(os.path.join(DEMO_DIR, _folder), exist_ok=True)  # noqa: PTH103, PTH118
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"{DEMO_DIR}/site.sqlite3",
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
        },
    }
}
MEDIA_ROOT = f"{DEMO_DIR}/media"
STATIC_ROOT = f"{DEMO_DIR}/static"
# Serves static files as they lie, without collectstatic.
WHITENOISE_USE_FINDERS = True

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = f"{DEMO_DIR}/mail"

WAGTAILADMIN_BASE_URL = DEMO_ADDRESS
KEINO_ACADEMY = {
    **KEINO_ACADEMY,
    "DEMO": True,
    "CLOCK_OFFSET": "example_site.demo.clock.offset",
    "BASE_URL": DEMO_ADDRESS,
    "PRIVATE_ROOT": f"{DEMO_DIR}/private",
}
# A limit would stand in the way of somebody who tries everything at once.
KEINO_ACADEMY |= dict.fromkeys(
    ("RATE_APPLY", "RATE_ADDRESS", "RATE_BOOK", "RATE_MAIL", "SUSPICION_RATE"), (500, 3600)
)
# A program that walks through the site fills a form in faster than any person.
KEINO_ACADEMY["FORM_MIN_SECONDS"] = int(os.environ.get("KEINO_DEMO_FORM_MIN_SECONDS", "3"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "root": {"handlers": ["console"], "level": "ERROR"},
}
