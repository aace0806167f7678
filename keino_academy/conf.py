"""Settings of the package: one object, read live from ``settings.KEINO_ACADEMY``.

Importing this module touches no Django setting, so that a site's own settings
may import :data:`REQUIRED_APPS` from it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings as django_settings
from django.utils.module_loading import import_string

#: What a site adds to ``INSTALLED_APPS`` beside ``keino_academy``.
REQUIRED_APPS = ["wagtail_localize", "wagtail_localize.locales", "captcha"]

#: Either of the two does: both have the label that migrations name.
_LOCALES = {"wagtail_localize.locales", "wagtail.locales"}

DEFAULTS: dict[str, Any] = {
    # A timedelta, or the dotted path of a callable that returns one, which is added to the clock.
    "CLOCK_OFFSET": None,
    # Says that the site is a demonstration: only there may the clock be offset.
    "DEMO": False,
    # From: of all mail; None takes DEFAULT_FROM_EMAIL.
    "FROM_EMAIL": None,
    # Where links in mail point when the academy's page has no site: "https://example.org".
    "BASE_URL": None,
    # Further kinds of organisation: [("company", _("company"))].
    "ORGANISATION_KINDS": (),
    # Seconds that a person takes at least to fill in a form, and a form stays good at most.
    "FORM_MIN_SECONDS": 3,
    "FORM_MAX_SECONDS": 24 * 60 * 60,
    # When the form asks a control question: "on_suspicion", "always", or "off", which marks instead.
    "CAPTCHA": "on_suspicion",
    # (number, seconds): applications from one network after which the next is suspicious.
    "SUSPICION_RATE": (5, 3600),
    # (number, seconds): how often one network may do each of these, and one e-mail address apply.
    "RATE_APPLY": (20, 3600),
    "RATE_ADDRESS": (5, 3600),
    "RATE_BOOK": (30, 3600),
    # Choosing a time comes before booking it, and again when somebody else was quicker.
    "RATE_HOLD": (120, 3600),
    "RATE_MAIL": (5, 3600),
    # A whole workshop may sit behind one network; each address has RATE_MAIL besides.
    "RATE_SIGN_IN": (60, 3600),
    # Seconds that a chosen time is kept for whoever fills in the form, once more by a button.
    "HOLD_SECONDS": 10 * 60,
    # How many proxies before the site write X-Forwarded-For; 0 reads REMOTE_ADDR alone.
    "TRUSTED_PROXIES": 0,
    # Seconds that a sign-in link lives, and that a member stays signed in when asked for.
    "SIGN_IN_SECONDS": 30 * 60,
    "STAY_SECONDS": 30 * 24 * 60 * 60,
    # Dotted path of a callable (year, language) -> {date: name}: the public holidays of that year.
    "HOLIDAYS": None,
    # Seconds for which what a public page shows to everybody is kept in the cache; 0 keeps nothing.
    "PAGE_CACHE_SECONDS": 60,
    # Dotted path of a callable (email, name) -> user, which makes the account of a member.
    "MEMBER_ACCOUNT": "keino_academy.learning.accounts.make_account",
    # Seconds within which an applicant is reminded to book once more only when the organiser says so.
    "NUDGE_PAUSE_SECONDS": 3 * 24 * 60 * 60,
    # Days before a call closes on which those who have not confirmed are reminded once; 0 reminds nobody.
    "REMIND_CONFIRM_DAYS": 3,
    # Days before a call closes on which those who have begun an application are reminded once; 0: nobody.
    "REMIND_DRAFT_DAYS": 3,
    # Days after which a draft is removed whose link was never opened; 0 keeps them all.
    "FORGET_DRAFT_DAYS": 30,
    # A folder outside MEDIA_ROOT for files of applicants, where STORAGES has no "keino_academy_private".
    "PRIVATE_ROOT": None,
    # What applicants may add: bytes of one file, files for one question, extensions without the dot.
    "FILE_MOST_BYTES": 10 * 1024 * 1024,
    "FILE_MOST_EACH": 5,
    "FILE_TYPES": ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpg", "jpeg", "txt", "csv"),
    # Dotted path of a callable (file, name) that raises core.scanning.RefusedFile where a file does harm.
    "FILE_SCANNER": None,
    # What the list of applications shows of each, in this order; docs/reference/settings.md names them all.
    "APPLICATION_COLUMNS": ("reference", "organisation", "kind", "state", "sent", "met", "booked"),
    # How often, and how far apart (seconds, doubling), a mail is tried before it counts as failed.
    "MAIL_ATTEMPTS": 8,
    "MAIL_RETRY_SECONDS": 60,
}


class AcademySettings:
    """``academy_settings.NAME`` is the site's value, or the default."""

    def __getattr__(self, name: str) -> Any:
        if name not in DEFAULTS:
            raise AttributeError(f"keino_academy has no setting {name}")
        return getattr(django_settings, "KEINO_ACADEMY", {}).get(name, DEFAULTS[name])

    @property
    def clock_offset(self) -> timedelta:
        """How far the academy's clock stands from the real one."""
        offset = self.CLOCK_OFFSET
        if isinstance(offset, str):
            offset = import_string(offset)()
        return offset or timedelta(0)

    def unknown(self) -> list[str]:
        """Names in the site's settings that the package does not know."""
        return sorted(set(getattr(django_settings, "KEINO_ACADEMY", {})) - set(DEFAULTS))


academy_settings = AcademySettings()


def missing_apps() -> list[str]:
    """Which of :data:`REQUIRED_APPS` the site lacks; asked while its apps are loading."""
    from django.apps import apps

    installed = {config.name for config in apps.get_app_configs()}
    return [
        name
        for name in REQUIRED_APPS
        if name not in installed and not (name in _LOCALES and installed & _LOCALES)
    ]
