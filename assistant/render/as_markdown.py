"""A chat as Markdown whose citations are footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.render.articles import article_head, copies_text, snippet
from assistant.render.chat import asked_with
from assistant.render.disagreements import disagreements_of
from assistant.render.lines import Line, lines_of
from assistant.render.links import web_address
from assistant.render.questions import understood
from assistant.render.terminal import counted, on_one_line
from assistant.types import Answer, AnswerSentence, Citation, Turn

__all__ = ["chat_markdown"]

_SIGNS = re.compile(r"([\\`*_\[\]<>|~#])")
_BEGINS = re.compile(r"^(\d+)([.)])(?=\s)|^([-+=])")
_MARKS = {"partial": "⚠ partly supported", "unsupported": "✗ not supported"}


def chat_markdown(title: str, turns: Sequence[Turn]) -> str:
    """The questions and answers of a chat.

    Args:
        title: What it is called.
        turns: What was said.
    """
    how_many = counted(len(turns), "questions")
    parts = [f"# {_text(title)}\n", f"*{how_many}, answered by Dateline.*\n"]
    notes: list[str] = []
    for turn in turns:
        parts.append("".join(_turn(turn, len(notes))))
        notes += (_footnote(citation) for citation in turn.answer.citations)
    footnotes = "".join(f"[^{number}]: {note}\n" for number, note in enumerate(notes, 1))
    return "\n".join(filter(None, (*parts, footnotes)))


def _turn(turn: Turn, known: int) -> Iterator[str]:
    """A question and its answer; `known` footnotes stand before its own."""
    answer = turn.answer
    yield f"## {_text(turn.question.asked)}\n\n"
    yield f"*{_text(asked_with(answer))}*\n"
    if answer.abstained:
        yield f"\n{_text(answer.text)}\n"
        yield from _closest(answer)
    for line in lines_of(answer):
        yield ("\n" if line.apart else "") + _line(line, known)
    for title, positions in disagreements_of(answer, lambda n: f"[^{known + n}]", _text):
        yield f"\n{title}\n\n"
        for position in positions:
            yield f"- {position}\n"
    for note in (*understood(turn.question), *answer.warnings):
        yield f"\n*Note: {_text(note)}*\n"


def _line(line: Line, known: int) -> str:
    level = line.block.indent - len(line.mark) - 1 if line.mark else line.block.indent
    mark = {"•": "- ", "": ""}.get(line.mark, f"{line.mark} ")
    if line.block.heading:
        mark = "### "
    text = " ".join(_sentence(sentence, known) for sentence in line.sentences)
    return f"{' ' * level}{mark}{text}\n"


def _sentence(sentence: AnswerSentence, known: int) -> str:
    marks = "".join(f"[^{known + number}]" for number in sentence.citations)
    text = f"{_text(sentence.text)}{marks}"
    if sentence.verdict.status == "supported":
        return text
    reasons = "; ".join(sentence.verdict.reasons)
    why = f"{_MARKS[sentence.verdict.status]}{': ' if reasons else ''}{reasons}"
    return f"{text} **({_text(why)})**"


def _closest(answer: Answer) -> Iterator[str]:
    if answer.closest:
        yield "\nThe closest passages:\n\n"
    for hit in answer.closest:
        info = hit.passage.article
        shown = snippet(hit.passage.text, answer.question.text)
        yield f"- {_linked(article_head(info), info.url)}: “{_text(shown)}”\n"


def _footnote(citation: Citation) -> str:
    head = _linked(article_head(citation.article), citation.article.url)
    copies = copies_text(citation.copies).strip()
    also = f" ({_text(copies)})" if copies else ""
    return f"{head}: “{_text(citation.quote)}”{also}"


def _linked(text: str, url: str) -> str:
    address = web_address(url)
    return f"[{_text(text)}](<{address}>)" if address else _text(text)


def _text(text: str) -> str:
    """Words that Markdown takes for nothing else."""
    line = _SIGNS.sub(r"\\\1", on_one_line(text))
    return _BEGINS.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)
