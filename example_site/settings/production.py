"""Production: everything that differs between sites comes from the environment.

`pip install 'keino-academy[production]'` brings what these settings name.
SECRET_KEY, ALLOWED_HOSTS (commas), BASE_URL and DATABASE_URL are needed. REDIS_URL, the SMTP_
settings, the S3_ settings, PRIVATE_ROOT and PROXIES are optional.
"""

import os

from example_site.database import database
from example_site.settings.base import *  # noqa: F403 - settings are inherited as a whole
from example_site.settings.base import CONTENT_SECURITY_POLICY, KEINO_ACADEMY, ROOT

SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")
WAGTAILADMIN_BASE_URL = os.environ["BASE_URL"]
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
DATABASES = {"default": database(os.environ["DATABASE_URL"])}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

KEINO_ACADEMY = {
    **KEINO_ACADEMY,
    "BASE_URL": WAGTAILADMIN_BASE_URL,
    "TRUSTED_PROXIES": int(os.environ.get("PROXIES", "1")),
}

# Limits on how often one network may do something are counted here, so it is shared by processes.
if redis := os.environ.get("REDIS_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": ROOT / "var/cache",
        }
    }

EMAIL_HOST = os.environ.get("SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SMTP_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("FROM_EMAIL", f"webmaster@{ALLOWED_HOSTS[0]}")
KEINO_ACADEMY["FROM_EMAIL"] = DEFAULT_FROM_EMAIL

MEDIA_ROOT = os.environ.get("MEDIA_ROOT", str(ROOT / "var/media"))
KEINO_ACADEMY["PRIVATE_ROOT"] = os.environ.get("PRIVATE_ROOT", str(ROOT / "var/private"))
STATIC_ROOT = os.environ.get("STATIC_ROOT", str(ROOT / "var/static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if bucket := os.environ.get("S3_BUCKET"):
    # Files are private: their links are signed and run out.
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": os.environ.get("S3_ENDPOINT"),
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(os.environ["S3_ORIGIN"])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
