"""JSON Lines, compressed or not: one article a line, read one line at a time."""

from __future__ import annotations

import codecs
import gzip
import json
import zlib
from collections.abc import Iterator
from io import BufferedReader
from typing import Any, BinaryIO, cast

from index.errors import ReadError
from index.readers.build import build_article, split_names
from index.readers.decode import decode, fold
from index.types import Article, Skipped

__all__ = ["article_of", "read_json_lines"]

_LONGEST_LINE = 16 * 2**20  # bytes; a longer line is no article, and memory has an end
_STRINGS = ("title", "source", "date", "url")


def read_json_lines(file: BinaryIO, where: str, address: str) -> Iterator[Article | Skipped]:
    """Yield the article of each line, and why a line that holds none was skipped.

    A line is an object with `text` and, if known, `title`, `source`, `date`, `url`, `author` or
    `authors` (one string, or a list of them) and `id`. An article without a url is identified by
    `address`, `#` and its id or, failing that, the line's number. Compression shows in the first
    bytes, whatever the file is called; when it breaks off, what came before is kept.

    Args:
        file: The file, buffered so that its first bytes can be peeked at.
        where: The file as the person named it, for what is skipped.
        address: What the articles give as their path.

    Raises:
        OSError: The file cannot be read.
    """
    number = 0
    head = cast("BufferedReader", file).peek(2)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield Skipped(where, "UTF-16 text, but JSON Lines are UTF-8")
        return
    compressed = head.startswith(b"\x1f\x8b")
    try:
        for number, line in enumerate(_lines(file, compressed=compressed), start=1):
            if len(line) > 1 and not line.isspace():
                yield _read_line(line, number, where, address)
    except (EOFError, zlib.error, gzip.BadGzipFile) as exc:
        yield Skipped(where, f"the compressed data break off after line {number} ({exc})")


def _lines(file: BinaryIO, *, compressed: bool) -> Iterator[bytes]:
    """Yield lines; of one that is too long only the first part, which `_read_line` refuses."""
    stream = cast("BinaryIO", gzip.GzipFile(fileobj=file)) if compressed else file
    while line := stream.readline(_LONGEST_LINE + 1):
        yield line
        while len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST_LINE + 1)


def _read_line(line: bytes, number: int, where: str, address: str) -> Article | Skipped:
    try:
        return article_of(_parse(line), str(number), address)
    except ReadError as exc:
        return Skipped(f"{where} line {number}", exc.message)


def _parse(line: bytes) -> Any:
    if len(line) > _LONGEST_LINE:
        raise ReadError(f"longer than {_LONGEST_LINE >> 20} MB")
    try:
        return json.loads(decode(line))
    except json.JSONDecodeError as exc:
        problem = exc.msg.removesuffix(" at")
        raise ReadError(f"not JSON: {problem} at character {exc.pos + 1}") from exc
    except (RecursionError, ValueError) as exc:  # nested too deeply; a number of too many digits
        raise ReadError("not JSON that can be read") from exc


def article_of(value: Any, number: str, address: str) -> Article:
    """The article that a value of JSON holds; see `read_json_lines`.

    Args:
        value: An object, if it is an article.
        number: Its line or place, which identifies it where nothing else does; may be empty.
        address: What it gives as its path.

    Raises:
        ReadError: It is no article.
    """
    if not isinstance(value, dict):
        raise ReadError("not a JSON object")
    text = value.get("text")
    if text is None:
        raise ReadError('no "text"')
    if not isinstance(text, str):
        raise ReadError('"text" is not a string')
    fields = {name: _string(value, name) for name in _STRINGS}
    key = value.get("id")
    if not isinstance(key, str | int | None) or isinstance(key, bool):
        raise ReadError('"id" is neither a string nor a whole number')
    own = (fold(str(key)) if key is not None else "") or number
    return build_article(
        text,
        path=address if fields["url"] or not own else f"{address}#{own}",
        authors=_authors(value),
        **fields,
    )


def _string(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise ReadError(f'"{name}" is not a string')
    return found.strip()


def _authors(value: dict[str, Any]) -> tuple[str, ...]:
    found = value.get("authors") or value.get("author") or ()
    if isinstance(found, str):
        return split_names(found)
    if isinstance(found, list | tuple) and all(isinstance(name, str) for name in found):
        return tuple(found)
    raise ReadError('"authors" is neither a string nor a list of strings')
