"""PDF files: the text of their pages, its lines joined into paragraphs."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from index.errors import ReadError
from index.readers.build import build_article
from index.readers.dates import parse_date
from index.readers.decode import plain_lines
from index.readers.docinfo import stated_authors, stated_title
from index.readers.paragraphs import join_lines
from index.types import Article

__all__ = ["read_pdf"]

# what it says of broken files is said in the reason for skipping them
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_LONGEST = 16 * 2**20  # characters; a longer text is no article
_DATE_LINES = 8  # lines from the top among which a date line is looked for
_DATE_LINE = re.compile(r"(?:(?:date|published)(?:\s+on)?\s*:?\s+)?(.*)", re.IGNORECASE)
# What is called a date, and is not understood.
_CALLED_DATE = re.compile(
    r"(?:date|published)(?:\s+on)?\s*:\s*(.{0,40}[0-9].{0,40})", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page\s+)?[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?[-–—\s]*", re.IGNORECASE
)
_REPEATED = 0.5  # of the pages; a line on top or at the bottom of so many is no text
_FEW_PAGES = 3
# what is raised, besides its own errors, at files whose parts are not what they should be
_DAMAGE = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


def read_pdf(data: bytes, path: str) -> Article:
    """Return the article that a PDF file holds.

    Title and authors come from its properties where these make sense. It has a date only where
    one of its first lines is a date, such as `20 March 2025` or `date: 2025-03-20`; the file's
    own dates say when it was made.

    Args:
        data: What the file holds.
        path: Where it was read from.

    Raises:
        ReadError: The file is damaged, encrypted, or holds only pictures.
    """
    try:
        reader = _open(data)
        title, authors = _properties(reader)
        pages = _pages(reader)
    except _DAMAGE as exc:
        raise ReadError("a damaged PDF file") from exc
    if not any(pages):
        raise ReadError(
            "holds no text, only pictures", help="run it through text recognition first"
        )
    lines = [line for page in _without_margins(pages) for line in page]
    return build_article(
        join_lines(lines), path=path, title=title, date=_date(lines), authors=authors
    )


def _open(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise ReadError("an encrypted PDF file", help="save it without a password")
    return reader


def _properties(reader: PdfReader) -> tuple[str, tuple[str, ...]]:
    try:
        stated = reader.metadata
        title = str(stated.title or "") if stated else ""
        authors = str(stated.author or "") if stated else ""
    except _DAMAGE:  # the text is worth more than what is said about it
        return "", ()
    return stated_title(title), stated_authors(authors)


def _pages(reader: PdfReader) -> list[list[str]]:
    """Return the lines of each page; blank lines at its ends are gone."""
    pages: list[list[str]] = []
    length = 0
    for page in reader.pages:
        text = plain_lines(page.extract_text()).strip()
        length += len(text)
        if length > _LONGEST:
            raise ReadError(f"longer than {_LONGEST >> 20} million characters")
        pages.append(text.split("\n") if text else [])
    return pages


def _without_margins(pages: Sequence[list[str]]) -> list[list[str]]:
    """Drop page numbers, and lines that most pages have on top or at the bottom."""
    often = Counter(
        _stripped(line) for page in pages if len(page) > 1 for line in {page[0], page[-1]}
    )
    least = max(_FEW_PAGES, _REPEATED * len(pages))

    def is_margin(line: str) -> bool:
        return bool(_PAGE_NUMBER.fullmatch(line)) or often[_stripped(line)] >= least

    kept: list[list[str]] = []
    for page in pages:
        start, end = 0, len(page)
        while start < end and is_margin(page[start]):
            start += 1
        while start < end and is_margin(page[end - 1]):
            end -= 1
        kept.append(page[start:end])
    return kept


def _stripped(line: str) -> str:
    return re.sub(r"[\s0-9]+", " ", line).strip()


def _date(lines: Sequence[str]) -> str:
    """Return the one date that the first lines state, or else what they call one, or ""."""
    stated: dict[object, str] = {}
    unread = ""
    for line in [line for line in lines if line.strip()][:_DATE_LINES]:
        match = _DATE_LINE.fullmatch(line.strip())
        if match and (day := parse_date(match[1])):
            stated.setdefault(day, match[1])
        elif called := _CALLED_DATE.fullmatch(line.strip()):
            unread = unread or called[1]
    return next(iter(stated.values())) if len(stated) == 1 else unread
