"""The file of a run: what it was made with, then a line a question, added as soon as it is known.

A run that was stopped goes on where it stopped; lines that were made with other settings, or from
another state of the library, are never mixed with new ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from assistant.evaluate.lines import Line
from index.errors import ReadError, UsageError

__all__ = ["Run", "read_run"]

_FORMAT = 1
_NAME = "run.jsonl"


@dataclass
class Run:
    """One run in its folder.

    Attributes:
        folder: Where it is.
        made_with: The settings, the questions and the state of the library.
        answerable: Ids of the questions that some article answers; None until that is known.
        lines: What is known of each question, by id.
    """

    folder: Path
    made_with: Mapping[str, Any]
    answerable: frozenset[str] | None = None
    lines: dict[str, Line] = field(default_factory=dict)

    @classmethod
    def begin(cls, folder: Path, made_with: Mapping[str, Any]) -> Self:
        """Begins a run, or goes on with the one in the folder.

        Raises:
            UsageError: When the folder holds a run that was made with something else.
            ReadError: When what it holds is not a run.
        """
        if (folder / _NAME).exists():
            run = read_run(folder)
            _expect_same(folder, run.made_with, made_with)
            return cls(folder, run.made_with, run.answerable, run.lines)
        folder.mkdir(parents=True, exist_ok=True)
        run = cls(folder, made_with)
        run._append({"format": _FORMAT, "made_with": made_with})
        return run

    def note_answerable(self, ids: frozenset[str]) -> None:
        """Notes which questions some article answers."""
        self.answerable = ids
        self._append({"answerable": sorted(ids)})

    def add(self, line: Line) -> None:
        """Keeps what came of a question."""
        self.lines[line.id] = line
        self._append(line.to_json())

    def _append(self, form: Mapping[str, Any]) -> None:
        with (self.folder / _NAME).open("a", encoding="utf-8") as file:
            file.write(json.dumps(form, ensure_ascii=False) + "\n")


def _expect_same(folder: Path, kept: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    if kept == now:
        return
    different = sorted(
        name.replace("_", " ")
        for name in kept.keys() | now.keys()
        if kept.get(name) != now.get(name)
    )
    raise UsageError(
        f"{folder} holds a run with another value of: {', '.join(different)}",
        help="name another folder with `--out DIR`, or remove that one",
    )


def read_run(folder: Path) -> Run:
    """A run as it is on disk. A last line that a kill cut off is dropped, from the file too.

    Raises:
        ReadError: When the folder holds no run, or one of another version.
    """
    file = folder / _NAME if folder.is_dir() else folder
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ReadError(
            f"{folder} holds no run", help="name a folder that `dateline eval --out DIR` made"
        ) from error
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        file.write_bytes(whole)
    try:
        forms = [json.loads(line) for line in whole.splitlines()]
        if not forms or forms[0]["format"] != _FORMAT:
            raise ReadError(f"{file} was made by another version", help="make the run again")
        run = Run(file.parent, forms[0]["made_with"])
        for form in forms[1:]:
            if "answerable" in form:
                run.answerable = frozenset(form["answerable"])
            else:
                line = Line.from_json(form)
                run.lines[line.id] = line
    except (KeyError, TypeError, ValueError) as error:
        raise ReadError(f"{file} is not a run", help="make the run again") from error
    return run
