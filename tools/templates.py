"""Check how templates are written: blanks, ends of files, and that what opens a line closes at its indentation.

A formatter would move text between tags, where blanks are seen by readers; this only looks.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("keino_academy", "example_site", "tests")
STEP = 2

PAIRED = re.compile(r"{%-?\s*(end)?([a-z_]+)[^%]*%}|<(/)?([a-z][a-z0-9-]*)(?=[\s>/])[^<>]*?(/)?>")
COMMENTED = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", re.DOTALL)
BETWEEN = {"else", "elif", "empty", "plural"}
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|application/(?:ld\+)?json)\b)[^>]*>", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
TAG = re.compile(r"{%.*?%}|{{.*?}}")


def main() -> int:
    """Print what is to be mended; return 1 if there is something."""
    problems = [problem for path in templates() for problem in problems_of(path)]
    print("\n".join(problems) or "Templates are formatted")
    return 1 if problems else 0


def templates() -> list[Path]:
    """Every template of the package, the example site and the tests."""
    found = (path for folder in FOLDERS for path in (ROOT / folder).glob("**/templates/**/*"))
    return sorted(path for path in found if path.suffix in {".html", ".txt", ".svg", ".xml"})


def problems_of(path: Path) -> Iterator[str]:
    """Yield ``file:line: what is wrong`` of one template."""
    name, text = path.relative_to(ROOT), path.read_text(encoding="utf-8")
    for number, words in [*blanks(text), *(page_problems(text) if path.suffix == ".html" else [])]:
        yield f"{name}:{number}: {words}"


def blanks(text: str) -> Iterator[tuple[int, str]]:
    """Yield tabs, blanks at the ends of lines, and a wrong end of the file."""
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line or "\r" in line:
            yield number, "holds a tab or a carriage return"
        if line != line.rstrip(" "):
            yield number, "ends in blanks"
    # A template of one line may stand inside a sentence, where its line end would be a blank.
    if text.endswith("\n\n") or ("\n" in text and not text.endswith("\n")):
        yield text.count("\n") + 1, "the file ends in one line end"


def page_problems(text: str) -> Iterator[tuple[int, str]]:
    """Yield wrong indentation and inline scripts or styles, comments set aside."""
    text = COMMENTED.sub(set_aside, text)
    for number, line in enumerate(text.split("\n"), 1):
        markup = TAG.sub("", line)
        if INLINE_SCRIPT.search(markup) or INLINE_STYLE.search(markup):
            yield number, "holds an inline script or style"
    yield from indentation(text)


def set_aside(comment: re.Match) -> str:
    """Return as many lines, which hold no markup: dashes where the comment begins, blanks below."""
    first, *others = comment[0].split("\n")
    return "\n".join(["-" * len(first), *(" " * len(line) for line in others)])


def indentation(text: str) -> Iterator[tuple[int, str]]:
    """Yield lines whose closing tag stands at another indentation than the line that opened it."""
    opened: list[tuple[str, int]] = []
    verbatim = {"pre", "textarea"}
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and indent % STEP and not verbatim & {name for name, _ in opened}:
            yield number, f"is indented by {indent}, which is no multiple of {STEP}"
        for found in PAIRED.finditer(line):
            first = not line[: found.start()].strip()
            yield from ((number, words) for words in step(found, opened, indent, first=first))


def step(found: re.Match, opened: list[tuple[str, int]], indent: int, *, first: bool) -> Iterator[str]:
    """Follow one tag: note what opens, and compare what closes or divides at the start of a line."""
    closing, name = bool(found[1] or found[3]), found[2] or found[4]
    at = next((i for i in reversed(range(len(opened))) if opened[i][0] == name), None)
    if closing and at is not None:
        if first and opened[at][1] != indent:
            yield f"closes {name} at {indent}, opened at {opened[at][1]}"
        del opened[at:]
    elif name in BETWEEN and found[2]:
        if first and opened and opened[-1][1] != indent and opened[-1][0] in {"if", "for", "blocktranslate"}:
            yield f"{name} stands at {indent}, its {opened[-1][0]} at {opened[-1][1]}"
    elif not closing and not found[5]:
        opened.append((name, indent))


if __name__ == "__main__":
    sys.exit(main())
