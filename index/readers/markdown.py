"""Markdown articles: the stored text is what a reader reads, without marks and link addresses."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from index.readers.build import build_article, split_names
from index.readers.decode import fold, plain_lines
from index.readers.frontmatter import split_front_matter
from index.types import Article

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read_markdown"]

_DEEPEST = 40  # quotes and lists in each other; the default of 20 would drop what lies deeper
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
_UNREAD = (
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<script\b[^<>]*>", re.IGNORECASE), re.compile(r"</script\s*>", re.IGNORECASE)),
    (re.compile(r"<style\b[^<>]*>", re.IGNORECASE), re.compile(r"</style\s*>", re.IGNORECASE)),
)


def read_markdown(text: str, path: str) -> Article:
    """Return the article that a Markdown file holds.

    Title, date, source, authors and url come from YAML front matter. Without a title there, a
    first heading of level one is the title and no part of the text.

    Args:
        text: What the file holds.
        path: Where it was read from.

    Raises:
        ReadError: The front matter is broken, or there is no text.
    """
    front, body = split_front_matter(plain_lines(text))
    heading, paragraphs = _read_body(body)
    if heading and fold(front.title) not in ("", heading):
        paragraphs = f"{heading}\n\n{paragraphs}"
    authors = front.authors
    return build_article(
        paragraphs,
        path=path,
        title=front.title or heading,
        date=front.date,
        source=front.source,
        authors=split_names(authors) if isinstance(authors, str) else authors,
        url=front.url,
    )


def _read_body(body: str) -> tuple[str, str]:
    """Return the heading of level one that the body starts with, or "", and the rest."""
    tokens = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").parse(body)
    page = _Page()
    heading = ""
    in_title = False
    for token in tokens:
        if token.type == "inline" and in_title:
            heading = fold(_inline(token))
        else:
            page.add(token)
        in_title = (
            token.type == "heading_open" and token.tag == "h1" and not (heading or page.parts)
        )
    return heading, "".join(page.parts)


@dataclass(slots=True)
class _Page:
    """The text so far, while the tokens of a document go by.

    Attributes:
        parts: Blocks of text, each with the line feeds before it.
        mark: The mark of a list item whose text has not come yet.
        cells: The cells so far of the table row that is open.
        tight: Whether the open paragraph is an item that follows on the next line.
        inside: Whether the open list or table has text already.
    """

    parts: list[str] = field(default_factory=list)
    mark: str = ""
    cells: list[str] = field(default_factory=list)
    tight: bool = False
    inside: bool = False

    def add(self, token: Token) -> None:
        if token.level == 0:
            self.inside = False
        match token.type:
            case "list_item_open":
                self.mark = f"{token.info}{token.markup} " if token.info else "- "
            case "list_item_close":
                self.mark = ""
            case "paragraph_open" | "heading_open":
                self.tight = token.hidden
            case "th_open" | "td_open":
                self.cells.append("")
            case "tr_close":
                self.tight = True
                self._put(" | ".join(self.cells))
                self.cells.clear()
            case "inline" if self.cells:
                self.cells[-1] = _inline(token)
            case "inline":
                self._put(_inline(token))
            case "fence" | "code_block" | "html_block":
                self.tight = False
                is_html = token.type == "html_block"
                self._put(_without_tags(token.content) if is_html else token.content)

    def _put(self, text: str) -> None:
        if not text.strip():
            return
        between = "\n" if self.tight and self.inside else "\n\n"
        self.parts.append(f"{between}{self.mark}{text.rstrip()}")
        self.mark = ""
        self.inside = True


def _inline(token: Token) -> str:
    """Return the words of a paragraph, a heading or a cell; pictures and marks leave nothing."""
    parts: list[str] = []
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline":
                parts.append(child.content)
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "html_inline" if _BREAK.fullmatch(child.content):
                parts.append("\n")
    return "".join(parts).strip()


def _without_tags(source: str) -> str:
    for opening, closing in _UNREAD:
        source = _without(source, opening, closing)
    return html.unescape(_TAG.sub("", _BREAK.sub("\n\n", source)))


def _without(source: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """Drop what stands between two marks; where the second is missing all is kept."""
    parts: list[str] = []
    at = 0
    while (start := opening.search(source, at)) and (end := closing.search(source, start.end())):
        parts.append(source[at : start.start()])
        at = end.end()
    return "".join([*parts, source[at:]])
