"""Timelines in files: the JSON of an answer, with the days of its sentences."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.jsonform import answer_to_json, dumps
from assistant.saved import parse_answer
from assistant.timeline.values import DatedBy, Entry, Timeline
from assistant.timeline.verify import verify_timeline
from assistant.verify import Verification, verify_answer
from index.errors import ReadError

if TYPE_CHECKING:
    from index.library import Library

__all__ = [
    "load_timeline",
    "parse_timeline",
    "save_timeline",
    "timeline_to_json",
    "verify_saved",
]


def timeline_to_json(timeline: Timeline) -> dict[str, Any]:
    """What `timeline --json` prints: the JSON of an answer, with the days of its sentences."""
    entries = [
        {
            "first": entry.first.isoformat(),
            "last": entry.last.isoformat(),
            "dated_by": entry.dated_by,
            "words": entry.words,
            "ahead": entry.ahead,
            "citation": entry.citation.number,
            "also": list(entry.also),
        }
        for entry in timeline.entries
    ]
    return {**answer_to_json(timeline.answer), "entries": entries}


def save_timeline(timeline: Timeline, path: str | Path) -> None:
    """Writes a timeline to a file, as `timeline --json` prints it.

    Raises:
        OSError: When the file cannot be written.
    """
    Path(path).write_text(dumps(timeline_to_json(timeline)) + "\n", "utf-8")


def load_timeline(path: str | Path) -> Timeline:
    """Reads a timeline that `save_timeline` or `timeline --json` wrote; it equals that one.

    Raises:
        ReadError: When the file holds something else, only a part of it, or a newer format.
        OSError: When the file cannot be read.
    """
    return parse_timeline(Path(path).read_bytes(), str(path))


class _Entry(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    first: dt.date
    last: dt.date
    dated_by: DatedBy
    words: str
    citation: int
    also: tuple[str, ...]


class _Entries(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    entries: tuple[_Entry, ...]


def parse_timeline(data: str | bytes, where: str = "the text") -> Timeline:
    """A timeline from its JSON.

    Args:
        data: The JSON, as UTF-8 where it is bytes.
        where: What errors call it.

    Raises:
        ReadError: When it is something else, only a part of a timeline, or of a newer format.
    """
    answer = parse_answer(data, where)
    try:
        entries = _Entries.model_validate_json(data).entries
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise ReadError(
            f"{where} is not a saved timeline: {first['msg']}",
            help="give a whole file that `dateline timeline --json` printed",
        ) from error
    cited = {citation.number: citation for citation in answer.citations}
    if [e.citation for e in entries] != [n for s in answer.sentences for n in s.citations]:
        raise ReadError(f"{where} is not a saved timeline: its entries are not its sentences")
    return Timeline(
        answer,
        tuple(
            Entry(e.first, e.last, e.dated_by, e.words, cited[e.citation], e.also)
            for e in entries
            if e.citation in cited
        ),
    )


def verify_saved(data: bytes, where: str, library: Library) -> Verification:
    """Checks what a file holds: a timeline where its sentences have days, else an answer.

    Raises:
        ReadError: When it is neither.
    """
    try:
        form = json.loads(data)
    except ValueError:
        form = None
    if isinstance(form, dict) and "entries" in form:
        return verify_timeline(parse_timeline(data, where), library)
    return verify_answer(parse_answer(data, where), library)
