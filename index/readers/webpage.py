"""Web pages that were saved: the main text without menus, and what the page says of itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

from trafilatura import bare_extraction, html2txt, load_html
from trafilatura.settings import Document

from index.errors import ReadError
from index.readers.build import build_article
from index.readers.decode import decode, fold, plain_lines
from index.readers.pagedate import page_date
from index.types import Article

__all__ = ["decode_page", "page_text", "read_webpage"]

# what these say of broken pages is said in the reason for skipping them
for _name in ("trafilatura", "htmldate", "justext"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_HEAD = 4096  # bytes in which a page states its encoding
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?([\w:.-]+)""", re.IGNORECASE
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_VERBATIM = ("pre", "script", "style", "textarea")
_WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_LATIN = ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii")
_BLOCKS = (  # elements that begin a line of their own
    "article blockquote br div figcaption figure footer h1 h2 h3 h4 h5 h6 header li ol p section"
    " table td th time tr ul"
).split()
_SHORT = 2000  # characters of a page; of a longer one, the extraction keeps the paragraphs
_ROW = re.compile(r"\|(.*)\|\s*")
_RULE = re.compile(r"[\s|:-]*")


def read_webpage(data: bytes, path: str) -> Article:
    """Return the article that a web page holds.

    The address that the page states as its own, if it states one, identifies it.

    Args:
        data: What the file holds.
        path: Where it was read from.

    Raises:
        ReadError: The bytes are no text, or the page has no main text.
    """
    tree = _tree(decode_page(data))
    if tree is None:
        raise ReadError("not a web page that can be read")
    url, date = _canonical(tree), page_date(tree)
    for menu in list(tree.iter("nav")):  # a page of menus would else have them for its text
        menu.drop_tree()
    blocks = [
        _blocks(e) for e in tree.iter("article") if next(e.iterancestors("article"), None) is None
    ]
    page = _extract(tree)
    if page is None or not (page.text or "").strip():
        raise ReadError("a web page without a main text")
    title = fold(page.title or "")
    return build_article(
        _paragraphs(_divided(page.text or "", blocks), title),
        path=path,
        title=title,
        date=date,
        source=page.sitename or "",
        authors=(page.author or "").split(";"),
        url=url,
    )


def page_text(html: str) -> tuple[str, str]:
    """Return title and text of HTML that is no page of a website: a mail, a chapter.

    Nothing stands around such a text, so what has the looks of a menu is kept when there is
    nothing else. Both are empty when there is no text.
    """
    tree = _tree(html)
    page = None if tree is None else _extract(tree, favor_recall=True)
    title = fold(page.title or "") if page else ""
    text = _paragraphs(page.text or "", title) if page else ""
    return title, (text or _paragraphs(html2txt(_tree(html)), title)).strip()


def decode_page(data: bytes) -> str:
    """Return the text of a page in UTF-8, marked UTF-16 or the encoding that it states.

    Raises:
        ReadError: The page is empty, binary, or not in the encoding that it states.
    """
    stated = _CHARSET.search(data[:_HEAD])
    try:
        text = decode(data)
    except ReadError:
        if stated is None or b"\0" in data:
            raise
        name = stated[1].decode().lower()
        try:
            # browsers take these names for the Windows encoding, and so do the pages
            text = data.decode("cp1252" if name in _LATIN else name)
        except (LookupError, UnicodeDecodeError) as exc:
            raise ReadError(f"not {fold(name)} text, which it says it is") from exc
    return _DECLARATION.sub("", plain_lines(text), count=1)


def _tree(html: str) -> Any:
    """Return the page as an lxml element, or None; line ends in its source are spaces, as shown."""
    tree = load_html(_whole(html))
    if tree is None:
        return None
    verbatim = {below for element in tree.iter(*_VERBATIM) for below in element.iter()}
    for element in tree.iter():
        if element.text and element not in verbatim:
            element.text = _SPACES.sub(" ", element.text)
        if element.tail and (element not in verbatim or element.tag in _VERBATIM):
            element.tail = _SPACES.sub(" ", element.tail)
    return tree


def _whole(html: str) -> str:
    """Return a piece of a page as a page, since pieces are taken for broken pages."""
    return html if _WHOLE.search(html) else f"<html><body>{html}</body></html>"


def _extract(tree: Any, *, favor_recall: bool = False) -> Document | None:
    page = bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        favor_recall=favor_recall,
        # its date is not used, since it guesses; this keeps the guessing short
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return page if isinstance(page, Document) else None


def _blocks(article: Any) -> dict[str, bool]:
    """The texts of an article by its blocks, and whether each is more than headline or day."""
    marked = deepcopy(article)
    for element in marked.iter(*_BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    texts = marked.text_content().split("\n")
    heads = {fold(element.text_content()) for element in article.iter("h1", "time")}
    return {fold(text): fold(text) not in heads for text in texts if text.strip()}


def _divided(text: str, articles: Iterable[dict[str, bool]]) -> str:
    """The text with short articles, which the extraction puts in one line each, in paragraphs."""
    if len(text) > _SHORT:
        return text
    lines = text.split("\n")
    for blocks in articles:
        for at, line in enumerate(lines):
            inside = [block for block in blocks if block in line]
            kept = [block for block in inside if blocks[block]]
            if len(inside) > 1 and kept and _same(inside, line):
                lines[at] = "\n".join(kept)
                break
    return "\n".join(lines)


def _same(blocks: Sequence[str], line: str) -> bool:
    return "".join("".join(blocks).split()) == "".join(line.split())


def _canonical(tree: Any) -> str:
    """Return the address of the page, or ""; that of a whole website would merge its pages."""
    stated = [e.get("href") for e in tree.iter("link") if e.get("rel", "").lower() == "canonical"]
    stated += [e.get("content") for e in tree.iter("meta") if e.get("property") == "og:url"]
    for url in stated:
        try:
            parts = urlsplit((url or "").strip())
        except ValueError:  # such as half a pair of brackets
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            return parts.geturl() if parts.path.strip("/") or parts.query else ""
    return ""


def _paragraphs(text: str, title: str) -> str:
    """Divide lines by empty lines, but keep lists and tables together; drop the title on top."""
    parts: list[str] = []
    before = ""
    for line in plain_lines(text).split("\n"):
        kind = ""
        if row := _ROW.fullmatch(line):
            if _RULE.fullmatch(row[1]):
                continue
            cells = [cell.strip() for cell in row[1].strip().strip("|").split("|")]
            kind, line = "row" if len(cells) > 1 else "", " | ".join(cells)  # noqa: PLW2901 - the line without its frame
        elif line.startswith("- "):
            kind = "item"
        if not line.strip() or (not parts and fold(line) == title):
            continue
        parts.append(("\n" if kind and kind == before else "\n\n") + line.strip())
        before = kind
    return "".join(parts)
