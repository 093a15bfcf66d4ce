"""The way in: a path, and which reader is for it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from enum import Enum, auto
from pathlib import Path

from index.errors import ReadError
from index.readers.decode import decode
from index.readers.jsonlines import read_json_lines
from index.readers.newsfile import read_newsfile
from index.readers.walk import walk
from index.types import Article, Skipped

__all__ = ["read_path"]

_LARGEST = 16 * 2**20  # bytes of a text file; a larger one is no article, and memory has an end


class _Form(Enum):
    TEXT = auto()
    MARKDOWN = auto()
    JSON_LINES = auto()


_FORMS = {
    "": _Form.TEXT,
    ".txt": _Form.TEXT,
    ".text": _Form.TEXT,
    ".md": _Form.MARKDOWN,
    ".markdown": _Form.MARKDOWN,
    ".jsonl": _Form.JSON_LINES,
    ".ndjson": _Form.JSON_LINES,
}


def read_path(path: Path) -> Iterator[Article | Skipped]:
    """Return an iterator over the articles of a file, or of a folder of any depth.

    What is not an article is yielded as `Skipped` with the reason, in its place among the
    articles. One article at a time is held in memory. In a folder, files are chosen by their
    endings; a file that is named itself is read as text if its ending says nothing.

    Args:
        path: A file or a folder. Articles give their absolute path, `#` and the id or the number
            of the line behind it for JSON Lines without a url.

    Raises:
        ReadError: The path does not exist, or may not be looked at; raised by the call itself.
    """
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError) as exc:
        raise ReadError(
            f"no such file: {path}",
            help="check the spelling, and put quotation marks around a path that has spaces in it",
        ) from exc
    except OSError as exc:
        raise ReadError(
            f"cannot read {path}: {(exc.strerror or str(exc)).lower()}",
            help="check the permissions of the file and of the folders above it",
        ) from exc
    return _read_folder(path) if is_folder else _read_file(path, _form(path) or _Form.TEXT)


def _read_folder(folder: Path) -> Iterator[Article | Skipped]:
    for found in walk(folder):
        if isinstance(found, Skipped):
            yield found
        elif form := _form(found):
            yield from _read_file(found, form)
        else:
            yield Skipped(
                str(found), "not a kind of file that Dateline reads (.txt, .md, .jsonl, .jsonl.gz)"
            )


def _form(path: Path) -> _Form | None:
    ending = path.suffix.lower()
    if ending == ".gz":
        packed = _FORMS.get(Path(path.stem).suffix.lower())
        return packed if packed is _Form.JSON_LINES else None
    return _FORMS.get(ending)


def _read_file(path: Path, form: _Form) -> Iterator[Article | Skipped]:
    address = os.path.abspath(path)  # noqa: PTH100 - links stay as named, `..` goes
    try:
        address.encode()
        if form is _Form.JSON_LINES:
            yield from read_json_lines(path, address)
        else:
            yield _reader(form)(decode(_content(path)), address)
    except UnicodeEncodeError:
        yield Skipped(os.fsencode(path).decode(errors="replace"), "its name is not UTF-8")
    except ReadError as exc:
        yield Skipped(str(path), exc.message)
    except OSError as exc:
        yield Skipped(str(path), (exc.strerror or str(exc)).lower())


def _reader(form: _Form) -> Callable[[str, str], Article]:
    if form is _Form.TEXT:
        return read_newsfile
    from index.readers.markdown import read_markdown  # noqa: PLC0415 - pydantic and a parser

    return read_markdown


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ReadError(f"larger than {_LARGEST >> 20} MB, which no article is")
    return data
