"""What a chat shows besides answers: its settings, how an answer came about, its last line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.render.answers import AnswerText, replayed
from assistant.render.articles import day_text, numbered_head, score_text, snippet
from assistant.render.layout import PLAIN, Style, columns, indented
from assistant.render.questions import period_text, understood
from assistant.render.terminal import counted, for_terminal, on_one_line
from assistant.types import Usage
from index.dates import Period

if TYPE_CHECKING:
    from assistant.chats.values import ChatInfo, KeptChat, Rating
    from assistant.naming import Named
    from assistant.repl.scope import Scope
    from assistant.types import Answer, Turn
    from index.types import Hit

__all__ = [
    "asked_text",
    "asked_with",
    "bar_text",
    "chats_text",
    "limits_text",
    "named_text",
    "rating_text",
    "resumed_text",
    "scope_text",
    "shown_text",
    "transcript_text",
    "unanswered_text",
    "who_text",
    "why_text",
]

_GAP = " · "
# Characters of a passage that say which one it is.
_BEGINNING = 100
# Columns that a text wants beside something else: three or four words.
_BESIDE = 20
_BELOW = " " * 6
_NO_TITLE = "No title has all of these words. Their text is nearest:"


def limits_text(scope: Scope) -> str:
    """The dates and outlets that questions are limited to; empty when they are not."""
    parts = [
        f"as of {scope.as_of}" if scope.as_of else "",
        f"since {scope.since}" if scope.since else "",
        f"until {scope.until}" if scope.until else "",
        f"from {' or '.join(map(on_one_line, scope.sources))}" if scope.sources else "",
    ]
    return ", ".join(filter(None, parts))


def who_text(scope: Scope) -> str:
    """Who answers."""
    strictly = ", strict" if scope.strict else ""
    return f"answers by {on_one_line(scope.model)}{strictly}" if scope.model else "quotes only"


def scope_text(scope: Scope, style: Style = PLAIN) -> str:
    """One line on what questions are asked with."""
    limits = limits_text(scope) or "all dates, all outlets"
    text = f"{limits}; {counted(scope.top_k, 'passages')}; {who_text(scope)}"
    return indented(text, style.width, "", "  ") + "\n"


def asked_with(answer: Answer) -> str:
    """Who answered, and with which limits, for an answer that stands by itself."""
    filters = answer.question.filters
    period = period_text(Period(filters.since, filters.until))
    parts = [
        f"Answered by {on_one_line(answer.model)}" if answer.model else "Quoted from the articles",
        f"as of {day_text(answer.question.as_of)}",
        f"articles: {period}" if period else "",
        f"outlets: {', '.join(map(on_one_line, filters.sources))}" if filters.sources else "",
    ]
    return "; ".join(filter(None, parts))


def bar_text(parts: Sequence[tuple[int, str]], width: int) -> str:
    """One line of parts, of which those that matter least are left out until it fits.

    Args:
        parts: Each part with its importance, where 0 matters most; empty ones count for nothing.
        width: Columns of the terminal.
    """
    kept = [(weight, part) for weight, part in parts if part]
    while kept:
        line = " " + _GAP.join(part for _, part in kept)
        if columns(line) < width:
            return line
        kept.remove(max(kept, key=lambda part: part[0]))
    return ""


def chats_text(chats: Sequence[ChatInfo], style: Style = PLAIN) -> str:
    """The chats that were kept: number, when it was last used, questions, title."""
    lines = []
    for chat in chats:
        used = f"{chat.used.astimezone():%Y-%m-%d %H:%M}"
        head = f"{chat.number:>4}  {used}  {counted(chat.questions, 'questions'):>13}  "
        lines.append(_beside(head, on_one_line(chat.title), style))
    return "".join(lines)


def rating_text(rating: Rating, style: Style = PLAIN) -> str:
    """What somebody thought of an answer, and of which."""
    note = f": {on_one_line(rating.note)}" if rating.note else ""
    head = f"{'good' if rating.good else 'bad '}  {rating.given.astimezone():%Y-%m-%d %H:%M}  "
    asked = on_one_line(rating.answer.question.asked)
    return _beside(head, f"{asked}{note}", style)


def _beside(head: str, text: str, style: Style) -> str:
    """A text beside its head, or below it where a narrow terminal leaves it no room."""
    if style.width and style.width - len(head) < _BESIDE:
        above = head.rstrip()
        if len(above) > style.width:
            above = indented(above, style.width, "  ", "  ")
        return f"{above}\n{indented(text, style.width, _BELOW, _BELOW)}\n"
    return indented(text, style.width, head, " " * len(head)) + "\n"


def transcript_text(turns: Sequence[Turn], style: Style = PLAIN) -> str:
    """All that was said, as it was shown then."""
    return "\n".join(
        f"{asked_text(turn.question.asked, style)}{shown_text(turn.answer, style)}"
        for turn in turns
    )


def shown_text(answer: Answer, style: Style = PLAIN) -> str:
    """An answer that is complete, as it is shown while it comes."""
    text = AnswerText(replace(style, quotes=answer.mode == "extractive"))
    return "".join(text.feed(event) for event in replayed(answer))


def asked_text(question: str, style: Style = PLAIN) -> str:
    """A question, as it stands above its answer."""
    return indented(on_one_line(question), style.width, "> ", "  ") + "\n"


def resumed_text(kept: KeptChat, style: Style = PLAIN) -> str:
    """The head of a chat that goes on: its title, and its last question."""
    info = kept.info
    lost = f"; {counted(kept.lost, 'answers')} cannot be read" if kept.lost else ""
    head = f"“{on_one_line(info.title)}” goes on: {counted(len(kept.turns), 'answers')}{lost}"
    last = list(kept.turns.values())[-1:]
    said = [
        indented(head, style.width, "", "  ") + "\n",
        *(asked_text(turn.question.asked, style) for turn in last),
    ]
    return "\n".join(said)


def unanswered_text(question: str, style: Style = PLAIN) -> str:
    """The last question of a chat that goes on, when no answer to it was kept."""
    return f"\n{asked_text(question, style)}(no answer was kept; /retry asks again)\n"


def named_text(named: Named, first: int, most: int, style: Style = PLAIN) -> str:
    """The articles that words may mean, each with a number.

    Args:
        named: They.
        first: The number of the first one.
        most: How many are listed.
        style: Width and colour.
    """
    shown, left = named.articles[:most], len(named.articles) - most
    if not shown:
        return "No article is about that.\n"
    what = "Several titles have these words:" if named.by_title else _NO_TITLE
    lines = [
        what,
        *(numbered_head(number, info, style) for number, info in enumerate(shown, first)),
        *([f"and {left:,} older ones; more words find fewer"] if left > 0 else []),
    ]
    return "\n".join(lines) + "\n"


def why_text(turn: Turn, style: Style = PLAIN) -> str:
    """How an answer came about: question, period, passages with their scores, prompt, figures."""
    return "\n\n".join(_sections(turn, style)) + "\n"


def _sections(turn: Turn, style: Style) -> Iterator[str]:
    question, answer, width = turn.question, turn.answer, style.width
    lines = [f"asked: {on_one_line(question.asked)}", *understood(question)]
    lines.append(f"as of: {day_text(question.as_of)}")
    filters = question.filters
    if period := period_text(Period(filters.since, filters.until)):
        lines.append(f"articles: {period}")
    if filters.sources:
        lines.append(f"outlets: {', '.join(map(on_one_line, filters.sources))}")
    yield _section("Question", [indented(line, width, "", "  ") for line in lines], style)
    if turn.hits:
        yield _section(
            f"Found: {counted(len(turn.hits), 'passages')}",
            (_hit(place, hit, style) for place, hit in enumerate(turn.hits, 1)),
            style,
        )
    yield _section("Answer", [indented(line, width, "", "  ") for line in _made(turn)], style)
    for role, text in turn.messages:
        lines = [indented(line, width) for line in for_terminal(text).split("\n")]
        yield _section(f"Sent to {on_one_line(answer.model)}: {role}", lines, style)


def _section(title: str, lines: Iterator[str] | Sequence[str], style: Style) -> str:
    return "\n".join((style.paint(title, "strong"), *lines))


def _hit(place: int, hit: Hit, style: Style) -> str:
    head = numbered_head(place, hit.passage.article, style)
    shown = indented(snippet(hit.passage.text, length=_BEGINNING), style.width, "   > ", "     ")
    score = style.paint(indented(score_text(hit), style.width, "   ", "   "), "faint")
    return f"{head}\n{shown}\n{score}"


def _made(turn: Turn) -> Iterator[str]:
    answer, usage = turn.answer, turn.answer.usage
    yield f"by: {on_one_line(answer.model) or 'quotes from the articles'}"
    if answer.prompt:
        prompt = answer.prompt
        yield f"prompt: {prompt.name}, version {prompt.version} ({prompt.hash[:12]})"
    if usage != Usage():  # of an answer that was stopped it is not known
        cached = f" ({usage.cached_tokens:,} of them cached)" if usage.cached_tokens else ""
        cost = "" if usage.cost is None else f", ${usage.cost:.4f}"
        sent = f"{usage.prompt_tokens:,} sent{cached}"
        yield f"tokens: {sent}, {usage.completion_tokens:,} written{cost}"
    if answer.timings:
        took = (f"{name.replace('_', ' ')} {took:.2f} s" for name, took in answer.timings.items())
        yield f"time: {', '.join(took)}"
    statuses = [sentence.verdict.status for sentence in answer.sentences]
    if statuses:
        counts = (f"{statuses.count(status)} {status}" for status in dict.fromkeys(statuses))
        yield f"sentences: {', '.join(counts)}"
    for warning in answer.warnings:
        yield f"note: {on_one_line(warning)}"
