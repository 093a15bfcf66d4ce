"""Word documents (.docx): their paragraphs, lists and tables, without what was deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.build import build_article
from index.readers.decode import fold
from index.readers.docinfo import stated_authors, stated_title
from index.readers.packed import open_zip, parse_xml, read_member
from index.types import Article

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["read_docx"]

_MAIN = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# what is moved away, the copy of a box for old programs, and tables and boxes in paragraphs
_NOT_INLINE = (f"{_W}moveFrom", f"{_W}del", f"{_W}pPr", f"{_W}rPr", f"{_W}tbl", _FALLBACK)
_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # Word packs a document with a password into its old form


def read_docx(data: bytes, path: str) -> Article:
    """Return the article that a Word document holds.

    A first paragraph in the style Title is the title and no part of the text; else the title
    comes from the properties, as the authors do. The dates in the properties say when the file
    was made, so they are not read.

    Args:
        data: What the file holds.
        path: Where it was read from.

    Raises:
        ReadError: The file is damaged or encrypted, or has no text.
    """
    if data.startswith(_ENCRYPTED):
        raise ReadError("an encrypted Word document", help="save it without a password")
    with open_zip(data) as archive:
        body = parse_xml(read_member(archive, _MAIN), _MAIN).find(f"{_W}body")
        title, authors = "", ""
        if _PROPERTIES in archive.namelist():
            properties = parse_xml(read_member(archive, _PROPERTIES), _PROPERTIES)
            title = properties.findtext(f"{_DC}title") or ""
            authors = properties.findtext(f"{_DC}creator") or ""
    heading, text = _read_body(body) if body is not None else ("", "")
    return build_article(
        text,
        path=path,
        title=heading or stated_title(title),
        authors=stated_authors(authors),
    )


def _read_body(body: Element) -> tuple[str, str]:
    """Return the title that the body begins with, or "", and its text."""
    heading = ""
    parts: list[str] = []
    before = ""
    for style, kind, text in _blocks(body):
        if not text.strip():
            continue
        if style == "title" and not heading and not parts:
            heading = fold(text)
            continue
        parts.append(("\n" if kind and kind == before else "\n\n") + text.strip())
        before = kind
    return heading, "".join(parts)


def _blocks(parent: Element) -> Iterator[tuple[str, str, str]]:
    """Yield style, kind (`item`, `row` or none) and text of what stands one below the other."""
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}p":
            style = element.find(f"{_W}pPr/{_W}pStyle")
            is_item = element.find(f"{_W}pPr/{_W}numPr") is not None
            text = _words(element).strip()
            name = "" if style is None else style.get(f"{_W}val", "").lower()
            yield name, "item" if is_item else "", f"- {text}" if is_item and text else text
        elif element.tag == f"{_W}tr":
            cells = [fold(_words(cell)) for cell in element.findall(f"{_W}tc")]
            yield "", "row", " | ".join(cells) if any(cells) else ""
        elif element.tag not in (_FALLBACK, f"{_W}del", f"{_W}moveFrom"):
            waiting += reversed(element)


def _words(block: Element) -> str:
    parts: list[str] = []
    waiting = list(reversed(block))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif mark := _MARKS.get(element.tag):
            parts.append(mark)
        elif element.tag not in _NOT_INLINE:
            if element.tag == f"{_W}p" and parts:
                parts.append("\n")
            waiting += reversed(element)
    return "".join(parts)
