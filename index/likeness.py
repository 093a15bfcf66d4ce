"""Whether two articles carry the same report: by the runs of three words that they share.

Runs of words (shingles) and their sketches by minwise hashing are after Broder, “On the
resemblance and containment of documents” (1997). Sketches find candidates; whether two are copies
is decided on the runs themselves, on their dates, and within one outlet on their titles.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.types import ArticleInfo

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Sketched", "bands", "carry_the_same", "may_carry_the_same", "runs_of_words", "sketch"]

# Scripts without spaces between words count by character.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff]|[^\W_]+")
_SMALL = frozenset("a an and as at by for from in is of on or the to was with".split())

# Texts that share 30 % of their runs come out as candidates in two cases of three, those that
# share half of them in all but 3 of a thousand; unrelated news in 4 of 100,000 pairs.
_BANDS, _ROWS = 42, 3
_SEED = 20250320
# Odd numbers that mix the three words of a run; any would do.
_FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F

# Of 11,609 articles of three outlets in 2022 and 2023, the pairs of different outlets that were
# copies (the transcript of one speech) share 0.56 of all runs and 0.79 of the shorter text's;
# the closest that were not share 0.15 and 0.36 (two reports of one recall, from one release).
_SHARED, _HELD = 0.3, 0.6
# Within one outlet, sports previews, live updates, weekly columns and lists of concerts share up
# to 0.88 and 0.99 with others of their kind, so a report of another day has to be nearly the same,
# one of the same day may be an edited or a shortened one if its title says so, too.
_SHARED_THAT_DAY, _SHARED_LATER = 0.75, 0.9
_HELD_THAT_DAY, _TITLE_OF_SHORTENED = 0.9, 0.8
_TITLE_AT_HOME = 0.6
_NUMBERS = 0.7
# Copies appear within days; what comes back after months is a template.
_DAYS = 7
# What stands behind the last “ | ” of a title is the outlet if it has no more words than that.
_OUTLET_WORDS = 3
# Shorter texts are alike by chance: captions, notices, pages that could not be read.
_FEWEST = 40


@dataclass(frozen=True, slots=True, eq=False)
class Sketched:
    """What of an article is compared.

    Attributes:
        info: What is known of it.
        runs: Hashes of its runs of three words, sorted, each once.
        numbers: The words in it that are numbers, or parts of one.
    """

    info: ArticleInfo
    runs: NDArray[np.uint64]
    numbers: frozenset[str]


@lru_cache(maxsize=300_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())


def sketch(info: ArticleInfo, text: str) -> Sketched:
    """What is compared of an article with this text."""
    words = _WORD.findall(text.casefold())
    return Sketched(info, _runs(words), frozenset(filter(str.isdecimal, words)))


def runs_of_words(text: str) -> NDArray[np.uint64]:
    """Hashes of the runs of three words of a text, sorted, each once."""
    return _runs(_WORD.findall(text.casefold()))


def _runs(words: Sequence[str]) -> NDArray[np.uint64]:
    import numpy as np  # noqa: PLC0415 - only copies need it

    hashes = np.fromiter(map(_hash, words), dtype=np.uint64, count=len(words))
    runs = hashes[:-2] * np.uint64(_FIRST) + hashes[1:-1] * np.uint64(_SECOND) + hashes[2:]
    return np.unique(runs)


def bands(sketches: Sequence[Sketched]) -> list[list[int]]:
    """Numbers by which candidates are found: articles that are alike share at least one.

    Returns:
        For each article 42 whole numbers of 63 bits; none where it is too short to be compared.
    """
    import numpy as np  # noqa: PLC0415 - only indexing needs it
    import rensa  # noqa: PLC0415 - likewise

    long = [one for one in sketches if len(one.runs) >= _FEWEST]
    if not long:
        return [[] for _ in sketches]
    digests = rensa.RMinHash.digest_matrix_from_token_hash_sets(
        [one.runs.tolist() for one in long], num_perm=_BANDS * _ROWS, seed=_SEED
    )
    rows = np.array(digests.to_rows(), dtype="<u4").reshape(len(long), _BANDS, _ROWS)
    found = iter(
        [
            int.from_bytes(
                hashlib.blake2b(bytes([band]) + digest[band].tobytes(), digest_size=8).digest()
            )
            >> 1
            for band in range(_BANDS)
        ]
        for digest in rows
    )
    return [next(found) if len(one.runs) >= _FEWEST else [] for one in sketches]


def carry_the_same(one: Sketched, other: Sketched) -> bool:
    """Whether two articles are copies of one report, edited or not."""
    import numpy as np  # noqa: PLC0415 - only indexing needs it

    shorter = min(len(one.runs), len(other.runs))
    if shorter < _FEWEST or not may_carry_the_same(one.info, other.info):
        return False
    common = len(np.intersect1d(one.runs, other.runs, assume_unique=True))
    shared = common / (len(one.runs) + len(other.runs) - common)
    held = common / shorter
    if _are_of_two_outlets(one.info, other.info):
        return shared >= _SHARED or held >= _HELD
    if _overlap(one.numbers, other.numbers) < _NUMBERS:
        return False
    if one.info.date and other.info.date and one.info.date != other.info.date:
        return shared >= _SHARED_LATER
    shortened = held >= _HELD_THAT_DAY and _titles(one.info, other.info) >= _TITLE_OF_SHORTENED
    return shared >= _SHARED_THAT_DAY or shortened


def may_carry_the_same(one: ArticleInfo, other: ArticleInfo) -> bool:
    """Whether what is known of two articles leaves it open that they are copies."""
    if one.date and other.date and abs((one.date - other.date).days) > _DAYS:
        return False
    if _are_of_two_outlets(one, other):
        return True
    return _titles(one, other) >= _TITLE_AT_HOME


def _are_of_two_outlets(one: ArticleInfo, other: ArticleInfo) -> bool:
    outlets = {one.source.casefold(), other.source.casefold()}
    return len(outlets) == 2 and "" not in outlets


def _titles(one: ArticleInfo, other: ArticleInfo) -> float:
    """How much of the shorter title is in the other; 0 where their numbers differ.

    “Quiz of the week: 10-16 June” and “Quiz of the week: 17-23 June” are two.
    """
    words, others = _title(one), _title(other)
    numbers = frozenset(filter(str.isdecimal, words)), frozenset(filter(str.isdecimal, others))
    if all(numbers) and _overlap(*numbers) < 1:
        return 0.0
    return _overlap(words, others)


def _title(info: ArticleInfo) -> frozenset[str]:
    """The words of a title without the outlet's name behind it."""
    said, _, outlet = info.heading.rpartition(" | ")
    title = said if said and len(outlet.split()) <= _OUTLET_WORDS else info.heading
    return frozenset(_WORD.findall(title.casefold())) - _SMALL


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that is in the other; 1 where there is nothing to compare."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 1.0
