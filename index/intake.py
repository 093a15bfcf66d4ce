"""What comes in: articles from paths and addresses, with what was skipped put aside."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ReadError, UsageError
from index.fetched import Fetched, State
from index.normalise import normalised
from index.readers import read_path
from index.readers.place import place_of
from index.readers.stream import Stream, read_stream
from index.readers.walk import IGNORED, walk
from index.types import Article, Skipped, Undated

if TYPE_CHECKING:
    from index.web.fetch import WebOptions

__all__ = ["Intake", "Item", "is_address", "refuse_empty"]

# Seconds after which what was read is stored, so that slow files and pages show progress, too, and
# a stop costs little.
_LONGEST = 1.0
# Which line of a file was skipped.
_LINE = re.compile(r" line [0-9]+\Z")

Item = str | Path | Article | Stream
"""What can be indexed: an address or a path, a path, an article, what came in a stream."""


class Intake:
    """Goes through what was given to be indexed, once.

    Args:
        what: Paths, addresses and articles.
        fetched: What is known of addresses.
        web: How addresses are fetched.
        ignore: Patterns of what to leave out of folders.

    Attributes:
        skipped: What was not read, and why.
        seen: The ids of the articles that were read.
        undated: Articles that state a date which is not understood.
        ignored: How many files and folders patterns left out.
        unchanged: Articles at addresses that had not changed.
        states: What has to be noted once all articles are stored.
        kept: Of the articles that `vanished` left out, the files, by their ids.
    """

    def __init__(
        self,
        what: Sequence[Item],
        fetched: Fetched,
        web: WebOptions | None,
        ignore: Sequence[str] = (),
    ) -> None:
        self.skipped: list[Skipped] = []
        self.seen: set[str] = set()
        self.undated: list[Undated] = []
        self.ignored = 0
        self.unchanged = 0
        self.states: list[State] = []
        self.kept: dict[str, str] = {}
        self._what = what
        self._fetched = fetched
        self._options = web
        self._ignore = ignore

    def batches(self, size: int) -> Iterator[list[Article]]:
        """The articles, so many at a time, or what was read within a second.

        Raises:
            ReadError: When a path does not exist, or the only address cannot be read.
        """
        batch: list[Article] = []
        began = time.monotonic()
        for article in self._articles():
            batch.append(article)
            if len(batch) >= size or time.monotonic() - began > _LONGEST:
                yield self._seen(batch)
                batch, began = [], time.monotonic()
        if batch:
            yield self._seen(batch)

    def _seen(self, batch: list[Article]) -> list[Article]:
        self.seen.update(article.info.id for article in batch)
        return batch

    def _articles(self) -> Iterator[Article]:
        for item in self._what:
            for found in self._read(item):
                if isinstance(found, Skipped) and found.reason == IGNORED:
                    self.ignored += 1
                elif isinstance(found, Skipped):
                    self.skipped.append(found)
                else:
                    info = found.info
                    if found.unread_date and info.date is None:
                        self.undated.append(Undated(info.path or info.url, found.unread_date))
                    yield normalised(found)

    def _read(self, item: Item) -> Iterator[Article | Skipped]:
        if isinstance(item, Article):
            yield item.identified()
        elif isinstance(item, Stream):
            yield from read_stream(item)
        elif is_address(item):
            yield from self._read_address(str(item))
        else:
            yield from read_path(Path(item), self._ignore)

    def _read_address(self, address: str) -> Iterator[Article | Skipped]:
        from index.web.read import Web  # noqa: PLC0415 - only addresses need it

        with closing(Web(self._fetched, self._options)) as web:
            try:
                yield from web.read(address)
            except ReadError as error:
                if len(self._what) == 1:
                    raise ReadError(f"{address}: {error.message}", help=error.help) from error
                yield Skipped(address, error.message)
            self.unchanged += web.unchanged
            self.states += web.states

    def vanished(self, stored: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Of articles that were stored from these paths, those that were not seen now.

        Those of a file of which something had to be skipped, or of a folder, are left out, and
        noted as kept.

        Args:
            stored: Ids and paths.
        """
        # Of what was skipped, the file: `news.jsonl line 3` and `news.zip#a.txt` are parts of one.
        files = (_LINE.sub("", item.where).partition("#")[0] for item in self.skipped)
        unread = {place_of(file) for file in files}
        for identity, path in stored:
            if identity in self.seen:
                continue
            file = path.partition("#")[0]
            if file in unread or any(str(folder) in unread for folder in Path(file).parents):
                self.kept[identity] = file
            else:
                yield identity


def refuse_empty(
    what: Iterable[Item], ignore: Sequence[str], stored: Callable[[str], Collection[str]]
) -> None:
    """Stops before all articles of a folder are removed because it holds no file at all.

    Args:
        what: Paths, addresses and articles.
        ignore: Patterns of what to leave out of folders.
        stored: Gives the articles that were read from below a folder before.

    Raises:
        UsageError: When there is such a folder.
    """
    for item in what:
        if not isinstance(item, str | Path) or is_address(item) or not Path(item).is_dir():
            continue
        if next(walk(Path(item), ignore), None) is None and (number := len(stored(place_of(item)))):
            raise UsageError(
                f"{item} holds no file, and to sync it would remove all that was read from it"
                f" ({number:,} article{'s' if number > 1 else ''})",
                help="see whether its drive is connected; if they are to go, `dateline remove`"
                " takes the folder, too",
            )


def is_address(item: object) -> bool:
    """Whether it is an address of the web and not a path."""
    return isinstance(item, str) and item.lower().startswith(("http://", "https://"))
