"""What Tab offers: commands and what stands behind them, outlets, titles and files."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from assistant.repl.commands import COMMANDS
from index.types import ArticleInfo

__all__ = ["Offer", "Vocabulary", "files", "offers"]

# Letters of a title or an outlet's name that have to be there before a question is completed.
_ENOUGH = 3
# Words of a question that may be the beginning of a title.
_WORDS = 8
_SHOWN = 40
_DAYS = (
    *(("today", ""), ("yesterday", ""), ("last week", ""), ("last month", "")),
    ("off", "no limit"),
)
_WORDS_BEHIND = {
    "/since": _DAYS,
    "/until": _DAYS,
    "/as-of": _DAYS,
    "/feedback": (("good", ""), ("bad", "")),
    "/strict": (("on", ""), ("off", "sentences are marked instead")),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that could stand at the cursor.

    Attributes:
        text: What would stand there.
        length: How many letters before the cursor it takes the place of.
        note: What it is, for people.
    """

    text: str
    length: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a library and a chat know.

    Attributes:
        outlets: Their names, those with most articles first.
        titles: The titles of articles by their lower case, sorted.
        ids: The articles' ids by their titles in lower case.
        models: Names of models.
        chats: The chats that were kept: what names one, and its title.
        places: What can be opened: its number, and what it is.
    """

    outlets: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    models: tuple[str, ...] = ()
    chats: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, articles: Iterable[ArticleInfo]) -> Self:
        """The outlets and titles of articles."""
        outlets: Counter[str] = Counter()
        titles: dict[str, str] = {}
        ids: dict[str, str] = {}
        for info in articles:
            outlets[info.source] += 1
            if info.title:
                titles.setdefault(info.title.lower(), info.title)
                ids.setdefault(info.title.lower(), info.id)
        del outlets[""]
        names = tuple(name for name, _ in outlets.most_common())
        return cls(names, tuple(sorted(titles.items())), ids)


def offers(line: str, words: Vocabulary, files: Callable[[str], Iterable[str]]) -> list[Offer]:
    """What could stand at the end of a line that is being typed.

    Args:
        line: The line up to the cursor.
        words: What is known.
        files: The paths that begin with something.
    """
    if not line.startswith("/"):
        return list(_in_question(line, words))
    name, space, rest = line.partition(" ")
    if not space:
        return [
            Offer(command.name, len(name), command.what)
            for command in COMMANDS
            if command.name.startswith(name.lower())
        ]
    return list(_behind(name.lower(), rest.lstrip(), words, files))


def _behind(
    name: str, rest: str, words: Vocabulary, files: Callable[[str], Iterable[str]]
) -> Iterator[Offer]:
    match name:
        case "/open" | "/copy":
            yield from _beginning(rest, words.places)
            if name == "/open":
                yield from _titles(rest, words)
                yield from _beginning(rest.rpartition(" ")[2], [("--browser", "its address")])
        case "/source":
            last = rest.rpartition(",")[2].lstrip()
            yield from _beginning(last, [(outlet, "outlet") for outlet in words.outlets])
            yield from _beginning(rest, [("off", "all outlets")])
        case "/model":
            yield from _beginning(rest, [(model, "") for model in words.models])
            yield from _beginning(rest, [("off", "quotes only")])
        case _ if name in _WORDS_BEHIND:
            yield from _beginning(rest, _WORDS_BEHIND[name])
        case "/resume":
            yield from _beginning(rest, words.chats)
        case "/save" | "/save!":
            yield from (Offer(path, len(rest)) for path in files(rest))
        case "/index":
            last = _last_path(rest)
            paths = files(last.replace("\\ ", " "))
            yield from (Offer(path.replace(" ", "\\ "), len(last)) for path in paths)
        case _:
            return


def _last_path(rest: str) -> str:
    """The last of several paths, of which each space that is part of one follows a backslash."""
    return re.split(r"(?<!\\) ", rest)[-1]


def _beginning(typed: str, known: Iterable[tuple[str, str]]) -> Iterator[Offer]:
    lower = typed.lower()
    for text, note in known:
        if text.lower().startswith(lower) and text != typed:
            yield Offer(text, len(typed), note)


def _titles(typed: str, words: Vocabulary) -> Iterator[Offer]:
    lower = typed.lower()
    if len(lower) < _ENOUGH:
        return
    at = bisect_left(words.titles, (lower,))
    for key, title in words.titles[at : at + _SHOWN]:
        if not key.startswith(lower):
            return
        if title != typed:
            yield Offer(title, len(typed), "title")


def _in_question(line: str, words: Vocabulary) -> Iterator[Offer]:
    """Outlets and titles that begin with the last words of a question, the most words first."""
    starts = [match.start() for match in re.finditer(r"(?<!\S)[“\"‘'(]*\S", line)][-_WORDS:]
    found = False
    for start in starts:
        typed = line[start:].lstrip("“\"‘'(")
        if len(typed) < _ENOUGH:
            continue
        known = [(outlet, "outlet") for outlet in words.outlets]
        for offer in (*_beginning(typed, known), *_titles(typed, words)):
            found = True
            yield offer
        if found:
            return


def files(typed: str) -> Iterator[str]:
    """The files and folders whose paths begin with what was typed, folders with a slash behind."""
    folder, slash, name = typed.rpartition("/")
    try:
        entries = sorted(Path(folder + slash or ".").expanduser().iterdir())
    except (OSError, RuntimeError):  # there is no such folder, or no such person's home
        return
    for entry in entries:
        if entry.name.startswith(name) and (name.startswith(".") or entry.name[0] != "."):
            yield f"{folder}{slash}{entry.name}{'/' * entry.is_dir()}"
