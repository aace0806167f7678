"""A stranger installs the built wheel in a site made by ``wagtail start``, and publishes an academy."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("install")]

PUBLISH = """
import keino_academy
from datetime import date
from django.test import Client
from keino_academy.announcement.models import Academy, AcademyPage
from wagtail.models import Site

home = Site.objects.get(is_default_site=True).root_page
page = home.add_child(instance=AcademyPage(
    title="Circular economy", slug="circular", opens_on=date(2020, 1, 1), closes_on=date(2100, 1, 1),
))
page.save_revision().publish()
academy = Academy.objects.get(translation_key=page.translation_key)
answer = Client(headers={"host": "localhost"}).get(page.get_url())
print(keino_academy.__file__)
print(academy.title, academy.state.value, academy.language, answer.status_code)
print("Circular economy" in answer.content.decode())
"""


def run(*command: object, cwd: Path, **env: str) -> str:
    """Run a command that must succeed; return what it printed."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "PYTEST"))}
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**clean, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout + result.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The package as it is published."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def stranger(wheel, tmp_path_factory) -> Path:
    """A site as ``wagtail start`` makes it, with the wheel beside it, the apps and the one line added."""
    folder = tmp_path_factory.mktemp("stranger")
    start = "from wagtail.bin.wagtail import main; main()"
    run(sys.executable, "-c", start, "start", "mysite", folder, cwd=folder)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    run(*pip, "--target", folder, wheel, cwd=folder)
    settings = folder / "mysite/settings/base.py"
    apps = 'from keino_academy.conf import REQUIRED_APPS\n\nINSTALLED_APPS = [\n    "keino_academy",\n    *REQUIRED_APPS,\n'
    replace(settings, "INSTALLED_APPS = [\n", apps)
    line = 'urlpatterns = [\n    path("academy/", include("keino_academy.urls")),\n'
    replace(folder / "mysite/urls.py", "urlpatterns = [\n", line, count=1)
    return folder


def replace(path: Path, old: str, new: str, count: int = -1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def manage(site: Path, *arguments: str) -> str:
    return run(sys.executable, "-W", "ignore", "manage.py", *arguments, cwd=site, PYTHONPATH=str(site))


def test_wheel_holds_what_a_site_needs_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    roots = {name.partition("/")[0] for name in names}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"keino_academy"}
    assert "keino_academy/py.typed" in names
    assert "keino_academy/templates/keino_academy/base.html" in names
    assert "keino_academy/static/keino_academy/css/tokens.css" in names
    assert "keino_academy/migrations/0001_initial.py" in names
    for language in ("fi", "sv", "en"):
        assert f"keino_academy/locale/{language}/LC_MESSAGES/django.mo" in names
        assert f"keino_academy/locale/{language}/LC_MESSAGES/django.po" in names


def test_stranger_publishes_an_academy(stranger):
    manage(stranger, "migrate", "--verbosity", "0")
    file, facts, shown = (
        manage(stranger, "shell", "--verbosity", "0", "-c", PUBLISH).strip().splitlines()[-3:]
    )
    assert Path(file).is_relative_to(stranger)
    assert facts == "Circular economy open en 200"
    assert shown == "True"


def test_stranger_needs_no_migration_of_their_own(stranger):
    assert "No changes detected" in manage(
        stranger, "makemigrations", "--check", "--dry-run", "keino_academy"
    )


def test_forgotten_app_is_named_with_its_mending(stranger):
    settings = stranger / "mysite/settings/forgetful.py"
    settings.write_text('from .dev import *\n\nINSTALLED_APPS.remove("captcha")\n', encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--settings", "mysite.settings.forgetful"],
        cwd=stranger, env={**os.environ, "PYTHONPATH": str(stranger)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert re.search(r"ImproperlyConfigured: .*Add to INSTALLED_APPS: captcha", result.stderr)
