"""What has become of cited words since: changed around them, moved, gone, or removed.

A quote still stands when it is whole sentences of the current text. Words that became part of a
longer sentence no longer say what they said.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.sentences import split_sentences
from index.types import Article, ArticleInfo

if TYPE_CHECKING:
    from index.library import Library

__all__ = [
    "Since",
    "become",
    "current_version",
    "describe",
    "find_quote",
    "gone_sentences",
    "look_since",
    "word_diff",
]

# How alike a sentence has to be to be shown as what became of another.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Since:
    """How an article stands now to a range of a version that was cited.

    Attributes:
        cited: The version that was cited.
        current: The current version.
        removed: Whether the article was taken out of the library.
        start: Where the quote stands in the current text, or None when it is gone.
        moved: Whether it stands at another place than it did.
        instead: The current sentences that are most like a quote that is gone; empty when none is.
    """

    cited: ArticleInfo
    current: ArticleInfo
    removed: bool
    start: int | None
    moved: bool
    instead: str

    @property
    def stands(self) -> bool:
        """Whether one may go on citing the quote."""
        return not self.removed and self.start is not None


def look_since(library: Library, info: ArticleInfo, start: int, quote: str) -> Since | None:
    """What has become of a quote; None when the version it was cut from is current.

    Args:
        library: The library.
        info: The version that was cited.
        start: Where the quote stands in it.
        quote: Whole sentences of it.

    Raises:
        UnknownArticle: When the library does not hold the article.
    """
    current = library.article(info.id)
    removed = library.is_removed(info.id)
    if not removed and current.info.version == info.version:
        return None
    found = find_quote(current.text, quote, start)
    instead = _nearest(current.text, quote) if found is None else ""
    moved = found not in {None, start}
    return Since(info, current.info, removed, found, moved, instead)


def find_quote(text: str, quote: str, near: int) -> int | None:
    """Where a quote stands in a text as whole sentences, nearest to a position; else None."""
    sentences = split_sentences(text)
    ends = {sentence.end for sentence in sentences}
    places = [
        sentence.start
        for sentence in sentences
        if text.startswith(quote, sentence.start) and sentence.start + len(quote) in ends
    ]
    return min(places, key=lambda place: abs(place - near), default=None)


def _nearest(text: str, quote: str) -> str:
    """As many sentences of a text as a quote has, those that are most like it; empty when none."""
    sentences = split_sentences(text)
    length = max(len(split_sentences(quote)), 1)
    runs = [
        text[first.start : last.end]
        for first, last in zip(sentences, sentences[length - 1 :], strict=False)
    ]
    return "".join(difflib.get_close_matches(quote, runs, 1, _ALIKE))


def gone_sentences(old: Article, new: Article) -> list[str]:
    """The sentences of one version that are not in another."""
    kept = {new.text[s.start : s.end] for s in split_sentences(new.text)}
    sentences = (old.text[s.start : s.end] for s in split_sentences(old.text))
    return [sentence for sentence in sentences if sentence not in kept]


def become(sentence: str, new: Article) -> str:
    """A sentence that is gone against the most alike one of a new version, as a word diff."""
    return word_diff(sentence, _nearest(new.text, sentence))


def word_diff(old: str, new: str) -> str:
    """Two texts as one: `[-words taken out-]`, `{+words put in+}`, the others as they are."""
    before, after = old.split(), new.split()
    parts: list[str] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, i, j, k, n in matcher.get_opcodes():
        if kind == "equal":
            parts += before[i:j]
            continue
        if i < j:
            parts.append(f"[-{' '.join(before[i:j])}-]")
        if k < n:
            parts.append(f"{{+{' '.join(after[k:n])}+}}")
    return " ".join(parts)


def current_version(cited: ArticleInfo, current: ArticleInfo) -> str:
    """That another version is current, and how its title and date differ, as a clause."""
    differs = []
    if current.title != cited.title:
        differs.append(f"its title “{current.title}”")
    if current.date != cited.date:
        differs.append(f"its date {current.date or 'none'}")
    return f"version {current.version} is current{''.join(f', {part}' for part in differs)}"


def describe(since: Since, quote: str) -> str:
    """What has become of a quote, as a clause."""
    parts = ["the article was removed from the library"] if since.removed else []
    if since.current.version != since.cited.version:
        parts.append(_change(since, quote))
    return "; ".join(parts)


def _change(since: Since, quote: str) -> str:
    changed = f"the article changed since: {current_version(since.cited, since.current)} and"
    if since.moved:
        return f"{changed} has the quoted words at another place"
    if since.start is not None:
        return f"{changed} still has the quoted words"
    if since.instead:
        return f"{changed} no longer has the quoted words: {word_diff(quote, since.instead)}"
    return f"{changed} has neither the quoted words nor any like them"
