"""Sentences with a clause glued to them that their source does not have, as models add them.

The clauses are the last ones of other real sentences, of the same article or of another, so that
they are about its matter and well formed; those that share words with what is cited are left out.
Put to sources that have both, such sentences are true.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Callable, Iterator, Sequence

from drawn import Drawn, evidence

from index.sentences import split_sentences
from index.types import Article

__all__ = ["added", "glued", "joined", "joined_paraphrases", "onto_paraphrases"]

Made = Callable[[Drawn, random.Random], str | None]

# The clause that ends a sentence, by what it begins with.
_LAST = {
    "which": r", (?P<clause>which [a-z’]+ [^“”\":;]+)\.$",
    "and": r", (?P<clause>and (?:the|a|an|he|she|they|it|his|her|their|[A-Z]\w+) [^“”\":;]+)\.$",
    "because": r"(?<=[a-z])(?:,)? (?P<clause>(?:because|since) (?!of\b)[a-z][^“”\":;]+)\.$",
    "after": r"(?<=[a-z])(?:,)? (?P<clause>(?:after|before|when|while) [a-z][^“”\":;]+)\.$",
    "participle": (
        r", (?P<clause>(?!including|according|following|during|regarding|being)[a-z]{3,}ing"
        r" [^“”\":;]+)\.$"
    ),
}
_FIRST_PERSON = re.compile(r"\b(?:I|I[’']m|we|We|my|our|us|me|you|your)\b")
_SMALL = frozenset(
    "a about after all also an and are as at be because been before but by can could did do does"
    " for from had has have he her him his how if in into is it its just may might more most no not"
    " of on one or other our out over said say says she should since so some such than that the"
    " their them then there these they this those through to up was we were what when where which"
    " while who will with would you your".split()
)
_FEWEST, _MOST = 5, 18
# Words with content that a clause has at least, and the share of them that may be in the source.
_SAYS, _KNOWN = 3, 0.25


def _content(text: str) -> set[str]:
    """The beginnings of the words of a text that say something."""
    return {w[:5] for w in re.findall(r"[^\W_]+", text.lower()) if w not in _SMALL}


def _clauses(article: Article, begun: str) -> Iterator[tuple[str, int, int]]:
    """The last clauses of an article's sentences that begin so, and where the sentences stand."""
    for place in split_sentences(article.text):
        text = article.text[place.start : place.end]
        found = re.search(_LAST[begun], text) if "\n" not in text else None
        if (
            found
            and _FEWEST <= len(found["clause"].split()) <= _MOST
            and not _FIRST_PERSON.search(found["clause"])
            and len(_content(found["clause"])) >= _SAYS
        ):
            yield found["clause"], place.start, place.end


def _is_new(clause: str, cited: str) -> bool:
    content = _content(clause)
    return len(content & _content(cited)) <= _KNOWN * len(content)


def glued(text: str, clause: str) -> str | None:
    """A sentence with a clause, and what is before it, put before its full stop.

    None where there is no clause, or the sentence ends otherwise or in what somebody says.
    """
    plain = re.search(r"[\w%)]\.$", text) and not re.search(r"[“”\"]", text[-25:])
    return f"{text[:-1]}{clause}." if clause and plain else None


def _with(text: str, clause: str) -> str | None:
    adverbial = re.match(r"(?:because|since|after|before|when|while)\b", clause)
    return glued(text, f" {clause}" if adverbial else f", {clause}")


def _chosen(
    text: str, cited: str, articles: Sequence[Article], begun: str, pick: random.Random
) -> str | None:
    """A sentence with a clause of one of some articles that is new to what is cited."""
    found = [c for a in articles for c, *_ in _clauses(a, begun) if _is_new(c, cited)]
    return _with(text, pick.choice(found)) if found else None


def added(half: Sequence[Article]) -> dict[str, Made]:
    """Ways to add a clause of the same article, by its beginning, or any one of another.

    Args:
        half: The articles that clauses of other articles are taken from.
    """

    def same(begun: str) -> Made:
        return lambda one, pick: _chosen(one.text, one.evidence.text, [one.article], begun, pick)

    def other(one: Drawn, pick: random.Random) -> str | None:
        begun = pick.choice(list(_LAST))
        return _chosen(one.text, one.evidence.text, pick.sample(half, 8), begun, pick)

    made = {f"clause added, {begun}": same(begun) for begun in _LAST}
    return made | {"clause of another": other}


def joined(
    drawn: Sequence[Drawn], reworded: Callable[[Drawn, random.Random], str | None]
) -> Iterator[tuple[Drawn, str]]:
    """Sentences with a clause of their article, put to both sentences, so that they are true.

    Args:
        drawn: The sentences.
        reworded: Says the whole in other words, as far as it can.
    """
    pick = random.Random(7)
    seen = set()
    for one in drawn:
        if one.article.info.id in seen:
            continue
        begun = pick.choice(list(_LAST))
        found = [c for c in _clauses(one.article, begun) if _is_new(c[0], one.evidence.text)]
        text = _with(one.text, found[0][0]) if found else None
        if text is None:
            continue
        seen.add(one.article.info.id)
        source = evidence(one.article, *found[0][1:])
        both = f"{one.evidence.text} {source.text}"
        context = f"{one.evidence.context}\n{source.context}"
        cited = dataclasses.replace(one.evidence, text=both, context=context)
        true = Drawn(text, cited, one.article)
        yield true, reworded(true, pick) or text


def onto_paraphrases(fair: Sequence[tuple[Drawn, str]]) -> Iterator[tuple[Drawn, str]]:
    """Fair paraphrases with a clause of their article that their source does not have."""
    pick = random.Random(11)
    for one, text in fair:
        for begun in pick.sample(list(_LAST), len(_LAST)):
            made = _chosen(text, one.evidence.text, [one.article], begun, pick)
            if made is not None:
                yield one, made
                break


def joined_paraphrases(fair: Sequence[tuple[Drawn, str]]) -> Iterator[tuple[Drawn, str]]:
    """Two fair paraphrases in one sentence, put to both sources."""
    for (one, text), (other, more) in zip(fair[::2], fair[1::2], strict=False):
        first, rest = more.split(" ", maxsplit=1)
        known = f"{one.evidence.context}\n{other.evidence.context}"
        cited = dataclasses.replace(
            one.evidence, text=f"{one.evidence.text} {other.evidence.text}", context=known
        )
        written = other.evidence.context.partition("\n")[2]
        lead = first if re.search(rf"\b{first.strip(',')}\b", written) else first.lower()
        made = _with(text, f"and {lead} {rest.rstrip('.')}")
        if made is not None:
            yield Drawn(cited.text, cited, one.article), made
