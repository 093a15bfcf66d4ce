"""Many questions from a file, asked side by side, answered in their order."""

from __future__ import annotations

import datetime as dt
import difflib
import json
import os
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.jsonform import answer_to_json, dumps
from assistant.question import parse_day, read_limits
from assistant.types import Answer, Finished
from index.errors import (
    DatelineError,
    EndpointError,
    ReadError,
    ReplyCutOff,
    RequestRefused,
    ServerFailed,
    TimedOut,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from assistant.types import Event

__all__ = ["AnswerFile", "BatchQuestion", "answer_all", "outcome_line", "read_batch"]

Outcome = Answer | EndpointError | UsageError
# What fails for one question alone; whatever else fails would do so for the next ones, too.
_OWN = (TimedOut, RequestRefused, ServerFailed, ReplyCutOff, UsageError)
# Questions that are answered ahead of one that takes long, for each that is asked at a time.
_AHEAD = 4
# Seconds that stopping waits for what is being asked.
_PATIENCE = 0.5
# What a line of JSON may say besides the question, and by which name it is asked with.
_ASKED_WITH = {
    "since": "since",
    "until": "until",
    "as_of": "as_of",
    "date": "as_of",
    "sources": "sources",
}
_DAYS = ("since", "until", "as_of")
# How near to one of these a name is (as `difflib` measures) that was meant to be it: “asof” and
# “source” are, and “data”, “answer” or “urls” are not.
_SLIP = 0.8
_FORM = 'write {"question": "…"} on each line, perhaps with "as_of": "2025-03-20"'


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """A question of a file.

    Attributes:
        text: The question.
        asking: What it alone is asked with; see `assistant.asked_with.Asking`.
    """

    text: str
    asking: dict[str, Any] = field(default_factory=dict)


def read_batch(text: str, where: str) -> tuple[BatchQuestion, ...]:
    """The questions of a file: a line each, as they are or as JSON.

    Empty lines and those that begin with `#` are passed over. A line of JSON has `question` and
    may have `since`, `until`, `as_of` (or `date`) and `sources`.

    Args:
        text: The file's text.
        where: What errors call it.

    Raises:
        ReadError: When a line is no question, its days are none, or there is no line.
    """
    lines = [line.strip() for line in text.removeprefix("\ufeff").split("\n")]
    questions = tuple(
        _question(line, f"{where} line {number}") if line.startswith("{") else BatchQuestion(line)
        for number, line in enumerate(lines, 1)
        if line and not line.startswith("#")
    )
    if not questions:
        raise ReadError(f"{where} holds no question", help="write one on each line")
    return questions


def _question(line: str, where: str) -> BatchQuestion:
    try:
        form = json.loads(line)
    except ValueError as error:
        raise ReadError(f"{where} is not JSON: {error}", help=_FORM) from error
    text = form.get("question")
    if not isinstance(text, str) or not text.strip():
        raise ReadError(f"{where} has no question", help=_FORM)
    for key in form.keys() - _ASKED_WITH.keys():
        # Files say much that is of no use here, but a limit must not be left out for a slip.
        if near := difflib.get_close_matches(key, _ASKED_WITH, 1, _SLIP):
            raise ReadError(f"{where} has “{key}”", help=f"did you mean “{near[0]}”?")
    given = {name: form[key] for key, name in _ASKED_WITH.items() if form.get(key)}
    if isinstance(given.get("sources"), str):
        given["sources"] = [given["sources"]]
    _check(given, where)
    return BatchQuestion(text.strip(), given)


def _check(given: Mapping[str, Any], where: str) -> None:
    """Refuses limits that would be refused when the question is asked, while nothing is yet."""
    days = {name: given[name] for name in _DAYS if name in given}
    sources = given.get("sources", [])
    texts = [*days.values(), *(sources if isinstance(sources, list) else [sources])]
    if not isinstance(sources, list) or not all(isinstance(text, str) for text in texts):
        raise ReadError(f"{where}: days and outlets are text in quotation marks", help=_FORM)
    try:
        for name, day in days.items():
            parse_day(day, f"“{name}”")
        read_limits(dt.date.max, **days)
    except UsageError as error:
        raise ReadError(f"{where}: {error.message}", help=error.help) from error


class AnswerFile:
    """Answers in a file, a line of JSON each, in the order of their questions.

    What is there already was answered by an earlier run, which this one goes on with; a line that
    was cut off in the middle is none.

    Args:
        file: The file, which need not exist.
        questions: The questions.

    Raises:
        UsageError: When the file holds something else.
    """

    def __init__(self, file: Path, questions: Sequence[BatchQuestion]) -> None:
        self._file = file
        content = file.read_bytes() if file.exists() else b""
        whole = content[: content.rfind(b"\n") + 1]
        self._lines = whole.decode("utf-8", errors="replace").splitlines(keepends=True)
        self._failed: set[int] = set()
        for place, line in enumerate(self._lines):
            form: Any = None
            with suppress(ValueError):
                form = json.loads(line)
            asked = form.get("question") if isinstance(form, dict) else None
            if place >= len(questions) or asked != questions[place].text:
                raise UsageError(
                    f"{file} line {place + 1} is no answer to a question of this batch",
                    help="name another file with --output",
                )
            if "error" in form:
                self._failed.add(place)
        if whole != content:
            self._write()

    def waiting(self, count: int) -> list[int]:
        """The places of the questions, of so many, that have no answer yet."""
        return [n for n in range(count) if n >= len(self._lines) or n in self._failed]

    def put(self, place: int, line: str) -> None:
        """Keeps an answer; those of new questions come in their order."""
        if place < len(self._lines):
            self._lines[place] = line
            self._write()
            return
        self._lines.append(line)
        with self._file.open("a", encoding="utf-8", newline="\n") as file:
            file.write(line)

    def _write(self) -> None:
        fresh = self._file.with_name(f"{self._file.name}.new")
        fresh.write_text("".join(self._lines), encoding="utf-8", newline="\n")
        os.replace(fresh, self._file)  # noqa: PTH105 - in one step, also where there is one


def outcome_line(question: BatchQuestion, outcome: Outcome) -> str:
    """An answer as `ask --json` prints it, or why there is none, on one line."""
    if isinstance(outcome, Answer):
        return dumps(answer_to_json(outcome), indent=None) + "\n"
    error = {"message": outcome.message, "help": outcome.help, "exit_code": outcome.exit_code}
    return dumps({"question": question.text, "error": error}, indent=None) + "\n"


def answer_all(
    ask: Callable[[BatchQuestion], Generator[Event]],
    questions: Sequence[BatchQuestion],
    jobs: int = 1,
) -> Generator[Outcome]:
    """Asks side by side; gives what came of each question in the order of the questions.

    Args:
        ask: Asks one; may be called from several threads.
        questions: The questions.
        jobs: How many are asked at a time.

    Yields:
        The answer, or the error that was this question's own.

    Raises:
        DatelineError: The first error that others would meet, too. As when no more is wanted,
            what is being asked then is stopped.
    """
    with closing(_Jobs(ask, questions, jobs)) as running:
        for place in range(len(questions)):
            yield running.outcome(place)


class _Jobs:
    """Threads that ask, each the next question; not more than some questions ahead."""

    def __init__(
        self,
        ask: Callable[[BatchQuestion], Generator[Event]],
        questions: Sequence[BatchQuestion],
        jobs: int,
    ) -> None:
        self._ask = ask
        self._questions = questions
        self._places: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._found: dict[int, Outcome | BaseException] = {}
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._next = 0
        self._hand_out(jobs * _AHEAD)
        # They must not keep the program from ending while a model takes its time.
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(jobs)]
        for thread in self._threads:
            thread.start()

    def _hand_out(self, count: int) -> None:
        for place in range(self._next, min(self._next + count, len(self._questions))):
            self._places.put(place)
            self._next = place + 1

    def _work(self) -> None:
        while not self._stopped.is_set():
            place = self._places.get()
            if place < 0:
                return
            outcome = self._outcome(self._questions[place])
            with self._changed:
                self._found[place] = outcome
                self._changed.notify()

    def _outcome(self, question: BatchQuestion) -> Outcome | BaseException:
        answer: Answer | None = None
        try:
            with closing(self._ask(question)) as events:
                for event in events:
                    if self._stopped.is_set():
                        break
                    if isinstance(event, Finished):
                        answer = event.answer
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is waited for
            return error
        return answer or DatelineError("the answer ended before it was finished")

    def outcome(self, place: int) -> Outcome:
        with self._changed:
            while place not in self._found:
                self._changed.wait()
            found = self._found.pop(place)
        self._hand_out(1)
        if isinstance(found, BaseException) and not isinstance(found, _OWN):
            raise found
        return found

    def close(self) -> None:
        self._stopped.set()
        for _ in self._threads:
            self._places.put(-1)
        for thread in self._threads:
            thread.join(_PATIENCE)
