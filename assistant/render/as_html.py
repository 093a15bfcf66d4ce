"""A chat as one HTML page; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.render.articles import article_head, copies_text, snippet
from assistant.render.chat import asked_with
from assistant.render.disagreements import disagreements_of
from assistant.render.lines import Line, lines_of
from assistant.render.page import escaped, html_page, linked_text
from assistant.render.questions import understood
from assistant.render.terminal import counted
from assistant.types import Answer, AnswerSentence, Citation, Turn

__all__ = ["chat_html"]

_MARKS = {"partial": "⚠ partly supported", "unsupported": "✗ not supported"}
_STYLE = """
h2 { margin-top: 2.5rem; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); }
.partial { color: var(--partial); } .unsupported { color: var(--unsupported); }
.verdict { font-size: .9rem; }
sup a { text-decoration: none; }
ol.sources { padding-left: 1.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
ol.sources li { margin-bottom: .75rem; }
:target { background: color-mix(in srgb, var(--cite) 18%, transparent); }
"""


def chat_html(title: str, turns: Sequence[Turn]) -> str:
    """The questions and answers of a chat.

    Args:
        title: What it is called.
        turns: What was said.
    """
    body = "".join(_turn(number, turn) for number, turn in enumerate(turns, 1))
    said = f'<p class="faint">{counted(len(turns), "questions")}, answered by Dateline.</p>\n'
    return html_page(title, said + body, _STYLE)


def _turn(number: int, turn: Turn) -> str:
    answer = turn.answer
    notes = "".join(
        f'<p class="faint" dir="auto">Note: {escaped(note)}</p>\n'
        for note in (*understood(turn.question), *answer.warnings)
    )
    said = "".join(_blocks(number, answer)) + "".join(_disagreements(number, answer))
    if answer.abstained:
        said = f"<p>{escaped(answer.text)}</p>\n{_closest(answer)}"
    return (
        f'<section>\n<h2 dir="auto">{escaped(turn.question.asked)}</h2>\n'
        f'<p class="faint">{escaped(asked_with(answer))}</p>\n'
        f"{said}{notes}{_sources(number, answer)}</section>\n"
    )


def _blocks(number: int, answer: Answer) -> Iterator[str]:
    """The lines of an answer; items that follow each other are one list."""
    listed = ""
    for line in lines_of(answer):
        kind = _list_of(line)
        if kind != listed:
            yield f"</{listed}>\n" if listed else ""
            yield f"<{kind}>\n" if kind else ""
            listed = kind
        text = " ".join(_sentence(number, sentence) for sentence in line.sentences)
        if kind:
            value = f' value="{line.mark.strip("().")}"' if kind == "ol" else ""
            yield f'<li dir="auto"{value}>{text}</li>\n'
        elif line.block.heading:
            yield f'<h3 dir="auto">{text}</h3>\n'
        elif line.mark.startswith(">"):
            yield f'<blockquote dir="auto">{text}</blockquote>\n'
        else:
            yield f'<p dir="auto">{text}</p>\n'
    yield f"</{listed}>\n" if listed else ""


def _list_of(line: Line) -> str:
    if line.mark == "•":
        return "ul"
    return "ol" if line.mark.strip("().").isdecimal() else ""


def _sentence(turn: int, sentence: AnswerSentence) -> str:
    marks = "".join(_mark(turn, number) for number in sentence.citations)
    status, reasons = sentence.verdict.status, "; ".join(sentence.verdict.reasons)
    if status == "supported":
        return f"{escaped(sentence.text)}{marks}"
    why = f"{_MARKS[status]}{': ' if reasons else ''}{reasons}"
    return (
        f'<span class="{status}">{escaped(sentence.text)}</span>{marks}'
        f' <span class="verdict {status}">({escaped(why)})</span>'
    )


def _mark(turn: int, number: int) -> str:
    """The number of a source, a link to it."""
    return f'<sup><a href="#s{turn}.{number}">[{number}]</a></sup>'


def _disagreements(turn: int, answer: Answer) -> Iterator[str]:
    said = disagreements_of(answer, lambda number: _mark(turn, number), escaped)
    for title, positions in said:
        items = "".join(f'<li dir="auto">{line}</li>\n' for line in positions)
        yield f"<p>{title}</p>\n<ul>\n{items}</ul>\n"


def _closest(answer: Answer) -> str:
    items = "".join(
        f'<li dir="auto">{linked_text(article_head(hit.passage.article), hit.passage.article.url)}:'
        f" <q>{escaped(snippet(hit.passage.text, answer.question.text))}</q></li>\n"
        for hit in answer.closest
    )
    return f"<p>The closest passages:</p>\n<ul>\n{items}</ul>\n" if items else ""


def _sources(turn: int, answer: Answer) -> str:
    items = "".join(_source(turn, citation) for citation in answer.citations)
    return f'<ol class="sources">\n{items}</ol>\n' if items else ""


def _source(turn: int, citation: Citation) -> str:
    copies = copies_text(citation.copies).strip()
    also = f'<br><span class="faint">{escaped(copies)}</span>' if copies else ""
    return (
        f'<li id="s{turn}.{citation.number}" value="{citation.number}" dir="auto">'
        f"{linked_text(article_head(citation.article), citation.article.url)}<br>"
        f"<q>{escaped(citation.quote)}</q>{also}</li>\n"
    )
