"""Where the sources of an answer contradict each other, or have been corrected since.

What an answer cites is compared with everything that was found for its question, without a model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from assistant.bearing import bears_on, tells
from assistant.citations import CitationList
from assistant.furniture import is_furniture
from assistant.shown import Shown, SourceRange
from assistant.support.conflicts.between import find_conflict
from assistant.support.conflicts.corrections import Correction, find_corrections
from assistant.support.conflicts.told import Conflict, Told
from assistant.support.text.reading import sentences_of
from assistant.types import Answer, Citation, Disagreement, Position
from index.types import ArticleInfo, Hit

__all__ = ["with_disagreements"]

# Articles that are named for one position.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Source:
    """A sentence that was found, and what it tells."""

    range: SourceRange
    told: Told
    copies: tuple[ArticleInfo, ...] = ()

    @property
    def info(self) -> ArticleInfo:
        return self.range.passage.article


@dataclass(frozen=True, slots=True)
class _Notice:
    """A correction that was found, and where it stands."""

    correction: Correction
    range: SourceRange

    @property
    def said(self) -> str:
        """What it says instead: its last sentence."""
        return list(sentences_of(self.range.text))[-1]

    def corrects(self, source: _Source) -> bool:
        """Whether it takes back what an earlier report of the same outlet says.

        The article in which it stands has been mended.
        """
        mine, theirs = self.range.passage.article, source.info
        later = mine.date and theirs.date and theirs.date <= mine.date
        other = mine.id != theirs.id and mine.source and mine.source == theirs.source
        return bool(later and other) and self.correction.corrects(source.told.text)


@dataclass(slots=True)
class _Stand:
    """What some sources say.

    Attributes:
        said: Their words.
        sources: One sentence of each article.
        notice: What takes it back; without sources, what says it.
        again: Further sentences of these articles that say so.
    """

    said: str
    sources: list[_Source]
    notice: _Notice | None = None
    again: list[_Source] = field(default_factory=list)


def with_disagreements(answer: Answer, hits: Sequence[Hit]) -> Answer:
    """The answer with what its sources contradict each other in.

    Args:
        answer: An answer whose citations are complete.
        hits: What it was made from.
    """
    if not answer.citations:
        return answer
    found = _sources(hits)
    notices = _notices(hits)
    citations = CitationList.of(hits)
    citations.citations = list(answer.citations)
    cited = [source for citation in answer.citations for source in _cited(citation, found)]
    found = [*cited, *(source for source in found if source not in cited)]
    disagreements: list[Disagreement] = []
    settled: list[_Source] = []
    for source in cited:
        stands = [] if source in settled else _disagreement(source, cited, found, notices)
        if stands and _concerns(stands, source, answer):
            settled += [source for stand in stands for source in (*stand.sources, *stand.again)]
            disagreements.append(Disagreement(_positions(stands, citations)))
    return replace(answer, citations=tuple(citations.citations), disagreements=tuple(disagreements))


def _concerns(stands: Sequence[_Stand], source: _Source, answer: Answer) -> bool:
    """Whether it has to do with the question or with what a model wrote.

    What was taken back is never left to stand.
    """
    said = [stand.said for stand in stands]
    written = " ".join(each.text for each in answer.sentences) if answer.mode == "model" else ""
    return (
        any(stand.notice for stand in stands)
        or bears_on(answer.question, said, source.told.text)
        or (bool(written) and tells(written, said[0]))
    )


def _sources(hits: Sequence[Hit]) -> list[_Source]:
    shown = Shown.of(hits)
    return [
        _Source(part, Told(part.text, hit.passage.article.date, _around(hit)), hit.copies)
        for number, hit in zip(count(1), hits, strict=False)
        for part in shown.sentences(number)
        if not is_furniture(part.text)
    ]


def _around(hit: Hit) -> str:
    return f"{hit.passage.article.title}\n{hit.passage.text}"


def _notices(hits: Sequence[Hit]) -> list[_Notice]:
    shown = Shown.of(hits)
    notices = []
    for number in range(1, len(hits) + 1):
        parts = list(shown.sentences(number))
        for found in find_corrections([part.text for part in parts]):
            first, last = parts[found.first], parts[found.last]
            notices.append(_Notice(found, SourceRange(first.passage, first.start, last.end)))
    return notices


def _cited(citation: Citation, found: Iterable[_Source]) -> list[_Source]:
    """The sentences that a citation points at."""
    return [
        source
        for source in found
        if source.info == citation.article
        and citation.start <= source.range.start
        and source.range.end <= citation.end
    ]


def _disagreement(
    source: _Source, cited: Sequence[_Source], found: Sequence[_Source], notices: Sequence[_Notice]
) -> list[_Stand]:
    """What is said against a cited sentence, and what of it all has been taken back."""
    against: dict[str, _Stand] = {}
    said = ""
    for other in found:
        conflict = _conflict(source, other)
        if conflict is None:
            continue
        said = said or conflict.one
        stand = against.setdefault(conflict.value, _Stand(conflict.other, []))
        new = all(other.info.id != known.info.id for known in stand.sources)
        (stand.sources if new else stand.again).append(other)
    mine = _Stand(said or source.range.text, [source])
    for other in cited:
        rivals = [rival for stand in against.values() for rival in stand.sources]
        if other is not source and any(_conflict(other, rival) for rival in rivals):
            mine.sources.append(other)
    stands = [mine, *against.values()]
    kept = [part for stand in stands for part in _split(stand, notices)]
    return kept if len(kept) > 1 else []


def _conflict(one: _Source, other: _Source) -> Conflict | None:
    if not _is_foreign(one, other):
        return None
    return find_conflict(one.told, other.told)


def _is_foreign(one: _Source, other: _Source) -> bool:
    """Whether two sentences are of outlets, and of reports, that are not the same.

    What one outlet writes differently later is brought up to date; it tells what it corrects.
    """
    another = other.info.id != one.info.id and other.info not in one.copies
    return another and (not one.info.source or other.info.source != one.info.source)


def _split(stand: _Stand, notices: Sequence[_Notice]) -> list[_Stand]:
    """What still stands of what some sources say, and what each notice took back, with that."""
    split: list[_Stand] = []
    standing: list[_Source] = []
    for source in stand.sources:
        notice = next((notice for notice in notices if notice.corrects(source)), None)
        if notice is None:
            standing.append(source)
        else:
            split += [
                _Stand(notice.said, [], notice),
                _Stand(stand.said, [source], notice),
            ]
    return [*([replace(stand, sources=standing)] if standing else []), *split]


def _positions(stands: Sequence[_Stand], citations: CitationList) -> tuple[Position, ...]:
    """Numbers what is cited, what stands first."""
    made: dict[Position, None] = {}
    for stand in stands:
        numbers = tuple(citations.number(source.range) for source in stand.sources[:_NAMED])
        notice = citations.number(stand.notice.range) if stand.notice else 0
        made[Position(stand.said, numbers or (notice,), notice if numbers else 0)] = None
    return tuple(sorted(made, key=lambda position: position.correction > 0))
