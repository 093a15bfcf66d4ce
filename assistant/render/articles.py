"""From articles and hits to text for people; all of it is pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.render.layout import PLAIN, Style, Word, flow, indented
from assistant.render.terminal import counted, for_terminal, on_one_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from index.types import Article, ArticleInfo, Hit

__all__ = [
    "article_head",
    "article_in_full",
    "article_line",
    "article_text",
    "copies_text",
    "excerpt",
    "hits_text",
    "numbered_head",
    "passages_text",
    "score_text",
    "snippet",
]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_SNIPPET = 320
# Copies of a report that are named; a wire story may have hundreds.
_NAMED = 3


def day_text(date: dt.date | None) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}" if date else "no date"


def article_head(info: ArticleInfo) -> str:
    """Outlet, day and title, such as `Example News, 12 March 2025, “Title”`."""
    version = f"version {info.version}" if info.version > 1 else ""
    heading = f"“{on_one_line(info.heading)}”" if info.heading else on_one_line(info.identity)
    return ", ".join(
        part for part in (on_one_line(info.source), day_text(info.date), heading, version) if part
    )


def snippet(text: str, query: str = "", length: int = _SNIPPET) -> str:
    """The part of a text that matches a query, or its beginning, cut between words."""
    if len(text) <= length:
        return on_one_line(text)
    from index.matching import matching_part  # noqa: PLC0415 - a prompt is there before it

    start, end = matching_part(query, text, length)
    line = on_one_line(text[start:end])
    if len(line) > length:
        line = f"{line[:length].rsplit(' ', 1)[0]} …"
    elif end < len(text):
        line = f"{line} …"
    return f"… {line}" if start else line


def copies_text(copies: Sequence[ArticleInfo], style: Style = PLAIN) -> str:
    """Who else carries the report, or nothing."""
    if not copies:
        return ""
    named = [article_head(info) for info in copies[:_NAMED]]
    if len(copies) > _NAMED:
        named.append(f"and {len(copies) - _NAMED} more")
    return indented(f"also carried by: {'; '.join(named)}", style.width, "    ", "      ") + "\n"


def hits_text(hits: Iterable[Hit], style: Style = PLAIN, query: str = "") -> str:
    """Search hits, best first, with the part of each that matches and why it scored."""
    blocks = []
    for place, hit in enumerate(hits, 1):
        score = f"{score_text(hit)}; article {hit.passage.article.id}"
        faint = style.paint(indented(score, style.width, "   ", "   "), "faint")
        shown = _passage(place, hit, query, style)
        blocks.append(f"{shown}{faint}\n{copies_text(hit.copies, style)}")
    return "\n".join(blocks)


def passages_text(
    hits: Iterable[Hit], style: Style = PLAIN, *, first: int = 1, query: str = ""
) -> str:
    """Passages by number, with the part of each that matches.

    Args:
        hits: The passages.
        style: Width and colour.
        first: The number of the first one.
        query: What they were found for.
    """
    return "".join(
        _passage(place, hit, query, style) + copies_text(hit.copies, style)
        for place, hit in enumerate(hits, first)
    )


def numbered_head(place: int, info: ArticleInfo, style: Style = PLAIN) -> str:
    """Outlet, day and title behind a number; see `article_head`."""
    number = f"{place}."
    rest = " " * (len(number) + 1)
    head = indented(article_head(info), style.width, f"{number} ", rest)
    return style.link(number, info.url) + head.removeprefix(number)


def _passage(place: int, hit: Hit, query: str, style: Style) -> str:
    head = numbered_head(place, hit.passage.article, style)
    return f"{head}\n{indented(snippet(hit.passage.text, query), style.width, '   > ', '     ')}\n"


def score_text(hit: Hit) -> str:
    """The score of a hit and its parts."""
    parts = ", ".join(
        f"{name} {part:.2f}" + (f" (rank {hit.ranks[name]})" if name in hit.ranks else "")
        for name, part in hit.parts.items()
    )
    return f"score {hit.score:.2f}" + (f": {parts}" if parts else "")


def article_line(info: ArticleInfo) -> str:
    """One line of the list of articles: id, day, outlet and title."""
    day = info.date.isoformat() if info.date else "no date   "
    source = f"{on_one_line(info.source)}: " if info.source else ""
    return f"{info.id}  {day}  {source}{on_one_line(info.heading or info.identity)}\n"


def article_text(article: Article, sentences: int, style: Style = PLAIN) -> str:
    """An article with all that is known of it and its stored text.

    Args:
        article: The article.
        sentences: How many sentences its text has.
        style: Width and colour.
    """
    info = article.info
    length = f"{counted(sentences, 'sentences')}, {counted(len(article.text), 'characters')}"
    facts = {**_facts(info), "Id": f"{info.id}, version {info.version}", "Length": length}
    return f"{_table(facts, style)}\n{_paragraphs(for_terminal(article.text), style)}\n"


def _facts(info: ArticleInfo) -> dict[str, str]:
    return {
        "Title": info.title,
        "Date": info.date.isoformat() if info.date else "none",
        "Outlet": info.source,
        "Authors": ", ".join(info.authors),
        "Address": info.url,
        "File": info.path,
    }


def _table(facts: Mapping[str, str], style: Style) -> str:
    # An address in pieces could not be copied.
    return "".join(
        indented(
            on_one_line(value),
            0 if name == "Address" else style.width,
            f"{name + ':':9}",
            " " * 9,
        )
        + "\n"
        for name, value in facts.items()
        if value
    )


def _paragraphs(text: str, style: Style) -> str:
    return "\n".join(indented(line, style.width) for line in text.split("\n"))


def article_in_full(
    article: Article, start: int, end: int, style: Style = PLAIN
) -> tuple[str, int]:
    """An article with a range of it marked, and the line, counted from 0, where that begins.

    Args:
        article: The article.
        start: Where the range begins.
        end: Where it ends; nothing is marked when it is empty.
        style: Width and colour.
    """
    text = article.text
    body = _marked(text[:start], text[start:end], text[end:], style)
    head = f"{_table(_facts(article.info), style)}\n"
    before = body.partition("»")[0] if end > start else ""
    return f"{head}{body}\n", (head + before).count("\n") if end > start else 0


# Letters that no text may hold; they stand for the marks while words are set.
_BEGIN, _END = "\ufdd0", "\ufdd1"
_MARKS = {0xFDD0: "»", 0xFDD1: "«"}


def _marked(before: str, cited: str, after: str, style: Style) -> str:
    """Paragraphs, with what is cited between » and «, and standing out where there is colour."""
    first, range_, last = (
        for_terminal(part).translate(dict.fromkeys(_MARKS)) for part in (before, cited, after)
    )
    if not range_:
        return _paragraphs(first + last, style)
    inside = False
    lines = []
    for line in f"{first}{_BEGIN}{range_}{_END}{last}".split("\n"):
        words: list[Word] = []
        for word in line.split() if style.width else [line]:
            painted = ""
            for piece in re.split(f"(?={_BEGIN})|(?<={_END})", word):
                inside = inside or piece.startswith(_BEGIN)
                shown = piece.translate(_MARKS)
                painted += style.paint(shown, "marked") if inside else shown
                inside = inside and not piece.endswith(_END)
            words.append((word.translate(_MARKS), painted))
        lines.append(flow(words, style.width)[0])
    return "\n".join(lines)


def excerpt(article: Article, start: int, end: int, style: Style = PLAIN) -> str:
    """The paragraphs around a range of an article, with the range between » and «."""
    text = article.text
    own_start, own_end = _paragraph_start(text, start), _paragraph_end(text, end)
    first, last = _paragraph_start(text, own_start - 2), _paragraph_end(text, own_end + 2)
    before, after = f"{'… ' if first else ''}{text[first:start]}", text[end:last]
    after += " …" if last < len(text) else ""
    shown = _marked(before, text[start:end], after, style)
    return f"{indented(article_head(article.info), style.width)}\n\n{shown}\n"


def _paragraph_start(text: str, position: int) -> int:
    found = text.rfind("\n\n", 0, max(position, 0))
    return found + 2 if found >= 0 else 0


def _paragraph_end(text: str, position: int) -> int:
    found = text.find("\n\n", position)
    return found if found >= 0 else len(text)
