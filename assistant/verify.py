"""Checks an answer again, against the library as it is now and without a model.

Nothing in the answer is believed: it may have been edited, or come from somebody else. Quotes are
compared with the stored version that they were cut from, and verdicts are reached anew from what
the citations really point at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.align import evidence
from assistant.changes import describe, look_since, word_diff
from assistant.checking import NOT_SHOWN, judge
from assistant.joining import NO_ANSWER
from assistant.likeness import Likeness
from assistant.shown import SourceRange
from assistant.types import Answer, AnswerSentence, Citation, Question, Status, Verdict
from index.errors import DatelineError, UnknownArticle
from index.passages import split_passages
from index.sentences import split_sentences
from index.types import OPENING, Article, ArticleInfo, Filters, Passage

if TYPE_CHECKING:
    from index.embed import Embedder
    from index.library import Library

__all__ = ["Finding", "Kind", "Verification", "stored_version", "verify_answer"]

Kind = Literal[
    "unknown",  # the library does not hold what is cited
    "altered",  # the quote is not what the cited version says there
    "misdescribed",  # the article is not what the citation says of it
    "outside",  # the article is not among those that the question was limited to
    "copy",  # what is said to carry the same report does not, or no longer
    "removed",  # the article was taken out of the library
    "gone",  # the current version no longer has the quoted words
    "changed",  # there is a newer version, and it has the quoted words
    "unlisted",  # a sentence cites a number that stands for nothing, or for two things
    "verdict",  # the checks now say something else of a sentence
    "disagreement",  # a source is said to say what it does not
    "text",  # the text is not that of the sentences
    "date",  # a sentence of a timeline says another day
]

_WORTH: dict[Status, int] = {"unsupported": 0, "partial": 1, "supported": 2}
# What may stand between the sentences of an answer: white space and the marks of lists.
_BETWEEN = re.compile(r"(?:\d{1,3}[.)](?!\w)|[\W_])*")
# Versions are counted in SQLite, whose integers end here.
_VERSIONS = range(1, 2**63)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not, or no longer, as the answer says.

    Attributes:
        kind: What kind of thing.
        failed: Whether the answer must not be relied on; otherwise it is a remark.
        message: What is wrong, a clause.
        sentence: The answer sentence that is concerned; None for a citation that none cites, and
            for the answer as a whole.
        citation: The citation that is concerned, if any.
    """

    kind: Kind
    failed: bool
    message: str
    sentence: AnswerSentence | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """Everything that was found of one answer; nothing, when it is as it was."""

    answer: Answer
    findings: tuple[Finding, ...]

    @property
    def verified(self) -> bool:
        """Whether nothing failed; there may be remarks."""
        return not any(finding.failed for finding in self.findings)


def verify_answer(answer: Answer, library: Library) -> Verification:
    """Checks every citation and every verdict of an answer again.

    Args:
        answer: The answer, which nothing is believed of.
        library: The library; it is only read.

    Raises:
        LibraryDamaged: When the library cannot be read.
    """
    sources: dict[int, SourceRange] = {}
    findings: list[Finding] = []
    for citation in answer.citations:
        stored = stored_version(citation.article, library)
        if stored and 0 <= citation.start < citation.end <= len(stored.text):
            sources[citation.number] = _source(stored, citation)
        citing: list[AnswerSentence | None] = [
            sentence for sentence in answer.sentences if citation.number in sentence.citations
        ]
        findings += (
            Finding(kind, failed, message, sentence, citation)
            for kind, failed, message in (
                *_check_citation(citation, stored, library),
                *_check_limits(citation, answer.question),
                *_check_copies(citation, library),
            )
            for sentence in citing or [None]
        )
    findings += _check_numbers(answer.citations)
    likeness = Likeness(_embedder(library))
    for sentence in answer.sentences:
        findings += _check_sentence(answer, sentence, sources, likeness)
    findings += _check_disagreements(answer)
    findings += (Finding("text", failed=True, message=reason) for reason in _check_text(answer))
    return Verification(answer, tuple(findings))


def _embedder(library: Library) -> Embedder | None:
    """What compared the sentences when the answer was made, where it can be had."""
    try:
        return library.embedder
    except DatelineError:
        return None


# citations


def stored_version(info: ArticleInfo, library: Library) -> Article | None:
    """The version that is cited, which is sought by its whole id and by nothing else."""
    if info.version not in _VERSIONS:
        return None
    try:
        found = library.article(info.id, info.version)
    except UnknownArticle:
        return None
    return found if found.info.id == info.id else None


def _source(stored: Article, citation: Citation) -> SourceRange:
    """The cited range in the passage that the answer was made from."""
    text, start, end = stored.text, citation.start, citation.end
    around = next(
        (
            (first, last)
            for first, last in split_passages(text, split_sentences(text))
            if first <= start and end <= last
        ),
        (start, end),
    )
    before = text[: min(around[0], OPENING)]
    return SourceRange(Passage(stored.info, 0, *around, text[slice(*around)], before), start, end)


_Problem = tuple[Kind, bool, str]


def _check_citation(
    citation: Citation, stored: Article | None, library: Library
) -> Iterator[_Problem]:
    """What is wrong with a citation: the kind, whether it is a failure, and a clause."""
    if stored is None:
        message = f"the library holds no version {citation.article.version} of the article"
        yield "unknown", True, message
        return
    wrong = _misdescribed(citation.article, stored.info)
    if wrong:
        yield "misdescribed", True, wrong
    start, end, version = citation.start, citation.end, citation.article.version
    if not 0 <= start < end <= len(stored.text):
        length = len(stored.text)
        message = f"version {version} has {length} characters and no range {start} to {end}"
        yield "altered", True, message
        return
    if stored.text[start:end] != citation.quote:
        difference = word_diff(citation.quote, stored.text[start:end])
        yield "altered", True, f"the quote is not what version {version} says there: {difference}"
        return
    since = look_since(library, citation.article, start, citation.quote)
    if since:
        kind: Kind = "removed" if since.removed else "changed" if since.stands else "gone"
        yield kind, kind != "changed", describe(since, citation.quote)


def _check_limits(citation: Citation, question: Question) -> Iterator[_Problem]:
    """An answer may only cite what its question, or a part of that, was limited to."""
    info = citation.article
    if not any(_is_within(info, asked.filters) for asked in (question, *question.parts)):
        what = ", ".join(filter(None, (info.source, str(info.date or "no date"))))
        yield "outside", True, f"the article ({what}) is none that the question was limited to"


def _is_within(info: ArticleInfo, filters: Filters) -> bool:
    if filters.sources and info.source.lower() not in map(str.lower, filters.sources):
        return False
    if not filters.since and not filters.until:
        return True
    first, last = filters.since or dt.date.min, filters.until or dt.date.max
    return info.date is not None and first <= info.date <= last


def _check_copies(citation: Citation, library: Library) -> Iterator[_Problem]:
    """What readers are told of who else carries a report has to be so too."""
    found = {copy.id for copy in library.copies(citation.article.id)} if citation.copies else ()
    for copy in citation.copies:
        name = copy.source or copy.url or copy.path
        stored = stored_version(copy, library)
        if stored is None:
            yield "copy", True, f"the library does not hold the copy of {name}"
        elif wrong := _misdescribed(copy, stored.info):
            yield "copy", True, f"of the copy of {name}, {wrong}"
        elif copy.id not in found:
            yield "copy", False, f"{name} is no longer found to carry the same report"


def _check_numbers(citations: Sequence[Citation]) -> Iterator[Finding]:
    """Readers find a citation by its number."""
    seen: set[int] = set()
    for citation in citations:
        if citation.number in seen:
            message = f"the answer lists [{citation.number}] twice"
            yield Finding("unlisted", failed=True, message=message, citation=citation)
        seen.add(citation.number)


def _misdescribed(said: ArticleInfo, stored: ArticleInfo) -> str:
    """What a citation says of its article that is not so; its file may have moved since."""
    fields = (
        ("title", said.title, stored.title),
        ("date", said.date or "none", stored.date or "none"),
        ("outlet", said.source, stored.source),
        ("authors", ", ".join(said.authors), ", ".join(stored.authors)),
        ("address", said.url, stored.url),
        ("opening", said.opening, stored.opening),
    )
    wrong = (
        f"the article's {name} is {known or 'empty'}, not {claimed or 'empty'}"
        for name, claimed, known in fields
        if claimed != known
    )
    return "; ".join(wrong)


# sentences


def _check_sentence(
    answer: Answer,
    sentence: AnswerSentence,
    sources: dict[int, SourceRange],
    likeness: Likeness,
) -> Iterator[Finding]:
    listed = {citation.number for citation in answer.citations}
    unlisted = [f"[{number}]" for number in sentence.citations if number not in listed]
    if unlisted:
        message = f"cites {', '.join(unlisted)}, which the answer does not list"
        yield Finding("unlisted", failed=True, message=message, sentence=sentence)
    was = sentence.verdict
    cited = [sources[number] for number in sentence.citations if number in sources]
    if answer.mode == "extractive":
        now = _judge_quote(sentence, cited)
    else:
        # What the model was not shown is not saved; that it cited such a thing is.
        lost = tuple(reason for reason in was.reasons if reason.endswith(NOT_SHOWN))
        texts = [evidence(source) for source in cited]
        now = judge(sentence.text, texts, answer.question.as_of, lost, likeness)
    if now != was:
        worse = _WORTH[now.status] < _WORTH[was.status]
        yield Finding("verdict", worse, f"{_said(was)} when saved, {_said(now)} now", sentence)


def _judge_quote(sentence: AnswerSentence, cited: list[SourceRange]) -> Verdict:
    """The verdict on a sentence of an answer without a model, which has to be its source."""
    if [_folded(sentence.text)] == [_folded(source.text) for source in cited]:
        return Verdict("supported")
    return Verdict("unsupported", ("is not the sentence that it cites",))


def _said(verdict: Verdict) -> str:
    reasons = "; ".join(verdict.reasons)
    return f"{verdict.status} ({reasons})" if reasons else verdict.status


def _folded(text: str) -> str:
    return " ".join(text.split())


# disagreements


def _check_disagreements(answer: Answer) -> Iterator[Finding]:
    """What is said to be said stands in the sources, and corrections are listed."""
    cited = {citation.number: citation for citation in answer.citations}
    for disagreement in answer.disagreements:
        for position in disagreement.positions:
            numbers = {*position.citations, *([position.correction] * bool(position.correction))}
            unlisted = [f"[{number}]" for number in sorted(numbers - cited.keys())]
            if unlisted or not position.citations:
                message = f"cites {', '.join(unlisted) or 'nothing'} for a disagreement"
                yield Finding("unlisted", failed=True, message=message)
            elif _folded(position.said) not in _folded(cited[position.citations[0]].quote):
                citation = cited[position.citations[0]]
                message = f"the source does not say “{position.said}”"
                yield Finding("disagreement", failed=True, message=message, citation=citation)


# the text as a whole


def _check_text(answer: Answer) -> Iterator[str]:
    """Why the text, which is what people read, is not made of the sentences that were checked."""
    if answer.abstained:
        if answer.sentences or answer.citations or answer.text != NO_ANSWER:
            yield "the answer is marked as none, but says something"
        return
    wrong = list(_strays(answer, late=False))
    # Of “12. 1”, where an item of a list is “1”, it is the later one.
    if wrong and any(_strays(answer, late=True)):
        yield from wrong


def _strays(answer: Answer, *, late: bool) -> Iterator[str]:
    """What the text has besides its sentences, or lacks of them.

    Args:
        answer: The answer.
        late: Whether each sentence is taken to stand where only marks of lists come before it, but
            as late as it can; else it is the first that is found.
    """
    text, position = answer.text, 0
    for sentence in answer.sentences:
        marks = sentence.marks
        wanted = f"{sentence.text} {marks}" if marks else sentence.text
        found = text.find(wanted, position)
        if late:
            marked = _BETWEEN.match(text, position)
            found = text.rfind(wanted, position, (marked.end() if marked else 0) + len(wanted))
        if found < 0:
            yield f"the text lacks “{wanted}”, or has it at another place"
            return
        if not _BETWEEN.fullmatch(text, position, found):
            yield f"the text has “{text[position:found].strip()}”, which is none of its sentences"
        position = found + len(wanted)
    if text[position:]:
        yield f"the text has “{text[position:].strip()}”, which is none of its sentences"
    elif not answer.sentences:
        yield "the answer has no sentence, and is not marked as none"
