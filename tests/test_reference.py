"""The reference tells of what there is."""

import re
import tomllib
from pathlib import Path

from django.core.management import get_commands

from keino_academy import __version__
from keino_academy.conf import DEFAULTS

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
        "Django", "django-simple-captcha", "django-tasks", "icalendar", "wagtail", "wagtail-localize",
    }  # fmt: skip
