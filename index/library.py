"""The library: the one way into the index for everything outside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from index.binding import Bound
from index.clashes import Clashes
from index.dates import DatePreference, Period
from index.derive import (
    Listener,
    catch_up_lexical,
    catch_up_vectors,
    forget_gone,
    silent,
    start_over,
)
from index.errors import (
    NotConfigured,
    UnknownArticle,
)
from index.files import article_named, articles_named
from index.home import open_home
from index.intake import Intake, Item, is_address, refuse_empty
from index.readers.place import place_of
from index.reference import Reference, named
from index.retrieve import Weights
from index.searching import Searching
from index.types import (
    Article,
    ArticleInfo,
    Filters,
    Hit,
    Pending,
    Progress,
    Query,
    Report,
    Retrieval,
    Status,
)

if TYPE_CHECKING:
    from types import TracebackType

    from index.embed import Embedder
    from index.embed.many import Ceiling
    from index.retriever import LibraryRetriever
    from index.web.fetch import WebOptions

__all__ = ["Library"]

# Articles that are stored in one transaction.
_ARTICLES_AT_ONCE = 250


def _plain(outlet: str) -> str:
    return "".join(outlet.lower().removeprefix("the ").split())


class Library:
    """Indexed articles, in a folder or on a Chroma server.

    Args:
        place: The folder, or the address of a server: `http(s)://HOST:PORT/NAME`.
        embedder: What turns text into vectors; None takes the one that the library was made
            with, or the local one for a new library.
        create: Whether to make the library when there is none.
        token: What the server lets one in by; never sent anywhere else.
        once: Whether one question is asked and no more; then the vector store is not loaded where
            comparing with all embeddings takes less time.

    Attributes:
        place: The folder or the address, as text.
        folder: The folder; of a library on a server, that of its replica here.

    Raises:
        NoLibrary: When there is none and `create` is false.
        UsageError: When the folder holds something else.
        EmbedderMismatch: When the library was made with another embedder.
        LibraryDamaged: When the catalog cannot be read.
        EndpointError: When there is no replica here and the server cannot be reached.
    """

    def __init__(
        self,
        place: str | Path,
        *,
        embedder: Embedder | None = None,
        create: bool = False,
        token: str = "",
        once: bool = False,
    ) -> None:
        self._home = home = open_home(place, create=create, token=token)
        self._searching = Searching(home, lambda: self.embedder, once=once)
        self.place, self.folder = home.place, home.folder
        self._catalog = home.catalog
        self._copies = home.copies
        self._lexical = home.lexical
        self._vectors = home.vectors
        self._embedder: Embedder | None = None
        if embedder is not None:
            self.use(embedder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of every file, when what others are doing is done; afterwards it is of no use."""
        self._home.close()

    # the embedder

    @property
    def bound(self) -> Bound:
        """The embedder that the library was made with."""
        return self._home.binding.bound

    def use(self, embedder: Embedder) -> None:
        """Takes an embedder for what is embedded from now on.

        Raises:
            EmbedderMismatch: When the library was made with another one.
        """
        self._home.binding.check(embedder)
        self._embedder = embedder

    def rebind(self, embedder: Embedder, *, wait: float = 0) -> None:
        """Takes another embedder, with which `embed` then embeds every passage anew.

        What the one before embedded is kept, so that going back to it costs nothing.

        Raises:
            LibraryLocked: When another process is writing to the library.
            UsageError: When the library is on a server.
        """
        with self._home.writing(wait):
            self._home.rebind(embedder)
        self._embedder = embedder

    def expect(self, name: str) -> None:
        """Checks an embedder's name; one behind an endpoint has to send something to know more.

        Raises:
            EmbedderMismatch: When the library was made with one of another name.
        """
        self._home.binding.expect(name)

    @property
    def embedder(self) -> Embedder:
        """What embeds this library's passages and questions.

        Raises:
            NotConfigured: When it was made with an embedder that has to be handed in.
            EmbedderMismatch: When the local embedder is no longer the one it was made with.
        """
        if self._embedder is None:
            if self.bound.name not in {"", "local"}:
                raise NotConfigured(
                    f"the library was embedded with {self.bound.name}",
                    help="hand that embedder in with `Library.use`",
                )
            from index.embed.local import LocalEmbedder  # noqa: PLC0415 - only where it is used

            self.use(LocalEmbedder())
        assert self._embedder is not None
        return self._embedder

    # indexing

    def add(
        self,
        *what: Item,
        embed: bool = True,
        sync: bool = False,
        web: WebOptions | None = None,
        ignore: Sequence[str] = (),
        listener: Listener = silent,
        ceiling: Ceiling | None = None,
        wait: float = 0,
    ) -> Report:
        """Indexes files, folders, addresses of pages and feeds, or articles.

        First all articles become searchable by their words, then their passages are embedded.
        It can be stopped at any point: what was reported to the listener is kept, and the next
        call carries on. Of several articles with one address or id, the one with the latest date is
        stored, or the first of these; the others count as skipped.

        Args:
            what: Paths of files or folders, addresses that begin with `http`, articles, or
                streams.
            embed: Whether to embed now; `embed` does it later.
            sync: Whether to remove articles that were read from these paths before and are no
                longer there. Articles of other paths stay, and so do those of a file of which
                something had to be skipped now, and what fell out of a feed.
            web: How addresses are fetched; None takes the defaults.
            ignore: Patterns as in a `.gitignore` of what to leave out of folders, besides those
                in files `.datelineignore`; `sync` removes what they leave out.
            listener: Is told how far it is.
            ceiling: What embedding may cost.
            wait: Seconds to wait for another writer.

        Raises:
            ReadError: When a path does not exist, or the only address cannot be read.
            UsageError: When `sync` would remove all articles of a folder that holds no file.
            LibraryLocked: When another process is writing to the library.
            WeightsMissing: When the local embedder has no weights; the articles are searchable
                by their words all the same.
            SpendCeiling: When embedding would have cost more; likewise.
            EndpointError: When the embedder's endpoint goes on failing; likewise.
        """
        if sync:
            refuse_empty(what, ignore, self._catalog.read_from)
        intake = Intake(what, self._catalog.fetched, web, ignore)
        clashes = Clashes(self._catalog.dates)
        changes: Counter[str] = Counter()
        with self._home.writing(wait):
            for batch in intake.batches(_ARTICLES_AT_ONCE):
                changes.update(self._catalog.put(clashes.sift(batch)))
                listener(Progress("reading", changes.total()))
            changes.update(self._catalog.put(clashes.left()))
            self._catalog.fetched.note(intake.states)
            removed = self._catalog.remove(self._vanished(what, intake)) if sync else 0
            catch_up_lexical(self._catalog, self._lexical, listener)
            self._copies.catch_up(listener)
            self._home.publish()
            embedded = self._home.embed(self.embedder, listener, ceiling) if embed else 0
        return Report(
            added=changes["added"],
            changed=changes["changed"],
            unchanged=changes["unchanged"] + intake.unchanged + clashes.repeated,
            removed=removed,
            embedded=embedded,
            ignored=intake.ignored,
            skipped=(*intake.skipped, *clashes.skipped),
            kept=tuple(Counter(intake.kept.values()).items()),
            undated=tuple(intake.undated),
        )

    def _vanished(self, what: Sequence[Item], intake: Intake) -> Iterator[str]:
        """The articles that were read from these paths before and were not seen now."""
        for item in what:
            if isinstance(item, str | Path) and not is_address(item):
                stored = self._catalog.read_from(place_of(item))
                yield from intake.vanished(stored.items())

    def remove_read_from(self, *paths: str | Path, wait: float = 0) -> int:
        """Removes the articles that were read from files, or from below folders; returns how many.

        Raises:
            LibraryLocked: When another process is writing to the library.
        """
        with self._home.writing(wait):
            gone = [i for path in paths for i in self._catalog.read_from(place_of(path))]
            removed = self._catalog.remove(gone)
            if removed:
                catch_up_lexical(self._catalog, self._lexical, silent)
                self._home.publish()
                forget_gone(self._catalog, self._vectors)
        return removed

    def remove(self, *references: Reference, wait: float = 0) -> list[ArticleInfo]:
        """Removes articles, named as for `article`, from everything that searches.

        A file that holds several, or a folder, stands for all of them. What was cited of them can
        still be shown.

        Raises:
            UnknownArticle: When a reference fits none, or several otherwise; then nothing is
                removed.
            LibraryLocked: When another process is writing to the library.
        """
        with self._home.writing(wait):
            ids = (i for one in references for i in articles_named(self._catalog, named(one)))
            found = [self._catalog.article(identity).info for identity in dict.fromkeys(ids)]
            self._catalog.remove(info.id for info in found)
            catch_up_lexical(self._catalog, self._lexical, silent)
            self._home.publish()
            forget_gone(self._catalog, self._vectors)
        return found

    def embed(
        self,
        *,
        listener: Listener = silent,
        ceiling: Ceiling | None = None,
        wait: float = 0,
        most: int | None = None,
    ) -> int:
        """Embeds what has no vector yet, what was added last first.

        Args:
            listener: Is told how far it is.
            ceiling: What it may cost.
            wait: Seconds to wait for another writer.
            most: How many passages it embeds at the most; None for all.

        Returns:
            How many passages were embedded.

        Raises:
            LibraryLocked: When another process is writing to the library.
            SpendCeiling: When it would have cost more; what was embedded is kept.
            EndpointError: When the embedder's endpoint goes on failing; likewise.
        """
        with self._home.writing(wait):
            return self._home.embed(self.embedder, listener, ceiling, most=most)

    def pending(self) -> Pending:
        """What has still to be embedded; nothing is sent to find out."""
        return self._catalog.embeddings.pending(self.bound.fingerprint)

    def repair(self, *, embed: bool = True, listener: Listener = silent, wait: float = 0) -> None:
        """Rebuilds the lexical index and the vector store from the catalog.

        Passages whose embedding the catalog holds are not embedded again.

        Args:
            embed: Whether those that have none are embedded, too.
            listener: Is told how far it is.
            wait: Seconds to wait for another writer.

        Raises:
            LibraryLocked: When another process is writing to the library.
        """
        self._home.begin_repair(wait)
        with self._home.writing(wait):
            self._home.empty_vectors()
            start_over(self._catalog, self._lexical, "lexical")
            catch_up_lexical(self._catalog, self._lexical, listener)
            if self._catalog.is_empty():  # else it would be bound to this embedder
                return
            if embed:
                self._home.embed(self.embedder, listener, None)
            elif self.bound.fingerprint:
                catch_up_vectors(self._catalog, self._vectors, self.bound.fingerprint)

    # searching

    def retrieve(
        self,
        query: str,
        *,
        k: int = 10,
        filters: Filters | None = None,
        near: dt.date | DatePreference | None = None,
        weights: Weights | None = None,
        without: Collection[str] = (),
    ) -> Retrieval:
        """Finds the passages for a query, and says what was in the way of finding them.

        Args:
            query: Plain words, a question or not.
            k: How many hits at the most.
            filters: What the articles must match.
            near: The day, or the dates, that articles are preferred to be near to.
            weights: How the parts of the score are weighted.
            without: Ids of articles to pass over, as if the library did not hold them.

        Raises:
            EmptyLibrary: When the library holds no article.
            LibraryDamaged: When a part of it cannot be read.
        """
        asked = Query(query, filters or Filters(), near, frozenset(without))
        return self.retrieve_each([asked], k=k, weights=weights)[0]

    def retrieve_each(
        self, queries: Sequence[Query], *, k: int = 10, weights: Weights | None = None
    ) -> list[Retrieval]:
        """`retrieve` for several queries, which are embedded in one batch.

        What was in the way of finding them is said once, by the first of the retrievals.
        """
        return self._searching.retrieve_each(queries, k=k, weights=weights)

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        filters: Filters | None = None,
        near: dt.date | DatePreference | None = None,
    ) -> list[Hit]:
        """The hits of `retrieve`, best first."""
        return list(self.retrieve(query, k=k, filters=filters, near=near).hits)

    def as_retriever(
        self,
        *,
        k: int = 10,
        filters: Filters | None = None,
        near: dt.date | DatePreference | None = None,
    ) -> LibraryRetriever:
        """A LlamaIndex retriever of this library; its arguments are those of `retrieve`.

        Its nodes carry the passage's id, its range in the article, and what is known of that.
        """
        from index.retriever import LibraryRetriever  # noqa: PLC0415 - heavy, and rarely used

        return LibraryRetriever(lambda query: self.retrieve(query, k=k, filters=filters, near=near))

    def warm_up(self) -> None:
        """Opens and loads what the first search needs; sends nothing to an endpoint.

        Raises:
            WeightsMissing: When the local embedder has no weights.
            LibraryDamaged: When a part of the library cannot be read.
        """
        self._searching.warm_up()

    def warm_up_vectors(self) -> None:
        """Opens and loads the vectors, which is most of what the first search waits for."""
        self._searching.warm_up_vectors()

    # looking

    def article(self, reference: Reference, version: int | None = None) -> Article:
        """An article by its id (or its beginning), url, path or file name.

        Args:
            reference: What names it, or what is known of it.
            version: A version of it; None for the current one.

        Raises:
            UnknownArticle: When none or more than one fits.
        """
        found = article_named(self._catalog, named(reference))
        if version is None or version == found.info.version:
            return found
        try:
            return self._catalog.article(found.info.id, version)
        except UnknownArticle:
            older = self._home.older(found.info.id, version)
            if older is None:
                raise
            return older

    def versions(self, reference: Reference) -> list[ArticleInfo]:
        """The versions of an article that are kept here, oldest first; see `article`.

        Raises:
            UnknownArticle: When none or more than one fits.
        """
        return self._catalog.versions(article_named(self._catalog, named(reference)).info.id)

    def is_removed(self, identity: str) -> bool:
        """Whether an article, named by its whole id, was removed; it can still be shown then."""
        return self._catalog.is_removed(identity)

    def copies(self, identity: str) -> tuple[ArticleInfo, ...]:
        """The other articles that carry the same report as the one with this id."""
        cluster = self._copies.of([identity]).get(identity)
        return cluster.besides(identity) if cluster else ()

    def articles(self, filters: Filters | None = None) -> Iterator[ArticleInfo]:
        """The articles that pass the filters, newest first."""
        return self._catalog.articles(filters or Filters())

    def undated(self) -> int:
        """How many articles carry no date."""
        return self._catalog.undated()

    def outlet(self, name: str) -> str:
        """The outlet that a name stands for, with or without “the”, or empty."""
        wanted = {_plain(name), f"{_plain(name)}.com"}
        return next((o for o in sorted(self._catalog.outlets()) if _plain(o) in wanted), "")

    def has_outlet(self, name: str) -> bool:
        """Whether an article is from an outlet, by its name in capitals or not."""
        return self._catalog.has_outlet(name)

    def outlets(self) -> dict[str, int]:
        """How many articles are from each outlet, those with most first; those of none under “”.

        Of a library on a server, what is new there counts, too.
        """
        self._home.follow()
        return self._catalog.articles_by_outlet()

    def dated(self, period: Period) -> int:
        """How many versions of articles carry a date of a period; counted in an instant."""
        return self._catalog.dated(period)

    def status(self) -> Status:
        """What the library holds."""
        counts = self._catalog.counts()
        first, last = self._catalog.period()
        files = (file for file in self.folder.rglob("*") if file.is_file())
        return Status(
            path=self.place,
            articles=counts["articles"],
            passages=counts["passages"],
            lexical=counts["lexical"],
            vectors=self._home.vectors_held(),
            embedder=self.bound.name,
            first=first,
            last=last,
            undated=self._catalog.undated(),
            copies=self._copies.count(),
            bytes=sum(file.stat().st_size for file in files),
        )
