"""From values to text for people: answers, hits, articles, reports.

Everything here is pure. Whatever comes from an article or a model passes through `for_terminal`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.layout import PLAIN, Style, flow, indented
from assistant.types import Answer, AnswerSentence, Citation, Event, Finished, SentenceReady

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from index.errors import DatelineError
    from index.types import Article, ArticleInfo, Hit, Progress, Report, Skipped, Status

__all__ = [
    "UNSAFE",
    "AnswerText",
    "article_head",
    "article_line",
    "article_text",
    "config_text",
    "counted",
    "error_text",
    "excerpt",
    "for_terminal",
    "hits_text",
    "notes_text",
    "progress_text",
    "report_text",
    "round_text",
    "sources_text",
    "status_text",
]

# What a terminal acts on or hides: control characters other than tab and line feed, bidirectional
# overrides and isolates, separators that break lines, halves of surrogate pairs, and tags.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff"
    "\ufeff\U000e0000-\U000e007f]"
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_QUOTES_SHOWN = "Quoted from the articles (no model):"
_SNIPPET = 320
# Files that are named of those skipped for one reason; `--json` names all.
_SKIPPED = 5
# Copies of a report that are named; a wire story may have hundreds.
_NAMED = 3
_MARKS = {"partial": "⚠ partly supported", "unsupported": "✗ not supported"}
_STAGES = {
    "reading": ("reading", "articles"),
    "lexical": ("indexing words of", "passages"),
    "copies": ("looking for copies among", "articles"),
    "embedding": ("embedding", "passages"),
}


def for_terminal(text: str) -> str:
    """Text that a terminal only shows: nothing in it moves, colours, hides or reorders.

    Control characters become their pictures (`␛`), line separators become line feeds, and what
    reorders or hides text is left out.
    """
    return UNSAFE.sub(_picture, text.replace("\r\n", "\n"))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if match[0] in "\u2028\u2029":
        return "\n"
    return "�" if code < 0xA0 or 0xD800 <= code < 0xE000 else ""


def _line(text: str) -> str:
    """Text that a terminal only shows, on one line."""
    return " ".join(for_terminal(text).split())


def _day(date: dt.date | None) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}" if date else "no date"


def article_head(info: ArticleInfo) -> str:
    """Outlet, day and title, such as `Example News, 12 March 2025, “Title”`."""
    version = f"version {info.version}" if info.version > 1 else ""
    heading = f"“{_line(info.heading)}”" if info.heading else _line(info.identity)
    return ", ".join(
        part for part in (_line(info.source), _day(info.date), heading, version) if part
    )


def counted(number: int, what: str) -> str:
    """A number with what is counted, which is given in the plural: `1 article`."""
    return f"{number:,} {what.removesuffix('s') if number == 1 else what}"


def _snippet(text: str) -> str:
    """The beginning of a text, cut between words."""
    line = _line(text)
    return line if len(line) <= _SNIPPET else f"{line[:_SNIPPET].rsplit(' ', 1)[0]} …"


# answers


@dataclass
class AnswerText:
    """The text of one answer, piece by piece as its events come.

    Attributes:
        citations: The citations so far.
        answer: The answer, once it is finished.
    """

    style: Style = PLAIN
    citations: list[Citation] = field(default_factory=list)
    answer: Answer | None = None
    _extractive: bool = False
    _begun: bool = False
    _column: int = 0

    def feed(self, event: Event) -> str:
        """The text that an event adds."""
        if isinstance(event, SentenceReady):
            self.citations += event.citations
            return self._sentence(event.sentence, event.before)
        if isinstance(event, Finished):
            self.answer = event.answer
            return self._end(event.answer)
        return ""

    def stop(self) -> str:
        """The text that ends an answer which was broken off: the sources of what came."""
        return self._sources() if self._begun and self.answer is None else ""

    def _sentence(self, sentence: AnswerSentence, before: str) -> str:
        lead = ""
        if self._begun and ("\n" in before or self.style.quotes):
            lead = self._new_line() + ("\n" if "\n\n" in before else "")
        elif self.style.quotes:
            lead = f"{indented(_QUOTES_SHOWN, self.style.width)}\n\n"
        self._begun = True
        words = [(word, word) for word in _line(sentence.text).split(" ")]
        if self.style.quotes:
            words.insert(0, (">", self.style.paint(">", "dim")))
        marks = "".join(f"[{number}]" for number in sentence.citations)
        if marks:
            words.append((marks, self.style.paint(marks, "cyan")))
        indent = 2 if self.style.quotes and self.style.width else 0
        text, self._column = flow(words, self.style.width, self._column, indent)
        if sentence.verdict.status != "supported":
            text += self._new_line() + self._verdict(sentence)
        return lead + text

    def _verdict(self, sentence: AnswerSentence) -> str:
        reasons = "; ".join(map(_line, sentence.verdict.reasons))
        mark = _MARKS[sentence.verdict.status]
        note = indented(f"{mark}: {reasons}" if reasons else mark, self.style.width, "  ", "    ")
        colour = "yellow" if sentence.verdict.status == "partial" else "red"
        return self.style.paint(note, colour) + "\n"

    def _new_line(self) -> str:
        """What brings the text to the start of a line."""
        at_start, self._column = self._column == 0, 0
        return "" if at_start else "\n"

    def _end(self, answer: Answer) -> str:
        if answer.abstained:
            return self._new_line() + _abstention(answer, self.style)
        return self._sources()

    def _sources(self) -> str:
        sources = sources_text(self.citations, self.style)
        return self._new_line() + (f"\n{sources}" if sources else "")


def _abstention(answer: Answer, style: Style) -> str:
    lines = [indented(_line(answer.text) or "The articles do not answer this.", style.width)]
    if answer.closest:
        lines += ["", "The closest passages:"]
    for hit in answer.closest:
        lines.append(indented(f"- {article_head(hit.passage.article)}", style.width, "", "  "))
        lines.append(indented(_snippet(hit.passage.text), style.width, "    > ", "      "))
    return "\n".join(lines) + "\n"


def sources_text(citations: Iterable[Citation], style: Style = PLAIN) -> str:
    """The numbered list of sources, each with the sentence that is cited.

    Where the answer itself is made of quotes they are not repeated, and each article stands once.
    """
    if style.quotes:
        marks: dict[ArticleInfo, str] = {}
        copies: dict[ArticleInfo, tuple[ArticleInfo, ...]] = {}
        for citation in citations:
            known = marks.get(citation.article, "")
            marks[citation.article] = f"{known}[{citation.number}]"
            copies[citation.article] = citation.copies
        return "".join(
            _source(mark, info, style) + copies_text(copies[info], style)
            for info, mark in marks.items()
        )
    return "".join(
        _source(f"[{citation.number}]", citation.article, style)
        + indented(_line(citation.quote), style.width, "    > ", "      ")
        + "\n"
        + copies_text(citation.copies, style)
        for citation in citations
    )


def copies_text(copies: Sequence[ArticleInfo], style: Style = PLAIN) -> str:
    """Who else carries the report, or nothing."""
    if not copies:
        return ""
    named = [article_head(info) for info in copies[:_NAMED]]
    if len(copies) > _NAMED:
        named.append(f"and {len(copies) - _NAMED} more")
    return indented(f"also carried by: {'; '.join(named)}", style.width, "    ", "      ") + "\n"


def _source(mark: str, info: ArticleInfo, style: Style) -> str:
    head = indented(f"{mark} {article_head(info)}", style.width, "", "    ")
    return style.paint(mark, "cyan") + head.removeprefix(mark) + "\n"


def notes_text(answer: Answer, *, quiet: bool = False) -> str:
    """What the reader must know of an answer, and what it took unless `quiet`."""
    notes = [f"note: {_line(warning)}\n" for warning in answer.warnings]
    if not quiet:
        notes.append(f"({_figures(answer)})\n")
    return "".join(notes)


def _figures(answer: Answer) -> str:
    """Model, tokens and seconds."""
    usage = answer.usage
    tokens = f"{usage.prompt_tokens:,} + {usage.completion_tokens:,} tokens"
    seconds = sum(answer.timings.get(stage, 0.0) for stage in ("retrieve", "answer"))
    parts = (_line(answer.model), tokens if answer.model else "", f"{seconds:.1f} s")
    return ", ".join(part for part in parts if part)


def error_text(error: DatelineError) -> str:
    """An error and what to do about it."""
    lines = f"dateline: {for_terminal(error.message)}\n"
    return lines + (f"  {for_terminal(error.help)}\n" if error.help else "")


# articles


def hits_text(hits: Iterable[Hit], style: Style = PLAIN) -> str:
    """Search hits, best first, with the beginning of each passage and why it scored."""
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
            indented(_snippet(hit.passage.text), style.width, "   > ", "     "),
            style.paint(indented(f"{score}; article {info.id}", style.width, "   ", "   "), "dim"),
        )
        blocks.append("\n".join(lines) + "\n" + copies_text(hit.copies, style))
    return "\n".join(blocks)


def article_line(info: ArticleInfo) -> str:
    """One line of the list of articles: id, day, outlet and title."""
    day = info.date.isoformat() if info.date else "no date   "
    source = f"{_line(info.source)}: " if info.source else ""
    return f"{info.id}  {day}  {source}{_line(info.heading or info.identity)}\n"


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
        indented(f"{name + ':':9}{_line(value)}", style.width, "", " " * 9)
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


# the library


def status_text(status: Status) -> str:
    """What a library holds, a fact a line."""
    share = status.vectors / status.passages if status.passages else 1.0
    undated = f", {status.undated:,} of them without a date" if status.undated else ""
    copies = f", {status.copies:,} of them copies of others" if status.copies else ""
    period = f"{status.first} to {status.last}" if status.first and status.last else "none"
    facts = {
        "Library": _line(status.path),
        "Articles": f"{status.articles:,}{undated}{copies}",
        "Published": period,
        "Passages": f"{status.passages:,}",
        "Words": f"{status.lexical:,} of them are searchable by words",
        "Vectors": f"{status.vectors:,} of them have vectors ({share:.0%})",
        "Embedder": _line(status.embedder) or "none yet",
        "Size": f"{status.bytes / 1e6:,.1f} MB",
    }
    lines = [f"{name + ':':11}{fact}\n" for name, fact in facts.items()]
    if status.lexical < status.passages or status.vectors < status.passages:
        lines.append("`dateline index` on any path carries on where indexing stopped.\n")
    return "".join(lines)


def config_text(form: Mapping[str, Any]) -> str:
    """Settings as `describe` gives them, an option a line."""
    lines = [f"Configuration file: {_line(form['file'])}\n\n"]
    for name, option in form["options"].items():
        value = option["value"]
        shown = ", ".join(value) if isinstance(value, tuple) else str(value)
        if value is None or value in ("", ()):
            shown = "-"
        lines.append(f"{name:18} {_line(shown):40} {_line(option['origin'])}\n")
    lines.append("\n")
    for name, origin in form["keys"].items():
        lines.append(f"key of {name}: {_line(origin) if origin else 'none'}\n")
    return "".join(lines)


def report_text(report: Report) -> str:
    """What indexing did, and what it skipped and why."""
    counts = (
        f"{counted(report.added, 'articles')} added, {report.changed:,} changed, "
        f"{report.unchanged:,} unchanged, {report.removed:,} removed, "
        f"{len(report.skipped):,} skipped; {counted(report.embedded, 'passages')} embedded\n"
    )
    if report.ignored:
        counts += f"  ignored by pattern: {counted(report.ignored, 'files and folders')}\n"
    return counts + "".join(_skipped_lines(report.skipped))


def _skipped_lines(skipped: Sequence[Skipped]) -> Iterator[str]:
    """What was skipped and why; of what has the same reason only the first few are named."""
    reasons: dict[str, list[str]] = {}
    for item in skipped:
        reasons.setdefault(item.reason, []).append(item.where)
    for reason, places in reasons.items():
        for place in places[:_SKIPPED]:
            yield f"  skipped {_line(place)}: {_line(reason)}\n"
        if len(places) > _SKIPPED:
            yield f"  skipped {len(places) - _SKIPPED:,} more: {_line(reason)}\n"


def round_text(report: Report, clock: str) -> str:
    """One line on what a round of watching did."""
    numbers = {
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "skipped": len(report.skipped),
    }
    said = ", ".join(f"{number:,} {what}" for what, number in numbers.items() if number)
    first = next((f": {_line(s.where)}: {_line(s.reason)}" for s in report.skipped), "")
    return f"{clock} {said or 'embedded ' + counted(report.embedded, 'passages')}{first}\n"


def progress_text(progress: Progress, seconds: float) -> str:
    """One line on how far indexing is; `seconds` is how long this stage has taken."""
    doing, what = _STAGES[progress.stage]
    number = counted(progress.total or progress.done, what)
    done = f"{progress.done:,} of " if progress.total else ""
    return ", ".join((f"{doing} {done}{number}", *_pace(progress, seconds)))


def _pace(progress: Progress, seconds: float) -> Iterator[str]:
    if seconds < 1 or not progress.done:
        return
    rate = progress.done / seconds
    yield f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"
    if progress.total > progress.done:
        left = round((progress.total - progress.done) / rate)
        yield f"{left // 60}:{left % 60:02} left"
