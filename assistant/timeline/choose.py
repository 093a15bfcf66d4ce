"""Which sentences of which articles tell of a topic, and which of them say the same."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from assistant.furniture import is_furniture
from assistant.support.text.reading import read
from assistant.timeline.dating import Dating, date_of
from assistant.timeline.naming import by_surname, names_in_full
from assistant.timeline.share import share_of
from assistant.timeline.years import Years, of_several, years_of
from index.lexical import stems
from index.neighbours import points_back
from index.sentences import split_sentences
from index.types import Article, Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embed import Embedder

__all__ = ["Told", "choose"]

# An article is about the topic when its title and first sentences hold this share of it, or some of
# it when title and first sentence are so near to it, or so many of its sentences hold all of it.
_ABOUT = 0.6
_NEAR = 0.5
_OFTEN = 3
# Of such an article, a sentence counts that holds this share by itself; of others, all of it.
_OWN = 0.34
_NAMES = 0.99
# First sentences that may say what happened.
_LEAD = 3
# Sentences of fewer words are headings and bylines; of more, lists.
_SHORT, _LONG = 6, 60
# What stands at the end of an article counts so much less than what stands at its beginning.
_LATE = 0.4
# Sentences that one article gives at the most, one day, and all together.
_EACH = 4
_A_DAY = 4
_MOST = 40
# What each further article that reports the same adds to a score, and what beginning one adds.
_REPORTED, _LEADING = 0.25, 0.25
_REPORTS = 3
# Sentences that are compared by their embeddings; more take longer than they are worth.
_EMBEDDED = 120
# Two sentences of one day say the same when they share these of their words, or are so near.
_SAME_WORDS = 0.6
_SAME = 0.8
# Two sentences are the same one with this share of all their words.
_AGAIN = 0.85
# Days for which an article may still report what another one dates.
_LAG = 3
# What states something ends so; headings and questions do not.
_STATES = re.compile(r"[.!…。！][\"”’')\]]*$")
# An article's first sentence that holds less of the topic than _OWN, and is no nearer than this to
# any that holds more, sets a scene. Of six topics, those that did had 0.16 to 0.50; those that told
# something 0.26 to 0.72.
_LEADS = 0.25
# What stands below pictures tells of a day, too, but in the present, and with the year where the
# report leaves it out.
_PICTURED = re.compile(
    r"\b(?:arrives|attends|departs|embraces|gathers?|gestures?|holds|hugs?|is displayed"
    r"|(?:is|are) (?:seen|pictured|shown)|listens?|looks? (?:on|at)|poses?|sits?|speaks"
    r"|speaking onstage|stands?|walks?|waves?)\b"
)
# What is told or has come to pass; what is “likely to stand” is not seen standing.
_TELLS = re.compile(
    r"\b(?:said|told|announced|was|were|had|passed|died|won|lost|began|led|sent|called|alleged)\b"
    r"|\b(?:to|not|will|can) (?:gather|gesture|hug|listen|look|pose|sit|stand|walk|wave)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_THIS_YEAR = 90
# Of days not so long ago, the nearest is meant.
_LONG_AGO = 30


_Part = Literal["", "lead", "instead"]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that tells of the topic.

    Attributes:
        article: The number of its article.
        sentence: Its range.
        text: What it says.
        stems: Its words.
        dating: When that was.
        score: How much it is about the topic.
        held: The share of the topic that it holds.
        part: Whether its article begins with it, or it is what may stand for a beginning that only
            sets a scene.
        same: The numbers of other articles that say the same of that day.
    """

    article: int
    sentence: Sentence
    text: str
    stems: frozenset[str]
    dating: Dating
    score: float
    held: float
    part: _Part = ""
    same: list[int] = field(default_factory=list)


def choose(
    topic: str, articles: Sequence[Article], embedder: Embedder | None
) -> tuple[list[Told], int, int]:
    """The sentences that tell of a topic, the earliest first.

    Args:
        topic: The words of the topic.
        articles: Articles that were found for it, best first.
        embedder: Compares sentences; None compares words only.

    Returns:
        The sentences, how many were left out as too many, and how many as they have no date.
    """
    near = _nearness(topic, [_opening(article) for article in articles], embedder)
    found, undated = _candidates(topic, articles, near)
    found = sorted(found, key=lambda told: -told.score)[:_EMBEDDED]
    vectors = None
    if embedder is not None and found:
        vectors = embedder.embed_passages([told.text for told in found])
        similar = vectors @ embedder.embed_query(topic)
        found = [
            replace(told, score=told.score + float(cosine))
            for told, cosine in zip(found, similar, strict=True)
        ]
        kept = [n for n, near in enumerate(_to_others(found, vectors)) if near >= _LEADS]
        found, vectors = [found[n] for n in kept], vectors[kept]
    led = {told.article for told in found if told.part == "lead"}
    kept = [n for n, told in enumerate(found) if told.part != "instead" or told.article not in led]
    found, vectors = [found[n] for n in kept], vectors if vectors is None else vectors[kept]
    chosen, left_out = _distinct(found, vectors)
    chosen.sort(key=lambda t: (t.dating.middle, t.dating.first, t.dating.last, -t.score))
    return chosen, left_out, undated


def _to_others(found: Sequence[Told], vectors: NDArray[np.float32]) -> list[float]:
    """How near each sentence is to the nearest that holds enough of the topic; 1 for those.

    A topic is often a name, of which an embedder knows little.
    """
    telling = [n for n, told in enumerate(found) if told.held >= _OWN]
    if not telling:
        return [1.0] * len(found)
    near = (vectors @ vectors[telling].T).max(axis=1)
    return [1.0 if told.held >= _OWN else float(near[n]) for n, told in enumerate(found)]


def _distinct(found: Sequence[Told], vectors: NDArray[np.float32] | None) -> tuple[list[Told], int]:
    """The best sentences of each day and article that say different things.

    What several articles report is told before what one of them adds.
    """
    different = _different(found, vectors)
    busy = Counter(told.dating.first for told in different)
    given, days = Counter[int](), Counter[dt.date]()
    chosen: list[Told] = []
    for told in sorted(different, key=lambda told: (-_weight(told), -busy[_first(told)])):
        day = _first(told)
        # A chronicle may tell more days than others, but only those that nobody else tells.
        most = 2 * _EACH if not days[day] and told.dating.last == day else _EACH
        if given[told.article] < most and days[day] < _A_DAY and len(chosen) < _MOST:
            chosen.append(told)
            given[told.article] += 1
            days[day] += 1
    return chosen, len(different) - len(chosen)


def _different(found: Sequence[Told], vectors: NDArray[np.float32] | None) -> list[Told]:
    """One sentence for each thing that is said, with the other articles that say it, too."""
    kept: list[int] = []
    for n in sorted(range(len(found)), key=lambda n: -found[n].score):
        told = found[n]
        place = next((p for p, m in enumerate(kept) if _same(found, vectors, n, m)), None)
        if place is None:
            kept.append(n)
            continue
        twin = found[kept[place]]
        if twin.dating.by == "article" and told.dating.middle < twin.dating.middle:
            kept[place], told, twin = n, twin, told
            twin.same.extend(told.same)
        if told.article not in {twin.article, *twin.same}:
            twin.same.append(told.article)
    return [found[n] for n in kept]


def _weight(told: Told) -> float:
    """How much a sentence belongs in the timeline: its score, and more for each that reports it."""
    return told.score + _REPORTED * min(len(told.same), _REPORTS) + _LEADING * (told.part == "lead")


def _first(told: Told) -> dt.date:
    return told.dating.first


def _same(found: Sequence[Told], vectors: NDArray[np.float32] | None, one: int, other: int) -> bool:
    """Whether two sentences say the same of the same day.

    An article that is published again, with other things added, bears another date.
    """
    a, b = found[one], found[other]
    again = a.dating.by == b.dating.by == "article"
    if again and len(a.stems & b.stems) >= _AGAIN * len(a.stems | b.stems):
        return True
    apart = max(a.dating.first, b.dating.first) - min(a.dating.last, b.dating.last)
    if apart.days > (_LAG if "article" in {a.dating.by, b.dating.by} else 0):
        return False
    if len(a.stems & b.stems) >= _SAME_WORDS * min(len(a.stems), len(b.stems)):
        return True
    return vectors is not None and float(vectors[one] @ vectors[other]) >= _SAME


def _nearness(topic: str, texts: Sequence[str], embedder: Embedder | None) -> Sequence[float]:
    """The cosine of each text with the topic; 0 where nothing can be compared."""
    if embedder is None or not texts:
        return [0.0] * len(texts)
    vectors = embedder.embed_passages(texts)
    return [float(cosine) for cosine in vectors @ embedder.embed_query(topic)]


def _opening(article: Article) -> str:
    """The title and the first sentence of an article."""
    first = next(iter(split_sentences(article.text)), Sentence(0, 0))
    return f"{article.info.title}. {article.text[first.start : first.end]}"


_Stated = tuple[Sentence, str, frozenset[str]]


def _candidates(
    topic: str, articles: Sequence[Article], near: Sequence[float]
) -> tuple[list[Told], int]:
    """What tells of the topic, and how many sentences that do have no date.

    An article that is about the topic gives what it begins with, and what else it dates; another
    what it dates of the whole topic or, when no article is about it, all that it says of that.
    """
    bodies = [_stated(article) for article in articles]
    latest = max((day for a in articles if (day := a.info.date)), default=None)
    owns = [own for body in bodies for _, _, own in body]
    whole, short = share_of(topic, owns), share_of(by_surname(topic, articles), owns)
    shares = [short if names_in_full(topic, article) else whole for article in articles]
    known = of_several([years_of(a.text, a.info.date) for a in articles])
    gleaned = [
        _glean(number, article, body, shares[number], near[number], latest=latest, known=known)
        for number, (article, body) in enumerate(zip(articles, bodies, strict=True))
    ]
    found = [told for each in gleaned for told in each.found]
    if not any(each.about for each in gleaned):
        found += (told for each in gleaned for told in each.mentions)
    return found, sum(each.undated for each in gleaned)


@dataclass
class _Gleaned:
    """What an article gives: sentences, others that only mention the topic, and undated ones."""

    about: bool
    found: list[Told] = field(default_factory=list)
    mentions: list[Told] = field(default_factory=list)
    undated: int = 0


def _glean(
    number: int,
    article: Article,
    body: Sequence[_Stated],
    share: Callable[[frozenset[str]], float],
    near: float,
    *,
    latest: dt.date | None,
    known: Years,
) -> _Gleaned:
    """What an article tells of the topic.

    Args:
        number: Its number.
        article: The article.
        body: Its sentences.
        share: Says what share of the topic some words hold.
        near: The cosine of its opening with the topic.
        latest: The day of the last article.
        known: The years that several articles give to days.
    """
    title = frozenset(stems(article.info.title))
    opening = share(title.union(*(own for *_, own in body[:2])))
    years = years_of(article.text, article.info.date)
    often = sum(share(own) >= _NAMES for *_, own in body) >= _OFTEN
    gleaned = _Gleaned(opening >= _ABOUT or (opening >= _OWN and (near >= _NEAR or often)))
    lead = _lead(article, body, share, share(title)) if gleaned.about else None
    instead = _early(body, share) if gleaned.about else None
    for place, (sentence, text, own) in enumerate(body):
        held = share(own)
        least = _OWN if gleaned.about else _NAMES
        if place != lead and (held < least or points_back(text)):
            continue
        dating = date_of(text, article.info.date, years)
        if dating is None:
            gleaned.undated += 1
            continue
        begins = place in {lead, instead}
        late = _LATE * place / len(body)
        score = held + 0.5 * gleaned.about + 0.5 * begins - late
        dated = dating.by == "sentence" and not _is_caption(text, dating, article.info.date)
        part: _Part = "lead" if place == lead else "instead" if begins and not dated else ""
        told = Told(number, sentence, text, own, dating, score, held, part)
        if _is_of_another_year(dating, article.info.date, known):
            continue
        if part != "lead" and _is_past_plan(text, dating, article.info.date, latest):
            continue
        if begins or dated:
            gleaned.found.append(told)
        elif not gleaned.about:
            gleaned.mentions.append(told)
    return gleaned


def _is_of_another_year(dating: Dating, published: dt.date | None, known: Years) -> bool:
    """Whether a day without a year, long ago, is one that other articles give with another year."""
    day = dating.first
    if published is None or dating.by == "article" or _YEAR.search(dating.words):
        return False
    years = known.get((day.month, day.day), {day.year})
    long_ago = (published - day).days > _LONG_AGO
    return day == dating.last and long_ago and day.year not in years


def _is_past_plan(text: str, dating: Dating, day: dt.date | None, latest: dt.date | None) -> bool:
    """Whether a sentence tells what might come on a day of which later articles know."""
    if day is None or latest is None or dating.by == "article":
        return False
    return day < dating.first and dating.last < latest and bool(read(text).hedged_by())


def _is_caption(text: str, dating: Dating, day: dt.date | None) -> bool:
    """Whether a sentence stands below a picture, by its present tense or a year nobody needs."""
    recent = day is not None and 0 <= (day - dating.first).days < _THIS_YEAR
    if _TELLS.search(text):
        return False
    return bool(_PICTURED.search(text) or (recent and _YEAR.search(dating.words)))


def _lead(
    article: Article,
    body: Sequence[_Stated],
    share: Callable[[frozenset[str]], float],
    titled: float,
) -> int | None:
    """The sentence that says what an article about the topic reports."""
    if body and (titled >= _ABOUT or not article.info.title):
        return 0
    first = _early(body, share)
    return (
        0 if first is None and body and share(body[0][2]) and not points_back(body[0][1]) else first
    )


def _early(body: Sequence[_Stated], share: Callable[[frozenset[str]], float]) -> int | None:
    """The first of the sentences that an article begins with that tells of the topic by itself."""
    shares = [0.0 if points_back(text) else share(own) for _, text, own in body[:_LEAD]]
    return next((place for place, held in enumerate(shares) if held >= _OWN), None)


def _stated(article: Article) -> list[_Stated]:
    """The sentences of an article that state something, with their words."""
    found = []
    for sentence in split_sentences(article.text):
        text = " ".join(article.text[sentence.start : sentence.end].split())
        short = text.isascii() and len(text.split()) < _SHORT
        if short or len(text.split()) > _LONG or not _STATES.search(text):
            continue
        if not is_furniture(text):
            found.append((sentence, text, frozenset(stems(text))))
    return found
