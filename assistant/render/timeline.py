"""Timelines for people: as text, and as one HTML page; all of it is pure."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.render.articles import article_head, copies_text, day_text, passages_text
from assistant.render.chat import asked_with
from assistant.render.layout import PLAIN, Style, indented
from assistant.render.page import escaped, html_page, linked_text
from assistant.render.questions import understood
from assistant.render.terminal import counted, on_one_line

if TYPE_CHECKING:
    from assistant.timeline import Entry, Timeline

__all__ = ["days_text", "timeline_html", "timeline_text"]

_STYLE = """
ol.days, ol.days ol { list-style: none; padding: 0; margin: 0; }
ol.days > li { border-left: 3px solid var(--line); padding: 0 0 1.25rem 1.25rem; }
ol.days h2 { font-size: 1.05rem; margin: 0 0 .35rem; }
ol.days h2::before { content: ""; display: inline-block; width: .7rem; height: .7rem;
  border-radius: 50%; background: var(--cite); margin: 0 .9rem 0 -1.7rem; }
ol.days ol li { margin-bottom: .9rem; }
ol.days ol li.ahead q { font-style: italic; }
"""


def days_text(first: dt.date, last: dt.date) -> str:
    """Days in words: “5 November 2024”, “June 2024”, “2022”, “17 March 2025 to 21 March 2025”."""
    if first == last:
        return day_text(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    whole = calendar.monthrange(first.year, first.month)[1]
    if first.day == 1 and last == first.replace(day=whole):
        return day_text(first).removeprefix("1 ")
    return f"{day_text(first)} to {day_text(last)}"


def timeline_text(timeline: Timeline, style: Style = PLAIN) -> str:
    """The entries below their days, each with its source and with what dates it."""
    if not timeline.entries:
        answer = timeline.answer
        closest = passages_text(answer.closest, style, query=answer.question.text)
        said = indented("No article is about this.", style.width)
        return f"{said}\n\nThe closest passages:\n{closest}" if closest else f"{said}\n"
    return "\n".join(
        f"{style.paint(days_text(*days), 'strong')}\n{''.join(_entry(e, style) for e in entries)}"
        for days, entries in _by_days(timeline)
    )


def _by_days(timeline: Timeline) -> Iterator[tuple[tuple[dt.date, dt.date], Iterator[Entry]]]:
    return groupby(timeline.entries, key=lambda entry: (entry.first, entry.last))


def _entry(entry: Entry, style: Style) -> str:
    mark = f"[{entry.citation.number}]"
    wide = " " * (len(mark) + 3)
    said = indented(on_one_line(entry.citation.quote), style.width, f"  {mark} ", wide)
    painted = style.link(style.paint(mark, "cite"), entry.citation.article.url)
    source = f"{article_head(entry.citation.article)}; {_dated(entry)}"
    lines = (indented(source, style.width, wide, wide), *_further(entry, style))
    faint = "".join(style.paint(line, "faint") + "\n" for line in "\n".join(lines).split("\n"))
    return f"{said.replace(mark, painted, 1)}\n{faint}"


def _further(entry: Entry, style: Style) -> Iterator[str]:
    wide = " " * (len(str(entry.citation.number)) + 5)
    if entry.citation.copies:
        copies = copies_text(entry.citation.copies).strip()
        yield indented(copies, style.width, wide, wide)
    if entry.also:
        yield indented(_also(entry), style.width, wide, wide)


def _also(entry: Entry) -> str:
    return f"told too by: {', '.join(map(on_one_line, entry.also))}"


def _dated(entry: Entry) -> str:
    """What the day of an entry is taken from."""
    if entry.dated_by == "article":
        return "dated by the article"
    ahead = ", then still to come" if entry.ahead else ""
    return f"dated by the sentence, “{on_one_line(entry.words)}”{ahead}"


def timeline_html(timeline: Timeline) -> str:
    """A page of its own; it needs no other file, and no script."""
    answer = timeline.answer
    notes = "".join(
        f'<p class="faint" dir="auto">Note: {escaped(note)}</p>\n'
        for note in (*understood(answer.question), *answer.warnings)
    )
    days = "".join(
        f"<li>\n<h2>{_time(*span)}</h2>\n<ol>\n{''.join(map(_item, entries))}</ol>\n</li>\n"
        for span, entries in _by_days(timeline)
    )
    said = (
        f"{counted(len(timeline.entries), 'entries')}, each a sentence of an article. "
        f"{asked_with(answer)}."
    )
    body = f'<ol class="days">\n{days}</ol>\n' if days else "<p>No article is about this.</p>\n"
    return html_page(
        answer.question.asked, f'<p class="faint">{escaped(said)}</p>\n{body}{notes}', _STYLE
    )


def _time(first: dt.date, last: dt.date) -> str:
    shown = escaped(days_text(first, last))
    return f'<time datetime="{first.isoformat()}">{shown}</time>' if first == last else shown


def _item(entry: Entry) -> str:
    further = "".join(f"<br>{escaped(line.strip())}" for line in _further(entry, PLAIN))
    ahead = ' class="ahead"' if entry.ahead else ""
    return (
        f'<li id="e{entry.citation.number}"{ahead} dir="auto"><q>{escaped(entry.citation.quote)}'
        f'</q><br><span class="faint">'
        f"{linked_text(article_head(entry.citation.article), entry.citation.article.url)};"
        f" {escaped(_dated(entry))}{further}</span></li>\n"
    )
