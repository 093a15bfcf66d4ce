"""The way in: a path, and which reader is for it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.errors import ReadError
from index.readers.forms import NOT_READ, Form, form_of, read_form
from index.readers.place import place_of
from index.readers.walk import walk
from index.types import Article, Skipped

__all__ = ["read_path"]


def read_path(path: Path, ignore: Sequence[str] = ()) -> Iterator[Article | Skipped]:
    """Return an iterator over the articles of a file, or of a folder of any depth.

    What is not an article is yielded as `Skipped` with the reason, in its place among the
    articles. One article at a time is held in memory. In a folder, files are chosen by their
    endings; a file that is named itself is read as text if its ending says nothing, and as an array
    of articles if it ends in `.json`.

    Args:
        path: A file or a folder. Articles give their absolute path; of a file that holds several,
            with `#` and what names the article in it: an id, a title, a line's number, a
            message's id, a chapter, a member of an archive.
        ignore: Patterns of what to leave out of a folder; see `walk`.

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
    return (
        _read_folder(path, ignore)
        if is_folder
        else _read_file(path, form_of(path.name) or _form_of_named(path))
    )


def _form_of_named(path: Path) -> Form:
    """The form of a file that is read only when it is named: most JSON is no news."""
    return Form.JSON if path.suffix.lower() == ".json" else Form.TEXT


def _read_folder(folder: Path, ignore: Sequence[str]) -> Iterator[Article | Skipped]:
    for found in walk(folder, ignore):
        if isinstance(found, Skipped):
            yield found
        elif form := form_of(found.name):
            yield from _read_file(found, form)
        else:
            yield Skipped(str(found), NOT_READ)


def _read_file(path: Path, form: Form) -> Iterator[Article | Skipped]:
    address = place_of(path)
    try:
        address.encode()
        with path.open("rb") as file:
            yield from read_form(form, file, where=str(path), address=address)
    except UnicodeEncodeError:
        yield Skipped(os.fsencode(path).decode(errors="replace"), "its name is not UTF-8")
    except ReadError as exc:
        yield Skipped(str(path), exc.message)
    except OSError as exc:
        yield Skipped(str(path), (exc.strerror or str(exc)).lower())
