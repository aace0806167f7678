"""Run every check of the repository, say how long each took, and fail if one failed."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent

# `check --deploy` reads the production settings, which take these from the environment.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "example_site.settings.production",
    "SECRET_KEY": "checked-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "ALLOWED_HOSTS": "academy.example.org",
    "BASE_URL": "https://academy.example.org",
    "DATABASE_URL": "postgres://academy@127.0.0.1:5432/academy",
}
TESTS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("style", [str(BIN / "ruff"), "check", "."], {}),
    ("format", [str(BIN / "ruff"), "format", "--check", "."], {}),
    ("imports", [str(BIN / "lint-imports"), "--no-cache"], {}),
    ("types", [PYTHON, "-m", "mypy"], {}),
    ("migrations", [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"], TESTS),
    ("catalogues", [PYTHON, "tools/catalogues.py"], {}),
    ("templates", [PYTHON, "tools/templates.py"], {}),
    ("deployment", [PYTHON, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
]


def main() -> int:
    """Run the checks named on the command line, or all; return 1 when one fails."""
    wanted = set(sys.argv[1:]) or {name for name, _, _ in CHECKS}
    if unknown := wanted - {name for name, _, _ in CHECKS}:
        print(f"No such check: {', '.join(sorted(unknown))}")
        return 2
    failed = [name for name, command, env in CHECKS if name in wanted and not passes(name, command, env)]
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed")
    return 1 if failed else 0


def passes(name: str, command: list[str], env: dict[str, str]) -> bool:
    """Run one check; show what it said only when it failed."""
    begun = time.monotonic()
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    passed = result.returncode == 0
    print(f"{name:<12} {'ok' if passed else 'FAILED':<7} {time.monotonic() - begun:5.1f} s", flush=True)
    if not passed:
        print(result.stdout)
    return passed


if __name__ == "__main__":
    sys.exit(main())
