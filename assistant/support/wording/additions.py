"""A clause that a sentence adds to what its source says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.support.evidence import Compares
from assistant.support.text.alignment import Alignment
from assistant.support.text.meanings import root
from assistant.support.text.reading import Reading, Token
from assistant.support.text.words import word_set, words
from assistant.support.wording.compare import LIGHT, clauses

__all__ = ["check_additions"]

# Where a clause may begin.
_MARK = re.compile(r"[,;:()—–“”\"]|\s-\s")
_JOINTS = word_set(
    """
    and but or after before because since while when where which who whom whose as although though
    until unless if so that whereas
    """
)
# What tells a clause of the sentence's own from one that puts the source in other words: how many
# words the source lacks, less how near its meaning is to the source's, and less the share of its
# words that the source has; beside clauses that the source has, a clause is its own more often. It
# was fitted to real sentences with a clause of their article added, and to fair ones: reworded by
# rule, joined with a clause that is cited, and those of `paraphrases.jsonl`, all of the half that
# checks are made with. Of the fair ones 1 % come to so much, of those with a clause added 97 to
# 100 %, and 70 to 80 % where the rest is a free paraphrase.
_MISSING, _MANY = 0.1, 8
_HELD = 0.4
_REST = 0.2
_OWN = 0.275
# The fewest words that are missing, and the most clauses in a row that are looked at as one.
_FEWEST = 2
_RUN = 2
# A part of the source of which so much is told elsewhere in the sentence counts less.
_UNTOLD = 0.5
# A sentence of the source of which the other clauses tell nothing may be cited only because it
# stands beside what is told. It is about the same matter and so near to any clause about it: its
# cosine counts so much less. Of 210 sentences with neighbours cited and a clause of their article
# added 95 % are told so, and 83 % without; of the fair ones hardly any more are suspected.
_BESIDE = 0.2


@dataclass(frozen=True, slots=True)
class _Addition:
    """Clauses of a sentence that may be its own.

    Attributes:
        text: The clauses, as written.
        weight: What speaks for it, but for what the source says in other words.
        parts: Sentences and clauses of the source.
    """

    text: str
    weight: float
    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence of the source, or one of its clauses, that may say what clauses say.

    Attributes:
        text: As it stands there.
        counts: How much of what it says counts, from 0 to 1.
        less: What a cosine with it is too high by.
    """

    text: str
    counts: float
    less: float

    def says(self, cosine: float) -> float:
        return (cosine - self.less) * self.counts


def check_additions(
    found: Sequence[Alignment], near: Iterable[str], likeness: Compares
) -> str | None:
    """What a sentence says of its own; empty where all may be its source's.

    Args:
        found: The sentence aligned with each sentence of the source.
        near: What stands near the source; names that are there say neither.
        likeness: Compares meanings.

    Returns:
        Clauses as written, or None where meanings cannot be compared.
    """
    for addition in _additions(found, near):
        cosines = likeness(addition.text, [part.text for part in addition.parts])
        if cosines is None:
            return None
        pairs = zip(cosines, addition.parts, strict=True)
        said = max((part.says(cosine) for cosine, part in pairs), default=0.0)
        if addition.weight - max(0.0, said) > _OWN:
            return addition.text
    return ""


def _additions(found: Sequence[Alignment], near: Iterable[str]) -> list[_Addition]:
    """The runs of clauses that the source lacks most of, beside others that it has some of."""
    answer = found[0].answer
    held = {at for alignment in found for at in alignment.pairs}
    content = {at for at, t in enumerate(answer.tokens) if t.content and t.word not in LIGHT}
    if len(content - held) < _FEWEST:
        return []
    known = {root(word) for text in near for word in words(text)}
    has = {
        at: at in held
        for at in sorted(content)
        if at in held or not _is_named(answer.tokens[at], at, known)
    }
    missing = list(has.values()).count(False)
    additions = []
    ends = tuple(_beginnings(answer))
    for first, end in (*pairwise(ends), *zip(ends, ends[_RUN:], strict=False)):
        inside = [has[at] for at in range(first, end) if at in has]
        lacks, rest = inside.count(False), len(has) - len(inside)
        if 2 * lacks <= len(inside) or lacks < _FEWEST or not rest:
            continue
        weight = _MISSING * min(lacks, _MANY) - _HELD * (1 - lacks / len(inside))
        weight += _REST * (1 - (missing - lacks) / rest)
        if weight > _OWN:
            beside = _stand_beside(found, {at for at in content if not first <= at < end})
            parts = tuple(
                part
                for alignment, less in zip(found, beside, strict=True)
                for part in _parts(alignment, first, end, _BESIDE * less)
            )
            additions.append(_Addition(answer.written(first, end - 1), weight, parts))
    return sorted(additions, key=lambda addition: -addition.weight)


def _is_named(token: Token, at: int, known: set[str]) -> bool:
    return token.root in known and (token.name or at == 0)


def _stand_beside(found: Sequence[Alignment], outside: set[int]) -> Iterator[bool]:
    """For each sentence of the source, whether some words tell nothing of it but of others more.

    Args:
        found: The sentence aligned with each of them.
        outside: Those words, by their places in the sentence.
    """
    told = [outside & alignment.pairs.keys() for alignment in found]
    for one in told:
        more = set().union(*(other for other in told if len(other) > len(one)))
        yield bool(more) and one <= more


def _beginnings(answer: Reading) -> Iterator[int]:
    """Where clauses begin, and the end of the last."""
    tokens = answer.tokens
    for at, token in enumerate(tokens):
        between = answer.between(at - 1, at) if at else ""
        if not at or token.word in _JOINTS or _MARK.search(between):
            yield at
    yield len(tokens)


def _parts(alignment: Alignment, first: int, end: int, less: float) -> Iterator[_Part]:
    """A source sentence and its clauses; what the rest tells of them already does not count."""
    source = alignment.source
    told = {theirs for mine, theirs in alignment.pairs.items() if not first <= mine < end}
    for part in dict.fromkeys((source.text, *clauses(source.text))):
        start = source.text.find(part)
        content = [
            at
            for at, token in enumerate(source.tokens)
            if token.content
            and token.word not in LIGHT
            and start <= token.start < start + len(part)
        ]
        if content:
            untold = sum(at not in told for at in content) / len(content)
            yield _Part(part, min(1.0, untold / _UNTOLD), less)
