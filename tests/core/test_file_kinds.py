"""What a file is, how it may be called and what a scanner says of it."""

import io
import zipfile

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.http.response import FileResponse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from keino_academy.core.file_kinds import clean_name, content_type_of, extension_of, is_of_kind, size_words
from keino_academy.core.private_files import PrivateStorage, private_path
from keino_academy.core.scanning import RefusedFile, scan
from tests.sample_files import PDF, docx, odt, packed, picture


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("pdf", PDF),
        ("docx", docx()),
        ("odt", odt()),
        ("png", picture("PNG")),
        ("jpg", picture("JPEG")),
        ("jpeg", picture("JPEG")),
        ("txt", "Äänekoski\r\n".encode()),
        ("txt", "Äänekoski".encode("utf-16")),
        ("csv", "nimi;määrä\n".encode("cp1252")),
    ],
)
def test_what_is_of_its_kind_is_taken_and_left_at_its_beginning(extension, content):
    file = io.BytesIO(content)
    assert is_of_kind(file, extension)
    assert file.read() == content


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("pdf", b"<html><script>alert(1)</script></html>"),
        ("pdf", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("pdf", b"MZ\x90\x00" + PDF),
        ("docx", packed({"word/document.xml": b"x"})),
        ("docx", packed({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"})),
        ("docx", docx({"word/vbaProject.bin": b"x"})),
        ("docx", docx()[:-30]),
        ("docx", b"MZ" + docx()),
        ("xlsx", docx()),
        ("ods", odt()),
        ("odt", packed({"mimetype": b"application/zip", "content.xml": b"x"})),
        ("png", picture("JPEG")),
        ("jpg", picture("PNG")),
        ("png", picture("PNG")[:40]),
        ("txt", b"a\x00b"),
        ("txt", b"\x7fELF\x01\x02"),
        ("exe", PDF),
        ("", PDF),
    ],
)
def test_what_is_something_else_is_refused(extension, content):
    assert not is_of_kind(io.BytesIO(content), extension)


def test_an_archive_that_would_burst_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"x")
        with archive.open("word/document.xml", "w") as member:
            for _time in range(256):
                member.write(bytes(1024 * 1024))
    assert len(file.getvalue()) < 1024 * 1024
    assert not is_of_kind(file, "docx")


def test_a_picture_that_claims_four_hundred_million_points_is_refused():
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    assert not is_of_kind(file, "png")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\Strategia 2023.PDF", "Strategia 2023.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("a\u200bb\x00.docx", "ab.docx"),
        (" . ", "file"),
        (".pdf", "file.pdf"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        ("nimi\r\nX: 1.txt", "nimi X: 1.txt"),
    ],
)
def test_names_are_made_harmless(given_name, kept):
    assert clean_name(given_name) == kept


@given(st.text(st.characters(codec=None), max_size=400))
def test_no_name_leaves_its_folder_or_breaks_the_header(name):
    kept = clean_name(name)
    assert 1 <= len(kept) <= 200
    assert not {"/", "\\", "\n", "\r", "\x00"} & set(kept)
    assert kept not in {".", ".."}
    assert clean_name(kept) == kept
    answer = FileResponse(
        io.BytesIO(b"x"), as_attachment=True, filename=kept, content_type=content_type_of(kept)
    )
    head = answer["Content-Disposition"]
    assert head.startswith("attachment; filename")
    assert head.isascii()
    assert head.isprintable()
    assert private_path(None, kept).startswith("applications/")
    assert kept not in private_path(None, kept) or len(kept) < 3 or kept in "applications"


@given(st.text(max_size=250), st.sampled_from(["pdf", "DOCX", "Csv"]))
def test_the_ending_stays(stem, ending):
    assert extension_of(clean_name(f"{stem}.{ending}")) == ending.lower()


def test_sizes_are_said_in_the_language():
    with override("en"):
        assert [size_words(one) for one in (1, 2048, 10 * 1024**2, 1_572_864)] == [
            "1\u00a0kB",
            "2\u00a0kB",
            "10\u00a0MB",
            "1.5\u00a0MB",
        ]


def test_the_store_keeps_files_to_itself(settings, tmp_path):
    settings.KEINO_ACADEMY = {"PRIVATE_ROOT": tmp_path / "private"}
    store = PrivateStorage()
    name = store.save(private_path(None, "x"), ContentFile(b"secret"))
    path = tmp_path / "private" / name
    assert path.read_bytes() == b"secret"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    with pytest.raises(ValueError, match="no address"):
        store.url(name)


def test_a_store_without_a_folder_is_told_of_when_it_is_used(settings):
    settings.KEINO_ACADEMY = {}
    store = PrivateStorage()
    with pytest.raises(ImproperlyConfigured, match="PRIVATE_ROOT"):
        store.save("x", ContentFile(b"x"))


def test_a_full_disk_leaves_no_half_file(settings, tmp_path):
    class Breaking(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(28, "No space left on device")

    settings.KEINO_ACADEMY = {"PRIVATE_ROOT": tmp_path}
    with pytest.raises(OSError, match="No space"):
        PrivateStorage().save("a/b", Breaking(b"half a file"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def refuses(file, name):
    raise RefusedFile(f"no {name}")


def breaks(file, name):
    file.read()
    raise ConnectionRefusedError


def test_a_scanner_speaks_for_itself_and_its_silence_refuses(settings, caplog):
    file = io.BytesIO(PDF)
    settings.KEINO_ACADEMY = {"FILE_SCANNER": f"{__name__}.refuses"}
    with pytest.raises(RefusedFile, match=r"^no a\.pdf$"):
        scan(file, "a.pdf")
    settings.KEINO_ACADEMY = {"FILE_SCANNER": f"{__name__}.breaks"}
    with override("en"), pytest.raises(RefusedFile, match="could not be checked for viruses"):
        scan(file, "a.pdf")
    assert file.tell() == 0
    assert "ConnectionRefusedError" in caplog.text
    assert "a.pdf" not in caplog.text
