"""The Nu HTML checker, or a skip that says how to get it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

JAR = Path(__file__).resolve().parent / "node_modules/vnu-jar/build/dist/vnu.jar"


def errors_in(sources: dict[str, str], folder: Path) -> list[str]:
    """What the checker finds wrong in pages, each told by its name; one run for all of them."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java was not found: `apt-get install default-jre-headless`")
    if not JAR.exists():
        pytest.skip("The Nu HTML checker was not found: `npm install --prefix tests`")
    for name, source in sources.items():
        (folder / f"{name}.html").write_text(source)
    files = sorted(str(file) for file in folder.glob("*.html"))
    told = subprocess.run(
        [java, "-jar", str(JAR), "--errors-only", "--format", "json", *files],
        check=False,
        capture_output=True,
        text=True,
    )
    messages = json.loads(told.stderr)["messages"]
    return [
        f"{Path(message['url']).stem}, line {message.get('lastLine')}: {message['message']} "
        f"{message.get('extract', '')!r}"
        for message in messages
    ]
