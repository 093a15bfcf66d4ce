"""The report of a run as one HTML page that needs no other file."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.evaluate.lines import Answered, Line
from assistant.evaluate.scores import Compared, Scores
from assistant.evaluate.table import compared_text, scores_text
from assistant.render.page import html_page

__all__ = ["report_page"]

# Answers that are shown of each kind of mistake.
_SHOWN = 25
_STYLE = """
body { font-family: system-ui, sans-serif; max-width: 62rem; }
pre { font: 13px/1.45 ui-monospace, monospace; overflow-x: auto; padding: .8rem;
  border: 1px solid var(--line); border-radius: .3rem; }
img { max-width: 100%; height: auto; background: #fff; }
table { border-collapse: collapse; font-size: .9rem; }
td, th { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left;
  vertical-align: top; }
"""


def report_page(
    made_with: Mapping[str, Any],
    lines: Sequence[Line],
    scores: Scores,
    plots: Mapping[str, bytes],
    *,
    compared: Sequence[Compared] = (),
    other: str = "",
) -> str:
    """The page.

    Args:
        made_with: The settings of the run.
        lines: What came of each question.
        scores: The figures.
        plots: PNG pictures by name.
        compared: The differences from another run.
        other: What that run is called.
    """
    facts = "".join(
        f"<tr><th>{_text(name.replace('_', ' '))}</th><td>{_text(value)}</td></tr>"
        for name, value in made_with.items()
    )
    parts = [
        f"<table>{facts}</table>",
        f"<pre>{_text(scores_text(scores, len(lines)))}</pre>",
    ]
    if compared:
        parts.append(f"<h2>Compared with {_text(other)}</h2>")
        parts.append(f"<pre>{_text(compared_text(compared, 'that', 'this'))}</pre>")
    for name, picture in plots.items():
        data = base64.b64encode(picture).decode()
        parts.append(f'<p><img alt="{_text(name)}" src="data:image/png;base64,{data}"></p>')
    parts += _mistakes(lines)
    return html_page("Dateline evaluation", "\n".join(parts), _STYLE)


def _mistakes(lines: Sequence[Line]) -> list[str]:
    """The first answers of each kind of mistake, to be read."""
    kinds: dict[str, list[tuple[Line, Answered]]] = {
        "Abstained, though the answer was retrieved": [],
        "Answered, but what was said does not hold the answer": [],
        "Answered, though the question's articles were removed": [],
    }
    held_back, wrong, unfounded = kinds.values()
    for line in lines:
        said, removed = line.answer, line.removed
        if said is not None and line.scorable and said.retrieved and not said.right:
            (held_back if said.abstained else wrong).append((line, said))
        if removed is not None and not removed.abstained:
            unfounded.append((line, removed))
    parts = []
    for title, found in kinds.items():
        if found:
            rows = "".join(
                f"<tr><td>{_text(line.id)}</td><td>{_text(line.question)}</td>"
                f"<td>{_text(said.text)}</td></tr>"
                for line, said in found[:_SHOWN]
            )
            shown = f", the first {_SHOWN}" if len(found) > _SHOWN else ""
            parts.append(f"<h2>{title} ({len(found)}{shown})</h2><table>{rows}</table>")
    return parts


def _text(value: object) -> str:
    return html.escape(str(value))
