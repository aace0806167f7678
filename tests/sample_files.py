"""Small files that are what they say."""

import io
import zipfile

from PIL import Image

PDF = b"%PDF-1.7\n%%EOF\n"


def packed(members):
    """An archive with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(more=None):
    """A text document of Office."""
    return packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>", **(more or {})})


def odt():
    """A text document of OpenDocument."""
    return packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})


def picture(kind):
    """A picture of four points."""
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, kind)
    return file.getvalue()
