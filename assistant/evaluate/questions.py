"""Questions with known answers, from JSON Lines or CSV."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, ValidationError

from index.errors import ReadError

__all__ = ["EvalQuestion", "QuestionFile", "read_questions"]


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """One question and what is known of its answer.

    Attributes:
        id: What it is called in results.
        question: What is asked.
        answers: Wordings of the right answer, any of which will do; none when the collection is
            known not to answer it.
        date: The day it is asked of, or None.
        evidence: A sentence or two that say why the answer is right, or empty.
        gold: Addresses of articles that answer it, as far as they are known.
        related: Addresses of further articles that it is known to rest on.
    """

    id: str
    question: str
    answers: tuple[str, ...] = ()
    date: dt.date | None = None
    evidence: str = ""
    gold: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """The questions of a file; `digest` changes whenever a byte of it does."""

    questions: tuple[EvalQuestion, ...]
    digest: str


def _as_list(value: Any) -> Any:
    if value is None or value == "":
        return []
    return value.replace("|", " ").split() if isinstance(value, str) else value


def _as_answers(value: Any) -> Any:
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str | int | float) else value


_Urls = Annotated[list[str], BeforeValidator(_as_list)]


class _Line(BaseModel, coerce_numbers_to_str=True):
    """What a line may hold; everything else in it is passed over."""

    id: str | None = None
    question: str = Field(min_length=1)
    answers: Annotated[list[str], BeforeValidator(_as_answers)] = Field(
        validation_alias=AliasChoices("answer", "answers")
    )
    date: Annotated[dt.date | None, BeforeValidator(lambda value: value or None)] = None
    evidence: str | None = ""
    gold: _Urls = Field([], validation_alias=AliasChoices("gold_urls", "urls", "url"))
    related: _Urls = Field([], validation_alias="evidence_urls")


def read_questions(file: Path) -> QuestionFile:
    """Reads questions.

    A line of JSON (or a row of CSV, whose first row names the columns) has `question` and
    `answer` and, where they are known, `id`, `date`, `evidence` and `urls`. An `answer` that is
    null or empty says that the collection does not answer; a list gives several wordings. Columns
    of the RealTime QA form, `gold_urls` and `evidence_urls`, are understood too. In CSV, several
    addresses are divided by blanks or bars. An id that occurs again gets its line's number behind
    it.

    Raises:
        ReadError: When a line is not a question, or there is none.
    """
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"{file} is not UTF-8 text", help="save it as UTF-8") from error
    rows = _csv(text) if file.suffix.lower() == ".csv" else _json_lines(text, str(file))
    questions: dict[str, EvalQuestion] = {}
    for number, row in rows:
        question = _question(row, number, str(file))
        if question.id in questions:  # results are kept by id, so every question needs its own
            question = replace(question, id=f"{question.id}#{number}")
        questions[question.id] = question
    if not questions:
        raise ReadError(f"{file} holds no question", help="give one question a line")
    return QuestionFile(tuple(questions.values()), hashlib.sha256(content).hexdigest()[:16])


def _csv(text: str) -> Iterator[tuple[int, Any]]:
    reader = csv.DictReader(io.StringIO(text))
    for row in reader:
        yield reader.line_num, {name: value for name, value in row.items() if name}


def _json_lines(text: str, where: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except ValueError as error:
            raise ReadError(
                f"{where} line {number} is not JSON: {error}",
                help='write {"question": "…", "answer": "…"} on each line',
            ) from error


def _question(row: Any, number: int, where: str) -> EvalQuestion:
    try:
        line = _Line.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the line"
        raise ReadError(
            f"{where} line {number}: {place}: {first['msg'][0].lower()}{first['msg'][1:]}",
            help='a question has at least "question" and "answer"',
        ) from error
    return EvalQuestion(
        id=line.id or str(number),
        question=line.question,
        answers=tuple(answer for answer in line.answers if answer.strip()),
        date=line.date,
        evidence=line.evidence or "",
        gold=frozenset(line.gold),
        related=frozenset(line.related),
    )
