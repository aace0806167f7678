"""Documents that the demonstration writes itself: small Word files with real headings."""

import io
import zipfile
from functools import cache
from xml.sax.saxutils import escape

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection

from example_site.demo.content import LANGUAGES, read

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}"/></Relationships>'
)
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:styles {_WORD}>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style></w:styles>'
)


@cache
def make_document(name: str):
    """The document of that name in the content, made once."""
    content = {language: read(language, "documents")[name] for language in LANGUAGES}
    model = get_document_model()
    title = content["fi"]["title"]
    document = model.objects.filter(title=title).first()
    if document is None:
        document = model(title=title, collection=Collection.get_first_root_node())
        document.file.save(f"{name}.docx", ContentFile(write(content)), save=False)
        document.file_size = document.file.size
        document.save()
    return document


def write(content: dict[str, dict]) -> bytes:
    """A Word file with a heading and paragraphs in each language."""
    paragraphs = []
    for language, texts in content.items():
        paragraphs.append(_paragraph(texts["title"], language, "Heading1"))
        paragraphs += [_paragraph(text, language) for text in texts["lines"]]
    body = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_WORD}><w:body>{"".join(paragraphs)}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _RELATIONS.format("styles", "styles.xml"),
        "word/document.xml": body,
        "word/styles.xml": _STYLES,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
    return file.getvalue()


def _paragraph(text: str, language: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f'<w:r><w:rPr><w:lang w:val="{language}"/></w:rPr><w:t>{escape(text)}</w:t></w:r>'
    return f"<w:p>{properties}{run}</w:p>"
