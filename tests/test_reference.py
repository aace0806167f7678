"""The reference tells of what there is."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from django.core.management import get_commands
from django.utils.translation import override

from keino_academy import __version__
from keino_academy.announcement.enums import Right
from keino_academy.conf import DEFAULTS, REQUIRED_APPS

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs/reference"


def test_every_setting_is_in_the_table():
    ours = (REFERENCE / "settings.md").read_text(encoding="utf-8").partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)`", ours, flags=re.MULTILINE)) == set(DEFAULTS)


def test_every_command_of_the_package_is_in_the_table():
    ours = {name for name, app in get_commands().items() if app == "keino_academy"}
    assert ours
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    assert ours - set(re.findall(r"^\| `(\w+)", text, flags=re.MULTILINE)) == set()


def test_the_changelog_names_the_version_or_what_is_to_come():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## Unreleased" in changelog or f"## {__version__}" in changelog


def test_what_a_host_is_told_to_install_is_what_is_asked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"pip install {project['name']}" in readme
    assert project["requires-python"] == ">=3.11"
    assert {re.split(r"[><=\[]", name)[0] for name in project["dependencies"]} == {
        "Django", "django-simple-captcha", "django-tasks", "icalendar",
        "recurring-ical-events", "wagtail", "wagtail-localize",
    }  # fmt: skip


def test_every_check_is_in_the_table():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "keino_academy").rglob("checks.py")]
    named = {number for text in sources for number in re.findall(r"\b[EW]\d{3}\b", text)}
    warned = {f"W{int(number):03}" for text in sources for number in re.findall(r"_warn\((\d+)", text)}
    text = (REFERENCE / "checks.md").read_text(encoding="utf-8")
    assert named
    assert warned
    assert set(re.findall(r"^\| `keino_academy\.([EW]\d{3})`", text, flags=re.MULTILINE)) == named | warned


def test_every_right_is_in_the_table():
    text = (REFERENCE / "permissions.md").read_text(encoding="utf-8")
    rights = text.partition("| right |")[2].partition("\n\n")[0]
    with override("en"):
        assert re.findall(r"^\| (?!---)(.+?) \|", rights, flags=re.MULTILINE) == [
            str(right.label) for right in Right
        ]


def test_every_library_of_the_production_settings_is_in_an_extra():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    settings = (ROOT / "example_site/settings/production.py").read_text(encoding="utf-8")
    libraries = {"storages.backends.s3": "django-storages[s3]", "cache.backends.redis": "redis"}
    named = {library for path, library in libraries.items() if path in settings}
    assert named == set(libraries.values())
    assert named <= {re.split(r"[><=]", name)[0] for name in extras["production"]}


def test_the_apps_to_add_can_be_imported_where_the_app_is():
    code = "from keino_academy.apps import REQUIRED_APPS; print(*REQUIRED_APPS)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == REQUIRED_APPS
