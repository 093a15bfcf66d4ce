"""A chat as one HTML page that needs nothing else: no script, no font, no picture from elsewhere.

Every text is escaped, and the page forbids itself to load or to run anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from assistant.render.articles import article_head, copies_text
from assistant.render.chat import asked_with
from assistant.render.lines import Line, lines_of
from assistant.render.links import web_address
from assistant.render.questions import understood
from assistant.render.terminal import counted, on_one_line
from assistant.types import Answer, AnswerSentence, Citation, Turn

__all__ = ["chat_html"]

_MARKS = {"partial": "⚠ partly supported", "unsupported": "✗ not supported"}
_STYLE = """
:root { color-scheme: light dark; --faint: #6b6b6b; --cite: #005f87; --partial: #8a4b00;
  --unsupported: #a8003c; --line: #ddd; }
@media (prefers-color-scheme: dark) { :root { --faint: #9a9a9a; --cite: #5fb7e5;
  --partial: #e0a458; --unsupported: #ff7aa2; --line: #444; } }
body { font: 1.05rem/1.55 Georgia, "Times New Roman", serif; max-width: 42rem; margin: 2rem auto;
  padding: 0 1rem; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.25; }
h2 { margin-top: 2.5rem; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); }
.faint { color: var(--faint); font-size: .9rem; }
.partial { color: var(--partial); } .unsupported { color: var(--unsupported); }
.verdict { font-size: .9rem; }
a { color: var(--cite); } sup a { text-decoration: none; }
ol.sources { padding-left: 1.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
ol.sources li { margin-bottom: .75rem; }
:target { background: color-mix(in srgb, var(--cite) 18%, transparent); }
q { quotes: "“" "”"; }
"""


def chat_html(title: str, turns: Sequence[Turn]) -> str:
    """The questions and answers of a chat.

    Args:
        title: What it is called.
        turns: What was said.
    """
    body = "".join(_turn(number, turn) for number, turn in enumerate(turns, 1))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1 dir="auto">{_text(title)}</h1>\n'
        f'<p class="faint">{counted(len(turns), "questions")}, answered by Dateline.</p>\n'
        f"{body}</body>\n</html>\n"
    )


def _turn(number: int, turn: Turn) -> str:
    answer = turn.answer
    notes = "".join(
        f'<p class="faint" dir="auto">Note: {_text(note)}</p>\n'
        for note in (*understood(turn.question), *answer.warnings)
    )
    said = "".join(_blocks(number, answer))
    if answer.abstained:
        said = f"<p>{_text(answer.text)}</p>\n{_closest(answer)}"
    return (
        f'<section>\n<h2 dir="auto">{_text(turn.question.asked)}</h2>\n'
        f'<p class="faint">{_text(asked_with(answer))}</p>\n'
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
    marks = "".join(
        f'<sup><a href="#s{turn}.{number}">[{number}]</a></sup>' for number in sentence.citations
    )
    status, reasons = sentence.verdict.status, "; ".join(sentence.verdict.reasons)
    if status == "supported":
        return f"{_text(sentence.text)}{marks}"
    why = f"{_MARKS[status]}{': ' if reasons else ''}{reasons}"
    return (
        f'<span class="{status}">{_text(sentence.text)}</span>{marks}'
        f' <span class="verdict {status}">({_text(why)})</span>'
    )


def _closest(answer: Answer) -> str:
    items = "".join(
        f'<li dir="auto">{_head(hit.passage.article.url, article_head(hit.passage.article))}:'
        f" <q>{_text(hit.passage.text)}</q></li>\n"
        for hit in answer.closest
    )
    return f"<p>The closest passages:</p>\n<ul>\n{items}</ul>\n" if items else ""


def _sources(turn: int, answer: Answer) -> str:
    items = "".join(_source(turn, citation) for citation in answer.citations)
    return f'<ol class="sources">\n{items}</ol>\n' if items else ""


def _source(turn: int, citation: Citation) -> str:
    copies = copies_text(citation.copies).strip()
    also = f'<br><span class="faint">{_text(copies)}</span>' if copies else ""
    return (
        f'<li id="s{turn}.{citation.number}" value="{citation.number}" dir="auto">'
        f"{_head(citation.article.url, article_head(citation.article))}<br>"
        f"<q>{_text(citation.quote)}</q>{also}</li>\n"
    )


def _head(url: str, text: str) -> str:
    address = web_address(url)
    if not address:
        return _text(text)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{_text(text)}</a>'


def _text(text: str) -> str:
    return escape(on_one_line(text))
