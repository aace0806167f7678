"""Collect texts into the catalogues (``--write``), or check that nothing in them is missing, stale or broken."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("keino_academy", "example_site")
LANGUAGES = ("fi", "sv", "en")
PLURALS = {"nplurals=2; plural=(n != 1);"}

# %(name)s, %s, %d, {name}, and elements: what a translation must carry over, in any order.
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|%[sd]|\{[a-z_0-9]*\}|</?[a-z][a-z0-9]*", re.IGNORECASE)


def main() -> int:
    """Write or check the catalogues of each folder; return 1 if something is to be mended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    if shutil.which("xgettext") is None:
        print("xgettext was not found: `apt-get install gettext`")
        return 1
    problems: list[str] = []
    for folder in filter(Path.is_dir, (ROOT / name for name in FOLDERS)):
        if write:
            update(folder)
        problems += check(folder)
    print("\n".join(problems) or "Catalogues are complete")
    return 1 if problems and not write else 0


def collect(folder: Path) -> None:
    """Let Django collect the folder's texts into ``locale/`` under it."""
    for language in LANGUAGES:
        (folder / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-W", "ignore", "-m", "django", "makemessages", "--verbosity", "0"]
    command += ["--no-obsolete", "--add-location", "file", "--ignore", "migrations"]
    command += [argument for language in LANGUAGES for argument in ("--locale", language)]
    subprocess.run(command, cwd=folder, check=True)


def update(folder: Path) -> None:
    """Collect, drop guesses, let English say what the code says, and compile."""
    collect(folder)
    for language in LANGUAGES:
        path = po_path(folder, language)
        catalogue = polib.pofile(str(path), wrapwidth=0)
        settle_header(catalogue, language)
        for entry in catalogue:
            settle(entry, language)
        catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
        catalogue.save(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def settle_header(catalogue: polib.POFile, language: str) -> None:
    """Keep only what machines read, so that a catalogue changes when its texts do."""
    catalogue.header = ""
    catalogue.metadata_is_fuzzy = False
    catalogue.metadata = {
        "Project-Id-Version": "keino_academy",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }


def settle(entry: polib.POEntry, language: str) -> None:
    """Empty a guess, and fill an empty English text from its msgid."""
    if entry.fuzzy:
        entry.flags.remove("fuzzy")
        entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")
    entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
    if language == "en" and not entry.translated():
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid


def check(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the folder's catalogues, against texts collected anew."""
    wanted = collected(folder)
    if not wanted:
        return
    for language in LANGUAGES:
        path = po_path(folder, language)
        name = path.relative_to(ROOT)
        if not path.exists():
            yield f"{name}: is missing; `make messages` makes it"
            continue
        catalogue = polib.pofile(str(path))
        yield from (f"{name}: {problem}" for problem in differences(catalogue, wanted))
        yield from (f"{name}: {problem}" for entry in catalogue for problem in entry_problems(entry))
        if not compiled(path, catalogue):
            yield f"{name.with_suffix('.mo')}: is not what the .po says; `make messages` compiles it"


def collected(folder: Path) -> set[tuple[str, str, str]]:
    """Collect the folder's texts in a copy, and return their keys."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / folder.name
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("locale", "__pycache__", "static"))
        collect(copy)
        path = po_path(copy, LANGUAGES[0])
        return {key(entry) for entry in polib.pofile(str(path))} if path.exists() else set()


def differences(catalogue: polib.POFile, wanted: set[tuple[str, str, str]]) -> Iterator[str]:
    """Yield texts that the catalogue lacks, and those that nothing asks for."""
    held = {key(entry) for entry in catalogue if not entry.obsolete}
    yield from (f"lacks {msgid!r}" for _, msgid, _ in sorted(wanted - held))
    yield from (f"holds {msgid!r}, which nothing asks for" for _, msgid, _ in sorted(held - wanted))
    if catalogue.metadata.get("Plural-Forms") not in PLURALS:
        yield "has no plural forms, or unknown ones"


def entry_problems(entry: polib.POEntry) -> Iterator[str]:
    """Yield what is wrong with one text."""
    if entry.obsolete:
        yield f"keeps {entry.msgid!r} as obsolete"
    elif entry.fuzzy:
        yield f"guesses {entry.msgid!r} (fuzzy)"
    elif not entry.translated():
        yield f"does not translate {entry.msgid!r}"
    else:
        yield from (f"{text!r} does not carry what {entry.msgid!r} does" for text in careless(entry))


def careless(entry: polib.POEntry) -> Iterator[str]:
    """Yield translations whose placeholders or elements differ from the source's; "one" may leave its number out."""
    if not entry.msgid_plural:
        if placeholders(entry.msgstr) != placeholders(entry.msgid):
            yield entry.msgstr
        return
    most = placeholders(entry.msgid_plural)
    if placeholders(entry.msgstr_plural[1]) != most:
        yield entry.msgstr_plural[1]
    if not set(placeholders(entry.msgstr_plural[0])) <= set(most):
        yield entry.msgstr_plural[0]


def placeholders(text: str) -> list[str]:
    """Return what a translation must carry over, sorted."""
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def compiled(path: Path, catalogue: polib.POFile) -> bool:
    """Tell whether the .mo beside the .po holds the same texts."""
    mo = path.with_suffix(".mo")
    return mo.exists() and texts(polib.mofile(str(mo))) == texts(catalogue)


def texts(catalogue: polib.POFile | polib.MOFile) -> dict[tuple[str, str, str], list[str]]:
    """Return every translated text by its key."""
    return {
        key(entry): [entry.msgstr, *(text for _, text in sorted(entry.msgstr_plural.items()))]
        for entry in catalogue.translated_entries()
    }


def key(entry: polib.POEntry | polib.MOEntry) -> tuple[str, str, str]:
    """Return what makes a text the same text."""
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def po_path(folder: Path, language: str) -> Path:
    """Where a folder's catalogue of one language lies."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


if __name__ == "__main__":
    sys.exit(main())
