"""Tables with named columns (CSV): one article a row, read one row at a time."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping
from io import BufferedReader, TextIOWrapper
from typing import BinaryIO, cast

from index.errors import ReadError
from index.readers.build import build_article, split_names
from index.readers.decode import fold
from index.types import Article, Skipped

__all__ = ["read_table"]

_LONGEST = 16 * 2**20  # characters of a field or a line; what is longer is no article
_DELIMITERS = (",", ";", "\t")
_COLUMNS = {
    "text": ("text", "body", "content"),
    "title": ("title", "headline"),
    "date": ("date", "published", "publication date"),
    "source": ("source", "outlet", "publication"),
    "authors": ("authors", "author", "author(s)", "by"),
    "url": ("url", "link"),
    "id": ("id",),
}


def read_table(file: BinaryIO, where: str, address: str) -> Iterator[Article | Skipped]:
    """Yield the article of each row, and why a row that holds none was skipped.

    The first row names the columns, in any case and order; other columns are left alone. Fields
    are divided by commas, semicolons or tabs, whichever makes names of the first row. An article
    without a url is identified by `address`, `#` and its id or, failing that, its line's number.

    Args:
        file: The file, buffered so that its first bytes can be peeked at.
        where: The file as the person named it, for what is skipped.
        address: What the articles give as their path.

    Raises:
        ReadError: The first row does not name a column for the text.
        OSError: The file cannot be read.
    """
    stream = cast("BufferedReader", file)
    utf16 = stream.peek(2).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = TextIOWrapper(stream, encoding="utf-16" if utf16 else "utf-8-sig", newline="")
    if csv.field_size_limit() < _LONGEST:
        csv.field_size_limit(_LONGEST)
    line = 0
    try:
        delimiter, columns = _header(_line(text))
        line = 1
        rows = csv.reader(_lines(text), delimiter=delimiter)
        for row in rows:
            if any(not field.isspace() for field in row if field):
                yield _read_row(row, columns, line + 1, where, address)
            line = 1 + rows.line_num
    except UnicodeDecodeError as exc:
        raise ReadError(
            f"not {'UTF-16' if utf16 else 'UTF-8'} text", help="save the file as UTF-8"
        ) from exc
    except csv.Error as exc:
        yield Skipped(f"{where} line {line + 1}", f"the table breaks off here: {exc}")
    except ReadError as exc:
        if line == 0:
            raise
        yield Skipped(f"{where} line {line + 1}", f"the table breaks off here: {exc.message}")
    finally:
        text.detach()  # who opened the file closes it


def _line(text: TextIOWrapper) -> str:
    line = text.readline(_LONGEST + 1)
    if len(line) > _LONGEST:
        raise ReadError(f"a line longer than {_LONGEST >> 20} million characters")
    return line


def _lines(text: TextIOWrapper) -> Iterator[str]:
    while line := _line(text):
        yield line


def _header(line: str) -> tuple[str, Mapping[str, int]]:
    """Return the delimiter that finds most columns in the first row, and where each stands.

    Raises:
        ReadError: There is no column for the text.
    """
    if not line.strip():
        raise ReadError("empty, or nothing in its first line")
    delimiter, columns = max(
        ((delimiter, _columns(line, delimiter)) for delimiter in _DELIMITERS),
        key=lambda found: len(found[1]),
    )
    if "text" not in columns:
        raise ReadError(
            "its first line names no column text, body or content",
            help="name the columns in the first line: title,date,source,authors,url,text",
        )
    return delimiter, columns


def _columns(line: str, delimiter: str) -> dict[str, int]:
    row = next(csv.reader([line], delimiter=delimiter))
    names = [fold(name).lower().replace("_", " ") for name in row]
    return {
        field: names.index(known[0])
        for field, wanted in _COLUMNS.items()
        if (known := [name for name in wanted if name in names])
    }


def _read_row(
    row: list[str], columns: Mapping[str, int], number: int, where: str, address: str
) -> Article | Skipped:
    fields = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
    url = fields.get("url", "")
    try:
        return build_article(
            fields.get("text", ""),
            path=address if url else f"{address}#{fold(fields.get('id', '')) or number}",
            title=fields.get("title", ""),
            date=fields.get("date", ""),
            source=fields.get("source", ""),
            authors=split_names(fields.get("authors", "")),
            url=url,
        )
    except ReadError as exc:
        return Skipped(f"{where} line {number}", exc.message)
