"""Which form a file has by its name, and how a file of each form is read.

A reader takes an open file, so that a file on disk and a member of an archive are read alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, auto
from pathlib import PurePosixPath
from typing import BinaryIO

from index.errors import ReadError
from index.readers.decode import decode
from index.readers.jsonfile import read_json
from index.readers.jsonlines import read_json_lines
from index.readers.newsfile import read_newsfile
from index.types import Article, Skipped

__all__ = ["NOT_READ", "Form", "form_of", "read_form"]

NOT_READ = (
    "not a kind of file that Dateline reads (.txt, .md, .html, .pdf, .docx, .epub, .eml, .mbox,"
    " .csv, .jsonl, .jsonl.gz, .zip)"
)
_LARGEST_TEXT = 16 * 2**20  # bytes; a larger text is no article, and memory has an end
_LARGEST_DOCUMENT = 200 * 2**20  # bytes; pictures make documents large, and articles none


class Form(Enum):
    """The forms in which articles come."""

    TEXT = auto()
    MARKDOWN = auto()
    JSON = auto()
    JSON_LINES = auto()
    TABLE = auto()
    WEB_PAGE = auto()
    MAIL = auto()
    MAILBOX = auto()
    PDF = auto()
    DOCX = auto()
    EPUB = auto()
    ZIP = auto()


_FORMS = {
    "": Form.TEXT,
    ".txt": Form.TEXT,
    ".text": Form.TEXT,
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".jsonl": Form.JSON_LINES,
    ".ndjson": Form.JSON_LINES,
    ".csv": Form.TABLE,
    ".html": Form.WEB_PAGE,
    ".htm": Form.WEB_PAGE,
    ".eml": Form.MAIL,
    ".mbox": Form.MAILBOX,
    ".pdf": Form.PDF,
    ".docx": Form.DOCX,
    ".epub": Form.EPUB,
    ".zip": Form.ZIP,
}


def form_of(name: str) -> Form | None:
    """Return the form that a file's ending promises, or None for one that is not read."""
    path = PurePosixPath(name)
    ending = path.suffix.lower()
    if ending == ".gz":
        packed = _FORMS.get(PurePosixPath(path.stem).suffix.lower())
        return packed if packed is Form.JSON_LINES else None
    return _FORMS.get(ending)


def read_form(
    form: Form, file: BinaryIO, *, where: str, address: str
) -> Iterator[Article | Skipped]:
    """Yield the articles of an open file, and why parts of it were skipped.

    Args:
        form: The file's form.
        file: The file, at its start, buffered so that it can be peeked into.
        where: The file as the person named it, for what is skipped.
        address: What the articles give as their path, or begin it with.

    Raises:
        ReadError: The file as a whole is no article.
        OSError: The file cannot be read.
    """
    several = _several(form)
    if several is None:
        yield _single(form)(file, address)
    else:
        yield from several(file, where, address)


def _single(form: Form) -> Callable[[BinaryIO, str], Article]:
    """Return the reader of a form that holds one article."""
    # each parser costs a tenth of a second and more, which a question need not pay
    match form:
        case Form.MARKDOWN:
            from index.readers.markdown import read_markdown  # noqa: PLC0415 - a parser

            return lambda file, address: read_markdown(decode(_text(file)), address)
        case Form.WEB_PAGE:
            from index.readers.webpage import read_webpage  # noqa: PLC0415 - a parser

            return lambda file, address: read_webpage(_text(file), address)
        case Form.MAIL:
            from index.readers.mail import read_mail  # noqa: PLC0415 - a parser

            return lambda file, address: read_mail(_document(file), address)
        case Form.PDF:
            from index.readers.pdf import read_pdf  # noqa: PLC0415 - a parser

            return lambda file, address: read_pdf(_document(file), address)
        case Form.DOCX:
            from index.readers.docx import read_docx  # noqa: PLC0415 - a parser

            return lambda file, address: read_docx(_document(file), address)
    return lambda file, address: read_newsfile(decode(_text(file)), address)


def _several(form: Form) -> Callable[[BinaryIO, str, str], Iterator[Article | Skipped]] | None:
    """Return the reader of a form that holds any number of articles, or None for other forms."""
    match form:
        case Form.JSON_LINES:
            return read_json_lines
        case Form.TABLE:
            from index.readers.table import read_table  # noqa: PLC0415 - seldom needed

            return read_table
        case Form.MAILBOX:
            from index.readers.mail import read_mailbox  # noqa: PLC0415 - a parser

            return read_mailbox
        case Form.EPUB | Form.JSON:
            from index.readers.epub import read_epub  # noqa: PLC0415 - a parser

            read = read_epub if form is Form.EPUB else read_json
            return lambda file, where, address: read(_document(file), where, address)
        case Form.ZIP:
            from index.readers.archive import read_archive  # noqa: PLC0415 - seldom needed

            return lambda file, where, address: read_archive(file, where, address, read_form)
    return None


def _text(file: BinaryIO) -> bytes:
    return _content(file, _LARGEST_TEXT)


def _document(file: BinaryIO) -> bytes:
    return _content(file, _LARGEST_DOCUMENT)


def _content(file: BinaryIO, largest: int) -> bytes:
    data = file.read(largest + 1)
    if len(data) > largest:
        raise ReadError(f"larger than {largest >> 20} MB, which no article is")
    return data
