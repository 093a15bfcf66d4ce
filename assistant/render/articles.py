"""From articles and hits to text for people; all of it is pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.render.layout import PLAIN, Style, indented
from assistant.render.terminal import counted, for_terminal, on_one_line
from index.matching import matching_part

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from index.types import Article, ArticleInfo, Hit

__all__ = [
    "article_head",
    "article_line",
    "article_text",
    "copies_text",
    "excerpt",
    "hits_text",
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


def snippet(text: str, query: str = "") -> str:
    """The part of a text that matches a query, or its beginning, cut between words."""
    if len(text) <= _SNIPPET:
        return on_one_line(text)
    start, end = matching_part(query, text, _SNIPPET)
    line = on_one_line(text[start:end])
    if len(line) > _SNIPPET:
        line = f"{line[:_SNIPPET].rsplit(' ', 1)[0]} …"
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
        parts = ", ".join(
            f"{name} {part:.2f}" + (f" (rank {hit.ranks[name]})" if name in hit.ranks else "")
            for name, part in hit.parts.items()
        )
        info = hit.passage.article
        score = f"score {hit.score:.2f}" + (f": {parts}" if parts else "")
        lines = (
            indented(f"{place}. {article_head(info)}", style.width, "", "   "),
            indented(snippet(hit.passage.text, query), style.width, "   > ", "     "),
            style.paint(indented(f"{score}; article {info.id}", style.width, "   ", "   "), "dim"),
        )
        blocks.append("\n".join(lines) + "\n" + copies_text(hit.copies, style))
    return "\n".join(blocks)


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
    facts = (
        ("Title", info.title),
        ("Date", info.date.isoformat() if info.date else "none"),
        ("Outlet", info.source),
        ("Authors", ", ".join(info.authors)),
        ("Address", info.url),
        ("File", info.path),
        ("Id", f"{info.id}, version {info.version}"),
        (
            "Length",
            f"{counted(sentences, 'sentences')}, {counted(len(article.text), 'characters')}",
        ),
    )
    lines = [
        indented(f"{name + ':':9}{on_one_line(value)}", style.width, "", " " * 9)
        for name, value in facts
        if value
    ]
    return "\n".join(lines) + f"\n\n{_paragraphs(for_terminal(article.text), style)}\n"


def _paragraphs(text: str, style: Style) -> str:
    return "\n".join(indented(line, style.width) for line in text.split("\n"))


def excerpt(article: Article, start: int, end: int, style: Style = PLAIN) -> str:
    """The paragraphs around a range of an article, with the range between » and «."""
    text = article.text
    own_start, own_end = _paragraph_start(text, start), _paragraph_end(text, end)
    first, last = _paragraph_start(text, own_start - 2), _paragraph_end(text, own_end + 2)
    before, cited, after = (
        for_terminal(part) for part in (text[first:start], text[start:end], text[end:last])
    )
    shown = f"{'… ' if first else ''}{before}»{cited}«{after}{' …' if last < len(text) else ''}"
    return f"{indented(article_head(article.info), style.width)}\n\n{_paragraphs(shown, style)}\n"


def _paragraph_start(text: str, position: int) -> int:
    found = text.rfind("\n\n", 0, max(position, 0))
    return found + 2 if found >= 0 else 0


def _paragraph_end(text: str, position: int) -> int:
    found = text.find("\n\n", position)
    return found if found >= 0 else len(text)
