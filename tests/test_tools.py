"""What the checks of the repository find."""

import polib
import pytest

from tools import catalogues, templates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>one</p>\n", []),
        ("{% if a %}\n    <p>one</p>\n{% else %}\n    <p>two</p>\n{% endif %}\n", []),
        ("{# a comment may\n   stand as it likes #}\n<p>one</p>\n", []),
        ("{% if a %}\n    <p>one</p>\n  {% endif %}\n", [(3, "closes if at 2, opened at 0")]),
        ("<ul>\n    <li>one</li>\n    </ul>\n", [(3, "closes ul at 4, opened at 0")]),
        ('<p style="color: red">one</p>\n', [(1, "holds an inline script or style")]),
        ("<script>alert()</script>\n", [(1, "holds an inline script or style")]),
        ('<script src="a.js" defer></script>\n', []),
        ('<script type="application/ld+json">{}</script>\n', []),
        ('<button onclick="go()">one</button>\n', [(1, "holds an inline script or style")]),
        ("{% if style == 'plain' %}one{% endif %}\n", []),
        ("   <p>one</p>\n", [(1, "is indented by 3, which is no multiple of 2")]),
    ],
)
def test_template_is_read_line_by_line(text, found):
    assert list(templates.page_problems(text)) == found


@pytest.mark.parametrize(
    ("text", "lines"),
    [("one\n", []), ("\tone\n", [1]), ("one \ntwo\n", [1]), ("one\ntwo", [2]), ("one\n\n", [3]), ("one", [])],
)
def test_blanks_of_a_template(text, lines):
    assert [number for number, _ in templates.blanks(text)] == lines


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (polib.POEntry(msgid="%(count)s places", msgstr="%(count)s paikkaa"), []),
        (polib.POEntry(msgid="Open", msgstr=""), ["does not translate 'Open'"]),
        (polib.POEntry(msgid="Open", msgstr="Auki", flags=["fuzzy"]), ["guesses 'Open' (fuzzy)"]),
        (polib.POEntry(msgid="Open", msgstr="Auki", obsolete=True), ["keeps 'Open' as obsolete"]),
        (
            polib.POEntry(msgid="%(count)s places", msgstr="%(määrä)s paikkaa"),
            ["'%(määrä)s paikkaa' does not carry what '%(count)s places' does"],
        ),
        (
            polib.POEntry(
                msgid="One place",
                msgid_plural="%(count)s places",
                msgstr_plural={0: "Yksi paikka", 1: "%(count)s paikkaa"},
            ),
            [],
        ),
        (
            polib.POEntry(
                msgid="One place",
                msgid_plural="%(count)s places",
                msgstr_plural={0: "Yksi paikka", 1: "Monta paikkaa"},
            ),
            ["'Monta paikkaa' does not carry what 'One place' does"],
        ),
    ],
)
def test_translation_carries_what_the_source_does(entry, found):
    assert list(catalogues.entry_problems(entry)) == found


def test_missing_and_stale_texts_are_named():
    catalogue = polib.POFile()
    catalogue.metadata = {"Plural-Forms": "nplurals=2; plural=(n != 1);"}
    catalogue.append(polib.POEntry(msgid="Old", msgstr="Vanha"))
    found = list(catalogues.differences(catalogue, {("", "New", "")}))
    assert found == ["lacks 'New'", "holds 'Old', which nothing asks for"]


def test_stale_compiled_catalogue_is_noticed(tmp_path):
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Open", msgstr="Auki"))
    path = tmp_path / "django.po"
    assert not catalogues.compiled(path, catalogue)
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    assert catalogues.compiled(path, catalogue)
    catalogue[0].msgstr = "Avoinna"
    assert not catalogues.compiled(path, catalogue)
