"""Archives (.zip) of articles: members are read one at a time, and nothing is unpacked to disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from index.errors import ReadError
from index.readers.forms import NOT_READ, Form, form_of
from index.readers.packed import DAMAGE, open_zip
from index.types import Article, Skipped

__all__ = ["read_archive"]

_MOST_MEMBERS = 20_000
_LARGEST = 2**30  # bytes, all members unpacked
_HIGHEST_RATIO = 200  # unpacked to packed; text reaches 10, and zeros 1000
_SMALL = 2**20  # bytes unpacked below which a ratio means nothing
_ENCRYPTED = 0x1  # the flag of a member


def read_archive(
    file: BinaryIO,
    where: str,
    address: str,
    read: Callable[..., Iterator[Article | Skipped]],
) -> Iterator[Article | Skipped]:
    """Yield the articles of an archive's members by name, and why a member was skipped.

    An article without a url is identified by `address`, `#` and the member's name. Hidden
    members and those that a Mac adds are left out; archives in the archive are not entered.

    Args:
        file: The archive.
        where: The file as the person named it, for what is skipped.
        address: What the articles begin their path with.
        read: `read_form`, which reads a member.

    Raises:
        ReadError: It is damaged, or would unpack to more than an archive of articles does.
        OSError: The file cannot be read.
    """
    with open_zip(file) as archive:
        members = [m for m in archive.infolist() if m.filename and not m.is_dir()]
        _check_size(members)
        before = ""
        for member in sorted(members, key=lambda member: member.filename):
            name = member.filename
            if any(part.startswith((".", "__MACOSX")) for part in name.split("/") if part != ".."):
                continue
            problem = _problem(member)
            if name == before:
                problem = "the archive holds this name twice"
            before = name
            form = form_of(name)
            if problem or form is None:
                yield Skipped(f"{where}#{name}", problem or NOT_READ)
                continue
            yield from _read_member(archive, member, form, (where, address), read)


def _check_size(members: list[zipfile.ZipInfo]) -> None:
    # more than the stated size of a member is never unpacked, so what is stated can be counted
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > _MOST_MEMBERS:
        raise ReadError(
            f"holds {len(members)} files, and at most {_MOST_MEMBERS} are read from an archive",
            help="unpack it, and index the folder",
        )
    if size > _LARGEST or size > max(_SMALL, packed * _HIGHEST_RATIO):
        raise ReadError(
            f"would unpack to {size >> 20} MB, which no archive of articles does",
            help="if you trust it, unpack it and index the folder",
        )


def _problem(member: zipfile.ZipInfo) -> str:
    name = member.filename
    if name.startswith("/") or ".." in name.split("/") or "\ufffd" in name:
        return "its name leads out of the archive, or is damaged"
    if member.flag_bits & _ENCRYPTED:
        return "encrypted"
    if form_of(name) is Form.ZIP:
        return "an archive in an archive, which is not opened"
    return ""


def _read_member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    form: Form,
    names: tuple[str, str],
    read: Callable[..., Iterator[Article | Skipped]],
) -> Iterator[Article | Skipped]:
    where, address = (f"{name}#{member.filename}" for name in names)
    try:
        with archive.open(member) as packed:
            stream = io.BufferedReader(cast("io.RawIOBase", packed))
            yield from read(form, stream, where=where, address=address)
    except ReadError as exc:
        yield Skipped(where, exc.message)
    except DAMAGE as exc:
        yield Skipped(where, f"damaged in the archive ({exc})")
