"""From answers to text for people, piece by piece as their events come; all of it is pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.render.articles import article_head, copies_text, passages_text
from assistant.render.blocks import Block
from assistant.render.disagreements import disagreements_of
from assistant.render.layout import PLAIN, Role, Style, Word, flow, indented
from assistant.render.questions import understood
from assistant.render.terminal import counted, on_one_line
from assistant.types import (
    Answer,
    AnswerSentence,
    Checking,
    Citation,
    Event,
    Finished,
    Retrieved,
    SentenceReady,
    Withdrawn,
    Writing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.types import ArticleInfo

__all__ = ["AnswerText", "notes_text", "replayed", "sources_text", "stage_text"]

_QUOTES_SHOWN = "Quoted from the articles (no model):"
_TAKEN_BACK = "(What stands above was the model's reasoning; its answer follows.)"
_WORDS = {"supported": "supported", "partial": "partly supported", "unsupported": "not supported"}
_MARKS = {"partial": "⚠ partly supported", "unsupported": "✗ not supported"}


@dataclass
class AnswerText:
    """The text of one answer, piece by piece as its events come.

    On a terminal, which has a width, the Markdown of a model is shown as what it means; elsewhere
    it stays as it was written.

    Attributes:
        style: How it is laid out; may be changed when the terminal's width changes.
        citations: The citations so far.
        answer: The answer, once it is finished.
    """

    style: Style = PLAIN
    citations: list[Citation] = field(default_factory=list)
    answer: Answer | None = None
    _begun: bool = False
    _column: int = 0
    _block: Block = field(default_factory=Block)

    def feed(self, event: Event) -> str:
        """The text that an event adds."""
        if isinstance(event, SentenceReady):
            self.citations += event.citations
            return self._sentence(event.sentence, event.before)
        if isinstance(event, Finished):
            self.answer = event.answer
            return self._end(event.answer)
        if isinstance(event, Withdrawn):
            return self._take_back()
        return ""

    def preview(self, event: Writing) -> str:
        """A sentence that is still being written, where it will stand; it is not kept."""
        trial = replace(self)
        lead, words = trial._set(event.text, event.before)  # noqa: SLF001 - a copy of itself
        faint = [(plain, self.style.paint(plain, "faint")) for plain, _ in words]
        text, _ = flow(faint, self.style.width, trial._column, trial._block.indent)  # noqa: SLF001
        return lead + text

    def restyle(self, style: Style) -> None:
        """Goes on in another width; the line that was begun is broken by the terminal itself."""
        if style.width and style.width != self.style.width:
            self._column %= style.width
        self.style = style

    def _take_back(self) -> str:
        self.citations.clear()
        self._begun = False
        note = indented(_TAKEN_BACK, self.style.width)
        return f"{self._new_line()}{self.style.paint(note, 'faint')}\n\n"

    def stop(self) -> str:
        """The text that ends an answer which was broken off: the sources of what came."""
        return self._sources() if self._begun and self.answer is None else ""

    def _sentence(self, sentence: AnswerSentence, before: str) -> str:
        lead, words = self._set(sentence.text, before)
        words += self._numbers(sentence)
        text, self._column = flow(words, self.style.width, self._column, self._block.indent)
        self._begun = True
        if sentence.verdict.status != "supported":
            text += self._new_line() + self._verdict(sentence)
        return lead + text

    def _set(self, text: str, before: str) -> tuple[str, list[Word]]:
        """What comes before the words of a sentence, and the words."""
        lead = ""
        begins = not self._begun or "\n" in before or self.style.quotes
        if self._begun and begins:
            lead = self._new_line() + ("\n" if "\n\n" in before else "")
        elif self.style.quotes and begins:
            lead = f"{indented(_QUOTES_SHOWN, self.style.width)}\n\n"
        if self.style.quotes:
            self._block = Block(">", 2 * bool(self.style.width), text=text)
        elif begins and self.style.width:
            self._block = Block.of(before, text)
        elif begins:
            self._block = Block(before.rpartition("\n")[2].strip(), text=text)
        mark = self._block.mark if begins else ""
        words = self._words(self._block.text if begins else text)
        if mark.strip():
            return lead, [(mark, self.style.paint(mark, "faint")), *words]
        self._column += len(mark)
        return lead + mark, words

    def _words(self, text: str) -> list[Word]:
        words = on_one_line(text).split(" ")
        if self._block.heading:
            return [(word, self.style.paint(word, "strong")) for word in words]
        return [(word, word) for word in words]

    def _numbers(self, sentence: AnswerSentence) -> list[Word]:
        """The numbers of a sentence's sources, each a link to the address of its article."""
        if not sentence.citations:
            return []
        painted = ""
        for number in sentence.citations:
            ours = "~" if number in sentence.aligned else ""
            mark = self.style.paint(f"[{ours}{number}]", "cite")
            source = next((c for c in self.citations if c.number == number), None)
            painted += self.style.link(mark, source.article.url) if source else mark
        return [(sentence.marks, painted)]

    def _verdict(self, sentence: AnswerSentence) -> str:
        reasons = "; ".join(map(on_one_line, sentence.verdict.reasons))
        status = sentence.verdict.status
        mark = _MARKS[status]
        note = indented(f"{mark}: {reasons}" if reasons else mark, self.style.width, "  ", "    ")
        role: Role = "partial" if status == "partial" else "unsupported"
        return "\n".join(self.style.paint(line, role) for line in note.split("\n")) + "\n"

    def _new_line(self) -> str:
        """What brings the text to the start of a line."""
        at_start, self._column = self._column == 0, 0
        return "" if at_start else "\n"

    def _end(self, answer: Answer) -> str:
        if answer.abstained:
            return self._new_line() + _abstention(answer, self.style)
        self.citations += self._cited_besides(answer)
        return self._judgements(answer) + self._disagreements(answer) + self._sources()

    def _judgements(self, answer: Answer) -> str:
        """What a model says of each sentence, beside what the checks say."""
        if not any(sentence.judgement for sentence in answer.sentences):
            return ""
        lines = [self._new_line(), f"\nSecond verdicts, by {on_one_line(answer.model)}:\n"]
        for number, sentence in enumerate(answer.sentences, 1):
            judged = sentence.judgement
            said = _WORDS[judged.status] if judged else "no verdict"
            reasons = "; ".join(map(on_one_line, judged.reasons)) if judged else ""
            ours = _WORDS[sentence.verdict.status]
            line = f"{number}. {said} (the checks: {ours}){f': {reasons}' if reasons else ''}"
            lines.append(indented(line, self.style.width, "  ", "     ") + "\n")
        return "".join(lines)

    def _cited_besides(self, answer: Answer) -> list[Citation]:
        """What only the disagreements cite."""
        known = {citation.number for citation in self.citations}
        positions = (p for disagreement in answer.disagreements for p in disagreement.positions)
        numbers = {n for position in positions for n in (*position.citations, position.correction)}
        return [c for c in answer.citations if c.number in numbers - known]

    def _disagreements(self, answer: Answer) -> str:
        """What the sources contradict each other in."""
        return "".join(
            f"{self._new_line()}\n{indented(title, self.style.width)}\n"
            + "".join(indented(line, self.style.width, "  ", "    ") + "\n" for line in lines)
            for title, lines in disagreements_of(answer)
        )

    def _sources(self) -> str:
        sources = sources_text(self.citations, self.style)
        return self._new_line() + (f"\n{sources}" if sources else "")


def stage_text(event: Event | None, *, quotes: bool) -> str:
    """What goes on after an event, or empty when it is what went on before.

    Args:
        event: The last event; None when there was none yet.
        quotes: Whether the answer is made of quotes.
    """
    match event:
        case None:
            return "searching"
        case Retrieved(hits=hits) if hits:
            what = counted(len(hits), "passages")
            return f"comparing the sentences of {what}" if quotes else f"reading {what}"
        case Writing() | SentenceReady():
            return "writing"
        case Checking(purpose="mend"):
            return "mending what no source supports"
        case Checking():
            return "checking"
        case _:
            return ""


def _abstention(answer: Answer, style: Style) -> str:
    said = indented(on_one_line(answer.text) or "The articles do not answer this.", style.width)
    closest = passages_text(answer.closest, style, query=answer.question.text)
    return f"{said}\n\nThe closest passages:\n{closest}" if closest else f"{said}\n"


def sources_text(citations: Iterable[Citation], style: Style = PLAIN) -> str:
    """The numbered list of sources, each with the sentence that is cited.

    Where the answer itself is made of quotes they are not repeated, and each article stands once.
    Otherwise an article that several sources in a row are from stands above the first of them.
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
    return "".join(_quoted_sources(citations, style))


def _quoted_sources(citations: Iterable[Citation], style: Style) -> Iterator[str]:
    above: ArticleInfo | None = None
    for citation in citations:
        mark = f"[{citation.number}]"
        first = "    > "
        if citation.article != above:
            yield _source(mark, citation.article, style)
        else:
            first = style.link(style.paint(mark, "cite"), citation.article.url) + " > "
        if citation.quote:
            quote = indented(on_one_line(citation.quote), style.width, "      ", "      ")
            yield f"{first}{quote.removeprefix('      ')}\n"
        if citation.article != above:
            yield copies_text(citation.copies, style)
        above = citation.article


def _source(mark: str, info: ArticleInfo, style: Style) -> str:
    head = indented(f"{mark} {article_head(info)}", style.width, "", "    ")
    painted = style.link(style.paint(mark, "cite"), info.url)
    return painted + head.removeprefix(mark) + "\n"


def notes_text(answer: Answer, style: Style = PLAIN, *, quiet: bool = False) -> str:
    """What the reader must know of an answer, and what it took unless `quiet`."""
    said = (*understood(answer.question), *map(on_one_line, answer.warnings))
    notes = [f"note: {note}" for note in said]
    if not quiet:
        notes.append(f"({_figures(answer)})")
    return "".join(indented(note, style.width, "", "  ") + "\n" for note in notes)


def _figures(answer: Answer) -> str:
    """Model, tokens, cost and seconds."""
    usage = answer.usage
    tokens = f"{usage.prompt_tokens:,} + {usage.completion_tokens:,} tokens"
    cost = "" if usage.cost is None else f"${usage.cost:.4f}"
    seconds = sum(answer.timings.get(stage, 0.0) for stage in ("retrieve", "answer"))
    parts = (on_one_line(answer.model), tokens if answer.model else "", cost, f"{seconds:.1f} s")
    return ", ".join(part for part in parts if part)


def replayed(answer: Answer) -> Iterator[Event]:
    """The events of an answer that is complete, so that it can be shown again."""
    place, cited = 0, 0
    for sentence in answer.sentences:
        found = answer.text.find(sentence.text, place)
        before = answer.text[place:found] if found >= 0 else " "
        marks = sentence.marks
        place = max(found, place) + len(sentence.text)
        if marks:
            place = max(place, answer.text.find(marks, place) + len(marks))
        last = max((*sentence.citations, cited))
        yield SentenceReady(sentence, before, answer.citations[cited:last])
        cited = last
    yield Finished(answer)
