"""PDF files: pages to paragraphs, what the properties are worth, and files without text."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from index.errors import ReadError
from index.readers import read_path
from index.readers.pdf import read_pdf
from index.types import Skipped

LINES = [
    "The bank raised its rate by a quarter of a point on Thursday, a",
    "step that nobody had foreseen, and the govern-",
    "ment called it brave.",
    "The harbour reopened after three weeks of storms; the first of",
    "the ships came in at noon.",
]
TEXT = (
    "The bank raised its rate by a quarter of a point on Thursday, a step that nobody had foreseen,"
    " and the government called it brave.\n\n"
    "The harbour reopened after three weeks of storms; the first of the ships came in at noon."
)


def pdf(*pages, password="", **properties):
    """A file with these pages, each a list of lines, and these properties."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 72 770 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({f"/{name}": value for name, value in properties.items()})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_lines_become_paragraphs(tmp_path):
    """Broken lines and words are joined, across pages as well."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(LINES[:2], LINES[2:], Title="Rates go up", Author="Jane Doe, Ana Ruiz"))

    (article,) = read_path(path)

    assert article.text == TEXT
    assert article.info.title == "Rates go up"
    assert article.info.authors == ("Jane Doe", "Ana Ruiz")
    assert article.info.date is None
    assert article.info.identity == str(path)


def test_page_numbers_and_running_heads_are_no_text():
    """A head on every page would stand in the middle of sentences."""
    pages = [["The Post", *LINES, f"Page {n} of 4"] for n in range(1, 5)]

    text = read_pdf(pdf(*pages), "/a.pdf").text

    assert text == "\n\n".join([TEXT] * 4)


@pytest.mark.parametrize(
    "title",
    ["", "Microsoft Word - draft.docx", "draft_final_2", "rates.indd", "untitled", "Document1"],
)
def test_a_title_that_a_program_made_is_none(title):
    """The opening words say more than the name of the first draft."""
    assert read_pdf(pdf(LINES, Title=title, Author="User"), "/a.pdf").info.title == ""


def test_an_author_that_a_program_made_is_none():
    """Accounts and programs write nothing."""
    authors = read_pdf(
        pdf(LINES, Author="admin; Jane Doe; jdoe@post.example"), "/a.pdf"
    ).info.authors

    assert authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("20 March 2025", dt.date(2025, 3, 20)),
        ("date: 2025-03-20", dt.date(2025, 3, 20)),
        ("date 2025-03-20", dt.date(2025, 3, 20)),
        ("Published on March 20, 2025", dt.date(2025, 3, 20)),
        ("03/04/2025", None),
        ("Last updated 20 March 2025", None),
        ("He came on 20 March 2025", None),
    ],
)
def test_a_date_line(line, date):
    """A line on top that is nothing but a date is the date."""
    info = read_pdf(pdf(["Rates go up", line, *LINES], CreationDate="D:20240101"), "/a.pdf").info

    assert info.date == date


def test_what_is_called_a_date_and_is_none_is_noted():
    """A date line that nobody can read is no date, but no secret either."""
    article = read_pdf(pdf(["A storm over Lessing", "Published: Spring 2024", *LINES]), "/a.pdf")
    assert (article.info.date, article.unread_date) == (None, "Spring 2024")


def test_two_dates_on_top_are_none():
    """No side is taken between two days."""
    lines = ["20 March 2025", "21 March 2025", *LINES]

    assert read_pdf(pdf(lines), "/a.pdf").info.date is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "a damaged PDF file"),
        (b"%PDF-1.7\n", "a damaged PDF file"),
        (b"Not a PDF.", "a damaged PDF file"),
        (pdf(LINES)[:400], "a damaged PDF file"),
        (pdf([], []), "holds no text, only pictures"),
        (pdf(LINES, password="key"), "an encrypted PDF file"),
    ],
)
def test_a_file_without_an_article_says_why(tmp_path, data, reason):
    """What is scanned, locked or broken is reported with its reason."""
    path = tmp_path / "a.pdf"
    path.write_bytes(data)

    assert list(read_path(path)) == [Skipped(str(path), reason)]


SAMPLE = pdf(LINES, LINES, Title="Rates go up")


@pytest.mark.filterwarnings("error")
@given(st.integers(0, len(SAMPLE) - 1), st.binary(min_size=1, max_size=12))
def test_a_damaged_file_does_not_break_the_reader(at, junk):
    """Wherever bytes were changed, the file yields an article or a reason."""
    try:
        article = read_pdf(SAMPLE[:at] + junk + SAMPLE[at + len(junk) :], "/a.pdf")
    except ReadError as exc:
        article = None
        reason = exc.message

    assert article.text if article else reason
