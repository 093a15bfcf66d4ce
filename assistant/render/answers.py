"""From answers to text for people, piece by piece as their events come; all of it is pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.render.articles import article_head, copies_text, snippet
from assistant.render.layout import PLAIN, Style, flow, indented
from assistant.render.questions import understood
from assistant.render.terminal import on_one_line
from assistant.types import Answer, AnswerSentence, Citation, Event, Finished, SentenceReady

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.types import ArticleInfo

__all__ = ["AnswerText", "notes_text", "sources_text"]

_QUOTES_SHOWN = "Quoted from the articles (no model):"
_MARKS = {"partial": "⚠ partly supported", "unsupported": "✗ not supported"}


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
        words = [(word, word) for word in on_one_line(sentence.text).split(" ")]
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
        reasons = "; ".join(map(on_one_line, sentence.verdict.reasons))
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
    lines = [indented(on_one_line(answer.text) or "The articles do not answer this.", style.width)]
    if answer.closest:
        lines += ["", "The closest passages:"]
    for hit in answer.closest:
        lines.append(indented(f"- {article_head(hit.passage.article)}", style.width, "", "  "))
        lines.append(
            indented(
                snippet(hit.passage.text, answer.question.text), style.width, "    > ", "      "
            )
        )
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
        + indented(on_one_line(citation.quote), style.width, "    > ", "      ")
        + "\n"
        + copies_text(citation.copies, style)
        for citation in citations
    )


def _source(mark: str, info: ArticleInfo, style: Style) -> str:
    head = indented(f"{mark} {article_head(info)}", style.width, "", "    ")
    return style.paint(mark, "cyan") + head.removeprefix(mark) + "\n"


def notes_text(answer: Answer, *, quiet: bool = False) -> str:
    """What the reader must know of an answer, and what it took unless `quiet`."""
    said = (*understood(answer.question), *map(on_one_line, answer.warnings))
    notes = [f"note: {note}\n" for note in said]
    if not quiet:
        notes.append(f"({_figures(answer)})\n")
    return "".join(notes)


def _figures(answer: Answer) -> str:
    """Model, tokens, cost and seconds."""
    usage = answer.usage
    tokens = f"{usage.prompt_tokens:,} + {usage.completion_tokens:,} tokens"
    cost = "" if usage.cost is None else f"${usage.cost:.4f}"
    seconds = sum(answer.timings.get(stage, 0.0) for stage in ("retrieve", "answer"))
    parts = (on_one_line(answer.model), tokens if answer.model else "", cost, f"{seconds:.1f} s")
    return ", ".join(part for part in parts if part)
