"""Where the sources of an answer contradict each other, in lines for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from assistant.render.articles import day_text
from assistant.render.terminal import on_one_line

if TYPE_CHECKING:
    from assistant.types import Answer, Citation, Disagreement, Position

__all__ = ["disagreements_of"]

_DISAGREE = "The sources disagree:"
_CORRECTED = "A source has been corrected:"


def disagreements_of(
    answer: Answer,
    mark: Callable[[int], str] = "[{}]".format,
    text: Callable[[str], str] = on_one_line,
) -> Iterator[tuple[str, list[str]]]:
    """For each disagreement, what it is and a line for each position.

    Args:
        answer: The answer.
        mark: How the number of a citation is written.
        text: How words that come from articles are made fit to stand there.
    """
    cited = {citation.number: citation for citation in answer.citations}
    for disagreement in answer.disagreements:
        yield (
            _title(disagreement),
            [_line(position, cited, mark, text) for position in disagreement.positions],
        )


def _title(disagreement: Disagreement) -> str:
    standing = [position for position in disagreement.positions if not position.correction]
    return _DISAGREE if len(standing) > 1 else _CORRECTED


def _line(
    position: Position,
    cited: dict[int, Citation],
    mark: Callable[[int], str],
    text: Callable[[str], str],
) -> str:
    """What is said, by whom and when, and when that was taken back."""
    said = " ".join(
        f"{mark(number)} {text(_where(cited[number]))}".strip()
        for number in position.citations
        if number in cited
    )
    line = f"“{text(position.said)}” {said}"
    notice = cited.get(position.correction)
    if notice is None:
        return line
    return f"{line}; corrected on {day_text(notice.article.date)} {mark(notice.number)}"


def _where(citation: Citation) -> str:
    info = citation.article
    return ", ".join(part for part in (info.source, day_text(info.date)) if part)
