"""Electronic books (.epub): one article for each document in the order of reading."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from index.errors import ReadError
from index.readers.build import build_article
from index.readers.decode import fold
from index.readers.packed import open_zip, parse_xml, read_member
from index.readers.webpage import decode_page, page_text
from index.types import Article, Skipped

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["read_epub"]

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


@dataclass(frozen=True, slots=True)
class _Book:
    """What a book says of itself.

    Attributes:
        title: Its title, or empty.
        date: The day it was published, as stated, or empty.
        authors: Names as printed.
        pages: Its documents in the order of reading, by their names in the file.
    """

    title: str
    date: str
    authors: tuple[str, ...]
    pages: tuple[str, ...]


def read_epub(data: bytes, where: str, address: str) -> Iterator[Article | Skipped]:
    """Yield an article for each document of a book that holds text, in the order of reading.

    The outlet is the book's title, since a book of news is an issue of something. Covers and
    other documents without text are passed over.

    Args:
        data: What the file holds.
        where: The file as the person named it, for what is skipped.
        address: What the articles begin their path with; behind it stand `#` and the document.

    Raises:
        ReadError: The file is damaged or protected, or none of its documents holds text.
    """
    found = False
    with open_zip(data) as archive:
        book = _book(archive)
        for name in book.pages:
            try:
                title, text = page_text(decode_page(read_member(archive, name)))
                if not text:
                    continue
                found = True
                yield build_article(
                    text,
                    path=f"{address}#{fold(name)}",
                    title=title or book.title,
                    date=book.date,
                    source=book.title,
                    authors=book.authors,
                )
            except ReadError as exc:
                found = True
                yield Skipped(f"{where}#{name}", exc.message)
    if not found:
        raise ReadError("holds no text, only pictures")


def _book(archive: zipfile.ZipFile) -> _Book:
    rootfile = next(
        (e for e in _xml(archive, _CONTAINER).iter() if e.tag.rpartition("}")[2] == "rootfile"),
        None,
    )
    if rootfile is None:
        raise ReadError("damaged: it does not say where its contents stand")
    name = rootfile.get("full-path", "")
    package = _xml(archive, name)
    hrefs = {
        item.get("id"): _resolve(name, item.get("href", ""))
        for item in package.iter(f"{_OPF}item")
        if item.get("media-type") in _PAGES and "nav" not in item.get("properties", "").split()
    }
    order = dict.fromkeys(hrefs.get(item.get("idref")) for item in package.iter(f"{_OPF}itemref"))
    pages = tuple(href for href in order if href)
    if _ENCRYPTION in archive.namelist():
        locked = {e.get("URI") for e in _xml(archive, _ENCRYPTION).iter()}
        if locked & set(pages):
            raise ReadError("a protected book (DRM)")
    return _Book(
        title=fold(package.findtext(f".//{_DC}title") or ""),
        date=_date(package),
        authors=tuple(e.text or "" for e in package.iter(f"{_DC}creator")),
        pages=pages,
    )


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    return parse_xml(read_member(archive, name), name)


def _resolve(package: str, href: str) -> str:
    """Return the name in the file that an address in the package document stands for."""
    try:
        path = unquote(urlsplit(href).path)
    except ValueError:  # such as half a pair of brackets
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(package), path))


def _date(package: Element) -> str:
    """Return the date of publication; a book may state other days, each with its name."""
    for element in package.iter(f"{_DC}date"):
        if element.get(f"{_OPF}event", "publication") == "publication":
            return (element.text or "").strip()
    return ""
