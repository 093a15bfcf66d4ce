"""Word documents: paragraphs, lists, tables, properties, and files that are none."""

from __future__ import annotations

import io
import zipfile

import pytest

from index.readers import read_path
from index.types import Skipped

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="t">'
    "<dc:title>{}</dc:title><dc:creator>{}</dc:creator><t:created>2024-01-01</t:created>"
    "</cp:coreProperties>"
)


def paragraph(text, properties=""):
    """A paragraph with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def document(*blocks):
    """The main part of a document."""
    return f'<w:document xmlns:w="{WORD}"><w:body>{"".join(blocks)}</w:body></w:document>'


def docx(**parts):
    """A Word document with these parts; underscores stand for slashes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{name.replace('_', '/')}.xml", content)
    return out.getvalue()


@pytest.fixture
def read(tmp_path):
    """Read what a file with these bytes holds."""

    def read(data):
        path = tmp_path / "a.docx"
        path.write_bytes(data)
        return list(read_path(path))

    return read


def test_text_and_properties(read, tmp_path):
    """Paragraphs, headings, lists and tables arrive; the day the file was made is no date."""
    item = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("a", "b"))
    (article,) = read(
        docx(
            word_document=document(
                paragraph("Rates", '<w:pStyle w:val="Heading1"/>'),
                "<w:p><w:r><w:t>They </w:t></w:r>"
                "<w:r><w:t>went</w:t><w:br/><w:t>up.</w:t></w:r></w:p>",
                paragraph(""),
                paragraph("one", item),
                paragraph("two", item),
                f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>",
            ),
            docProps_core=CORE.format("Rates go up", "Jane Doe; Ana Ruiz"),
        )
    )

    assert article.text == "Rates\n\nThey went\nup.\n\n- one\n- two\n\na | b\na | b"
    assert article.info.title == "Rates go up"
    assert article.info.authors == ("Jane Doe", "Ana Ruiz")
    assert article.info.date is None
    assert article.info.identity == str(tmp_path / "a.docx")


def test_the_paragraph_in_the_style_of_a_title_is_the_title(read):
    """What stands on the page is trusted more than the properties."""
    (article,) = read(
        docx(
            word_document=document(
                paragraph("Rates go up", '<w:pStyle w:val="Title"/>'), paragraph("They did.")
            ),
            docProps_core=CORE.format("draft.docx", "User"),
        )
    )

    assert (article.info.title, article.text) == ("Rates go up", "They did.")
    assert article.info.authors == ()


def test_what_was_deleted_stays_deleted(read):
    """A tracked deletion is not in the document that its author sees."""
    (article,) = read(
        docx(
            word_document=document(
                "<w:p><w:r><w:t>Kept</w:t></w:r>"
                "<w:del><w:r><w:delText> deleted</w:delText></w:r></w:del>"
                "<w:moveFrom><w:r><w:t> moved</w:t></w:r></w:moveFrom>"
                "<w:ins><w:r><w:t> and added.</w:t></w:r></w:ins></w:p>"
            )
        )
    )

    assert article.text == "Kept and added."


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + document(paragraph("&b;"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged, or not the kind of file that its ending says"),
        (b"PK\x03\x04 cut off", "damaged, or not the kind of file that its ending says"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an encrypted Word document"),
        (docx(other="x"), "damaged: word/document.xml is missing in it"),
        (docx(word_document="<w:"), "damaged: word/document.xml in it is not XML that can be read"),
        (docx(word_document=BOMB), "damaged: word/document.xml in it is not XML that can be read"),
        (docx(word_document=document()), "no text"),
        (docx(word_document="<empty/>"), "no text"),
    ],
)
def test_what_is_no_document_says_why(read, tmp_path, data, reason):
    """A damaged, locked or empty file is reported; entities do not unfold."""
    assert read(data) == [Skipped(str(tmp_path / "a.docx"), reason)]
