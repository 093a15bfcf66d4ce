"""The values that flow through the assistant; all of them are frozen.

`Answer` is what a question ends in, whether a model wrote it or it is made of quotes. The events
are what `stream` yields on the way there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from index.dates import Order, Period
from index.types import ArticleInfo, Filters, Hit

__all__ = [
    "Answer",
    "AnswerSentence",
    "Checking",
    "Citation",
    "Disagreement",
    "Event",
    "Finished",
    "Mode",
    "Position",
    "PromptStamp",
    "Question",
    "QuestionTime",
    "Retrieved",
    "Sent",
    "SentenceReady",
    "Status",
    "TimeUse",
    "Turn",
    "Usage",
    "Verdict",
    "Withdrawn",
    "Writing",
]

Mode = Literal["model", "extractive"]
Status = Literal["supported", "partial", "unsupported"]
TimeUse = Literal["filter", "preference", "context"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say of one answer sentence against what it cites.

    Attributes:
        status: `supported`, `partial` or `unsupported`.
        reasons: Why it is not (fully) supported, each a clause that a reader understands, such as
            "the source says 12, not 21"; empty when supported.
    """

    status: Status
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to one range of whole source sentences.

    `quote` is always the stored text of that version of the article, cut at `[start, end)`.
    `copies` are other articles that carry the same report; they confirm nothing.
    """

    number: int
    article: ArticleInfo
    start: int
    end: int
    quote: str
    copies: tuple[ArticleInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer, the numbers of its citations, and its verdict.

    Attributes:
        text: The sentence, without citation numbers.
        citations: The numbers of its citations.
        verdict: What the checks say of it.
        judgement: What a model says of it, where one was asked; it never replaces the verdict.
        aligned: Those of the numbers that the model did not give: it cited nothing that exists, or
            only a passage, and what was shown to it was searched for what supports the sentence.
    """

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    aligned: tuple[int, ...] = ()
    judgement: Verdict | None = None

    @property
    def marks(self) -> str:
        """The numbers as they are printed behind the sentence; ~ marks those that are aligned."""
        return "".join(
            f"[{'~' if number in self.aligned else ''}{number}]" for number in self.citations
        )


@dataclass(frozen=True, slots=True)
class QuestionTime:
    """When a question asks about.

    Attributes:
        words: What says so, as it stands in the question.
        period: The days that are meant; both sides are open for “latest” and “first”.
        use: `filter` when only articles of about that time are used, `preference` when they are
            preferred, `context` when no article is of that time and it only says what is meant.
        order: `newest` or `oldest` when the question asks for the latest or the first.
    """

    words: str
    period: Period
    use: TimeUse
    order: Order = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked up: the question after follow-ups and time expressions are resolved.

    Attributes:
        asked: The words as typed.
        text: The question so that it stands alone; differs from `asked` for a follow-up.
        as_of: Nothing published after this day is used.
        filters: Dates and outlets that articles must match; `until` is never later than `as_of`.
        time: When it asks about; None when it does not say.
        parts: The questions that it is made of and that are searched for one by one; none for a
            simple question.
        article: The only article that is searched, where the question asks of one that was quoted.
    """

    asked: str
    text: str
    as_of: dt.date
    filters: Filters = field(default_factory=Filters)
    time: QuestionTime | None = None
    parts: tuple[Question, ...] = ()
    article: ArticleInfo | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a model has used for an answer, over all calls; nothing when it was not asked.

    Attributes:
        prompt_tokens: As the endpoint reports them; 0 when it does not.
        completion_tokens: Likewise, reasoning included.
        cached_tokens: How many of the prompt's the endpoint had already, and so charges less for.
        calls: How often the model was asked: once for a simple question, and once more where a
            follow-up was rewritten or a question was planned.
        cost: Dollars, or None where the price or the tokens are not known.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    calls: int = 0
    cost: float | None = None

    def __add__(self, other: Usage) -> Usage:
        """Both together; the cost is known when that of each is."""
        if not other.calls or not self.calls:
            return other if other.calls else self
        costs = (self.cost, other.cost)
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cached_tokens + other.cached_tokens,
            self.calls + other.calls,
            None if None in costs else sum(cost for cost in costs if cost is not None),
        )


@dataclass(frozen=True, slots=True)
class PromptStamp:
    """Which prompt an answer was written with."""

    name: str
    version: str
    hash: str


@dataclass(frozen=True, slots=True)
class Position:
    """What some of the sources say where others say something else.

    Attributes:
        said: What they say, in the words of the first of them.
        citations: The numbers of the citations that say so.
        correction: The number of the citation that takes it back; 0 while it stands.
    """

    said: str
    citations: tuple[int, ...]
    correction: int = 0


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sources that contradict each other, or one that has corrected itself.

    Attributes:
        positions: What they say, what stands before what has been corrected.
    """

    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or an abstention with the closest passages.

    Attributes:
        text: The whole answer with its citation numbers, as it would be printed.
        abstained: True when the articles do not answer; then `sentences` is empty and `closest`
            holds what came nearest.
        warnings: What the reader must know: unknown sentence numbers, a reply that was cut off,
            articles left out because they carry no date.
        prompts: Every prompt that had a part in it, in the order of their use; the first is
            `prompt`.
        disagreements: Where cited articles contradict each other or have been corrected; what they
            cite beside the sentences comes last in `citations`.
        dropped: What the model wrote and no source supports, where that is left out.
        timings: Seconds by stage: `retrieve`, `first_token`, `answer`.
        model: The model's name, or empty in extractive mode.
        confidence: In extractive mode, the estimated probability that the best quote answers,
            whether it is given or held back; None when a model wrote the answer.
    """

    question: Question
    mode: Mode
    text: str
    abstained: bool
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    closest: tuple[Hit, ...] = ()
    warnings: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    prompt: PromptStamp | None = None
    model: str = ""
    timings: Mapping[str, float] = field(default_factory=dict)
    confidence: float | None = None
    prompts: tuple[PromptStamp, ...] = ()
    dropped: tuple[AnswerSentence, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a chat with its answer, and how that came about.

    Attributes:
        hits: The passages that the answer was made from.
        messages: The role and the text of each message that the model was sent.
    """

    question: Question
    answer: Answer
    hits: tuple[Hit, ...] = ()
    messages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Event: the passages that the answer will be made from."""

    question: Question
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """Event: the model reads what it was sent.

    Attributes:
        messages: The role and the text of each message, as it was sent.
        model: The model's name.
    """

    messages: tuple[tuple[str, str], ...]
    model: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """Event: the model writes on a sentence that is not complete and not checked yet.

    Attributes:
        before: White space between the last sentence and this one, as far as it has come.
        text: The sentence so far, without citation marks; it may still become another one, or
            none at all.
    """

    before: str
    text: str


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """Event: one more sentence is complete, cited and checked.

    Attributes:
        sentence: The sentence with its verdict.
        before: White space and list marks between the last sentence and this one.
        citations: The citations that this sentence is the first to use.
    """

    sentence: AnswerSentence
    before: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Checking:
    """Event: the model is asked once more, about what it wrote.

    Attributes:
        purpose: Whether it is to mend what no source supports, or to judge each sentence.
    """

    purpose: Literal["mend", "judge"]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Event: the sentences so far were no answer but the model's reasoning.

    Some servers pass reasoning on as if it were the answer and mark only its end.

    Attributes:
        sentences: How many sentences are taken back; numbering of citations begins again.
    """

    sentences: int


@dataclass(frozen=True, slots=True)
class Finished:
    """Event: the whole answer, always the last event of a stream."""

    answer: Answer


Event = Retrieved | Sent | Writing | SentenceReady | Withdrawn | Checking | Finished
