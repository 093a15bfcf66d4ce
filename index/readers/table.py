"""Tables with named columns (CSV): one article a row, read one row at a time."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BufferedReader, TextIOWrapper
from typing import BinaryIO, cast

from index.errors import ReadError
from index.readers.build import build_article, opening, split_names
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
    without a url is identified by `address`, `#` and its id or, failing that, its title, or how it
    begins, and its date, so that it stays the same one whatever comes above it.

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
        twins: Counter[str] = Counter()
        for row in rows:
            if any(not field.isspace() for field in row if field):
                try:
                    yield _read_row(row, columns, address, twins)
                except ReadError as exc:
                    yield Skipped(f"{where} line {line + 1}", exc.message)
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
    row: list[str], columns: Mapping[str, int], address: str, twins: Counter[str]
) -> Article:
    """The article of a row; `twins` counts those that are called alike.

    Raises:
        ReadError: There is no text.
    """
    fields = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
    url, key = fields.get("url", ""), fold(fields.get("id", ""))
    article = build_article(
        fields.get("text", ""),
        path=f"{address}#{key}" if key and not url else address,
        title=fields.get("title", ""),
        date=fields.get("date", ""),
        source=fields.get("source", ""),
        authors=split_names(fields.get("authors", "")),
        url=url,
    )
    return article if url or key else _called(article, twins)


def _called(article: Article, twins: Counter[str]) -> Article:
    """The article with what it is called behind its path: nothing else tells rows apart."""
    info = article.info
    key = ", ".join(filter(None, (opening(info.heading), str(info.date or article.unread_date))))
    twins[key] += 1
    number = f" ({twins[key]})" if twins[key] > 1 else ""
    return replace(article, info=replace(info, path=f"{info.path}#{key}{number}"))
