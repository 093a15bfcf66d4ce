"""Articles from a stream, such as standard input, whose form has to be told from its beginning."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from index.errors import ReadError
from index.readers.forms import Form, read_form
from index.types import Article, Skipped

__all__ = ["FORMS", "Stream", "guess_form", "read_stream"]

FORMS = {
    "text": Form.TEXT,
    "md": Form.MARKDOWN,
    "jsonl": Form.JSON_LINES,
    "csv": Form.TABLE,
    "html": Form.WEB_PAGE,
    "eml": Form.MAIL,
    "mbox": Form.MAILBOX,
    "pdf": Form.PDF,
    "docx": Form.DOCX,
    "epub": Form.EPUB,
    "zip": Form.ZIP,
}
"""The forms by the names that people know them by."""

_LARGEST = 200 * 2**20  # bytes, all of which are held
_BEGINNING = 4096
_HEADER = re.compile(
    rb"(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to):",
    re.IGNORECASE,
)
_COLUMNS = re.compile(rb"\b(?:text|body|content|article)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stream:
    """What came in a stream.

    Attributes:
        data: All of it.
        name: What the article is known by; empty takes the content itself.
        form: Its form, or None to tell it from its beginning.
    """

    data: bytes
    name: str = ""
    form: Form | None = None

    @classmethod
    def of(cls, file: BinaryIO, name: str = "", form: Form | None = None) -> Stream:
        """All that an open file has to give.

        Raises:
            ReadError: When that is nothing or too much.
        """
        data = file.read(_LARGEST + 1)
        if not data.strip():
            raise ReadError(
                "standard input is empty", help="pipe an article into it: cat story.txt | …"
            )
        if len(data) > _LARGEST:
            raise ReadError(
                f"standard input is larger than {_LARGEST >> 20} MB",
                help="save it to a file and index that",
            )
        return cls(data, name, form)

    @property
    def address(self) -> str:
        """What its articles give as their path."""
        return f"stdin:{self.name or hashlib.sha256(self.data).hexdigest()[:16]}"


def read_stream(stream: Stream) -> Iterator[Article | Skipped]:
    """Yield the articles of a stream, and why parts of it were skipped."""
    form = stream.form or guess_form(stream.data)
    where = stream.name or "standard input"
    file = io.BufferedReader(cast("io.RawIOBase", io.BytesIO(stream.data)))
    try:
        yield from read_form(form, file, where=where, address=stream.address)
    except ReadError as error:
        yield Skipped(where, error.message)


def guess_form(data: bytes) -> Form:  # noqa: PLR0911 - one for each form
    """The form that the beginning of some content looks like; text when it looks like none."""
    start = data[:_BEGINNING].removeprefix(b"\xef\xbb\xbf")
    if start.startswith(b"%PDF-"):
        return Form.PDF
    if start.startswith(b"PK\x03\x04"):
        return _packed(data)
    if start.startswith(b"\x1f\x8b"):
        return Form.JSON_LINES
    if start.startswith(b"From "):
        return Form.MAILBOX
    lines = start.lstrip().splitlines() or [b""]
    first = lines[0].strip()
    if first.startswith(b"{"):
        return Form.JSON_LINES
    if first.startswith(b"<"):
        return Form.WEB_PAGE
    if first == b"---":
        return Form.MARKDOWN
    # The form of a plain article begins with `date`, too, but without a colon.
    if _HEADER.match(first):
        return Form.MAIL
    if first.count(b",") and _COLUMNS.search(first) and b" " not in first.replace(b", ", b","):
        return Form.TABLE
    return Form.TEXT


def _packed(data: bytes) -> Form:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except zipfile.BadZipFile:
        return Form.ZIP  # whose reader says what is wrong with it
    if "word/document.xml" in names:
        return Form.DOCX
    return Form.EPUB if "META-INF/container.xml" in names else Form.ZIP
