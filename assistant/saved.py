"""Answers in files: writes the JSON of `ask --json`, and makes the same answer of it again.

A file comes from outside, so every field is checked before it becomes part of a value. That says
nothing of whether the answer is true to the library; `assistant.verify` finds that out.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from assistant.jsonform import FORMAT, answer_to_json, dumps
from assistant.types import (
    Answer,
    AnswerSentence,
    Citation,
    Disagreement,
    Mode,
    Position,
    PromptStamp,
    Question,
    QuestionTime,
    Status,
    TimeUse,
    Usage,
    Verdict,
)
from index.dates import Order, Period
from index.errors import ReadError
from index.types import ArticleInfo, Filters, Hit, Passage

__all__ = ["load_answer", "parse_answer", "parse_hits", "save_answer", "split_answers"]


# What answers of format 1 were saved without.
_SINCE_FORMAT_1: dict[str, Any] = {
    "time": None,
    "parts": [],
    "confidence": None,
    "prompts": [],
    "dropped": [],
    "disagreements": [],
}


def save_answer(answer: Answer, path: str | Path) -> None:
    """Writes an answer to a file, as `ask --json` prints it.

    Raises:
        OSError: When the file cannot be written.
    """
    Path(path).write_text(dumps(answer_to_json(answer)) + "\n", "utf-8")


def load_answer(path: str | Path) -> Answer:
    """Reads an answer that `save_answer` or `ask --json` wrote; it equals the one that was saved.

    Raises:
        ReadError: When the file holds something else, only a part of it, or a newer format.
        OSError: When the file cannot be read.
    """
    return parse_answer(Path(path).read_bytes(), str(path))


def split_answers(data: bytes, where: str) -> Iterator[tuple[bytes, str]]:
    """The answers of a file that holds one, one a line, or a chat, with words for where each is."""
    lines = [(number, line.strip()) for number, line in enumerate(data.split(b"\n"), 1)]
    # In an answer that is spread over lines, a brace that opens stands at the end of its line.
    if sum(bool(line) for _, line in lines) > 1 and any(
        line.startswith(b"{") and len(line) > 1 for _, line in lines
    ):
        yield from ((line, f"{where} line {number}") for number, line in lines if line)
    elif (chat := _chat(data)) is not None:
        for number, answer in enumerate(chat, 1):
            yield json.dumps(answer).encode(), f"{where} answer {number}"
    else:
        yield data, where


def _chat(data: bytes) -> list[object] | None:
    """The answers of a chat, as /save writes it; None when that is something else."""
    try:
        form = json.loads(data)
    except ValueError:
        return None
    answers = form.get("answers") if isinstance(form, dict) else None
    return answers if isinstance(answers, list) else None


def parse_answer(data: str | bytes, where: str = "the text") -> Answer:
    """An answer from its JSON.

    Args:
        data: The JSON, as UTF-8 where it is bytes.
        where: What errors call it.

    Raises:
        ReadError: When it is something else, only a part of an answer, or of a newer format.
    """
    if isinstance(data, bytes):
        data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        found = _Head.model_validate_json(data).format
        if found > FORMAT:
            raise ReadError(
                f"{where} has format {found}; this Dateline knows formats up to {FORMAT}",
                help="upgrade Dateline",
            )
        if found < FORMAT:
            data = json.dumps({**_SINCE_FORMAT_1, **json.loads(data)})
        return _Answer.model_validate_json(data).value()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = _place(first["loc"])
        raise ReadError(
            f"{where} is not a saved answer{', ' if place else ''}{place}: {first['msg']}",
            help="give a whole file that `dateline ask --json` printed or `save_answer` wrote",
        ) from error


def parse_hits(forms: Sequence[object]) -> tuple[Hit, ...]:
    """Hits from their JSON, as `search --json` prints them.

    Raises:
        pydantic.ValidationError: When one of them is something else.
    """
    return tuple(_Hit.model_validate_json(json.dumps(form)).value() for form in forms)


def _place(steps: Sequence[int | str]) -> str:
    """Where something is in JSON, such as `citations[0].quote`."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return "".join(parts).removeprefix(".")


# The JSON, object by object.


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Head(_Form):
    format: int


class _Article(_Form):
    id: str
    title: str
    date: dt.date | None
    source: str
    url: str
    version: int
    authors: tuple[str, ...]
    path: str
    opening: str

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if self.id != self.value().id:
            raise ValueError("the id is not that of the article's address")
        return self

    def value(self) -> ArticleInfo:
        return ArticleInfo(
            title=self.title,
            date=self.date,
            source=self.source,
            authors=self.authors,
            url=self.url,
            path=self.path,
            version=self.version,
            opening=self.opening,
        )


class _Citation(_Form):
    number: int
    quote: str
    start: int
    end: int
    article: _Article
    copies: tuple[_Article, ...] = ()

    def value(self) -> Citation:
        return Citation(
            self.number,
            self.article.value(),
            self.start,
            self.end,
            self.quote,
            tuple(copy.value() for copy in self.copies),
        )


class _Verdict(_Form):
    verdict: Status
    reasons: tuple[str, ...]

    def value(self) -> Verdict:
        return Verdict(self.verdict, self.reasons)


class _Sentence(_Form):
    text: str
    verdict: Status
    reasons: tuple[str, ...]
    citations: tuple[int, ...] = ()  # sentences that were left out cite nothing
    aligned: tuple[int, ...] = ()  # answers of format 1 were saved without what follows
    judge: _Verdict | None = None

    def value(self) -> AnswerSentence:
        return AnswerSentence(
            self.text,
            self.citations,
            Verdict(self.verdict, self.reasons),
            self.aligned,
            self.judge.value() if self.judge else None,
        )


class _Hit(_Form):
    text: str
    start: int
    end: int
    score: float
    parts: dict[str, float]
    ranks: dict[str, int]
    ordinal: int
    article: _Article
    copies: tuple[_Article, ...] = ()

    def value(self) -> Hit:
        passage = Passage(self.article.value(), self.ordinal, self.start, self.end, self.text)
        copies = tuple(copy.value() for copy in self.copies)
        return Hit(passage, self.score, self.parts, self.ranks, copies)


class _Filters(_Form):
    since: dt.date | None
    until: dt.date | None
    sources: tuple[str, ...]

    def value(self) -> Filters:
        return Filters(self.since, self.until, self.sources)


class _Time(_Form):
    words: str
    first: dt.date | None
    last: dt.date | None
    use: TimeUse
    order: Order

    def value(self) -> QuestionTime:
        return QuestionTime(self.words, Period(self.first, self.last), self.use, self.order)


class _Part(_Form):
    asked: str
    text: str
    filters: _Filters
    time: _Time | None

    def value(self, as_of: dt.date) -> Question:
        time = self.time.value() if self.time else None
        return Question(self.asked, self.text, as_of, self.filters.value(), time)


class _Usage(_Form):
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0  # answers of before were saved without what follows
    calls: int = 0
    cost: float | None = None


class _Prompt(_Form):
    name: str
    version: str
    hash: str

    def value(self) -> PromptStamp:
        return PromptStamp(self.name, self.version, self.hash)


class _Position(_Form):
    said: str
    citations: tuple[int, ...]
    correction: int | None

    def value(self) -> Position:
        return Position(self.said, self.citations, self.correction or 0)


class _NoPrompt(_Form, extra="forbid"):
    pass


class _Answer(_Form):
    question: str
    resolved: str
    text: str
    abstained: bool
    mode: Mode
    model: str
    as_of: dt.date
    filters: _Filters
    time: _Time | None
    parts: tuple[_Part, ...]
    article: _Article | None = None
    sentences: tuple[_Sentence, ...]
    citations: tuple[_Citation, ...]
    closest: tuple[_Hit, ...]
    warnings: tuple[str, ...]
    usage: _Usage
    prompt: _Prompt | _NoPrompt
    timings: dict[str, float]
    confidence: float | None
    prompts: tuple[_Prompt, ...]
    dropped: tuple[_Sentence, ...]
    disagreements: tuple[tuple[_Position, ...], ...]

    def value(self) -> Answer:
        prompt = self.prompt
        return Answer(
            question=Question(
                self.question,
                self.resolved,
                self.as_of,
                self.filters.value(),
                self.time.value() if self.time else None,
                tuple(part.value(self.as_of) for part in self.parts),
                self.article.value() if self.article else None,
            ),
            mode=self.mode,
            text=self.text,
            abstained=self.abstained,
            sentences=tuple(sentence.value() for sentence in self.sentences),
            citations=tuple(citation.value() for citation in self.citations),
            closest=tuple(hit.value() for hit in self.closest),
            warnings=self.warnings,
            usage=Usage(**self.usage.model_dump()),
            prompt=prompt.value() if isinstance(prompt, _Prompt) else None,
            model=self.model,
            timings=self.timings,
            confidence=self.confidence,
            prompts=tuple(stamp.value() for stamp in self.prompts),
            dropped=tuple(sentence.value() for sentence in self.dropped),
            disagreements=tuple(
                Disagreement(tuple(position.value() for position in positions))
                for positions in self.disagreements
            ),
        )
