"""A library on a Chroma server, or in Chroma's distributed service: the door to it.

Two collections hold it. `NAME` has the passages, each with its vector, its text, its offsets and
what is known of its article, so that any program that speaks to Chroma can use them.
`NAME.articles` is the truth: every version of every article in pieces, and for each article one
record, its head, that says which version stands and in which step it was published. Who follows
the steps has the library. Calls and sizes stay within what the distributed service allows.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from index.address import ServerAddress
from index.connection import Connection
from index.errors import LibraryDamaged
from index.rows import as_number
from index.types import Filters, Passage
from index.vectors import conditions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Head", "Server", "State", "pieces"]

_T = TypeVar("_T")

# The distributed service takes and gives 300 records at once.
_RECORDS = 300
# It takes 16,384 bytes in a document, 4,096 in a value.
_DOCUMENT_BYTES = 15_000
_VALUE_CHARACTERS = 1_000
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Head:
    """Which version of an article stands.

    Attributes:
        article: Its id.
        version: The version that stands, or stood when the article was removed.
        removed: Whether it was removed.
        pieces: In how many pieces that version is kept.
        step: The step that published it.
    """

    article: str
    version: int
    removed: bool
    pieces: int
    step: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """What the server says of the library as a whole.

    Attributes:
        identity: Another one for every library that was ever made there.
        step: The last step that was published.
        embedded: The step up to which all that was published is known to have its vectors.
        embedder: Name, dimension and fingerprint of its embedder; empty before there is one.
        writer: Who is writing, as a person reads it; empty when nobody is.
        token: What the writer knows itself by.
        until: Until when that writer may write, in nanoseconds of the server's clock.
    """

    identity: str
    step: int = 0
    embedded: int = 0
    embedder: Mapping[str, str | int] = field(default_factory=dict)
    writer: str = ""
    token: str = ""
    until: int = 0


class Server:
    """Speaks to one library on a server; connects at the first call.

    Args:
        address: Where the library is.
        token: What the server lets one in by, or empty.

    Attributes:
        address: Where the library is.
        connection: Whose errors every method raises.
    """

    def __init__(self, address: ServerAddress, token: str = "") -> None:
        self.connection = Connection(address, token)
        self.address = address

    # what a vector store can

    @property
    def exists(self) -> bool:
        """The passages are kept where the library is."""
        return True

    @property
    def is_writable(self) -> bool:
        """Whether it can be opened: a server always can, as far as this side knows."""
        return True

    def close(self) -> None:
        """Ends the connection; the next call makes another."""
        self.connection.close()

    def apply(
        self, gone: Sequence[str], held: Sequence[tuple[Passage, NDArray[np.float32]]]
    ) -> None:
        """Removes passages by id and adds others with their vectors, replacing those it has."""
        for ids in _chunks(gone):
            self.connection.passages("delete", ids=ids)
        for chunk in _chunks(held):
            self.connection.passages(
                "upsert",
                ids=[passage.id for passage, _ in chunk],
                embeddings=[vector for _, vector in chunk],
                documents=[next(pieces(passage.text)) for passage, _ in chunk],
                metadatas=[_fields(passage) for passage, _ in chunk],
            )

    def search(
        self, vector: NDArray[np.float32], limit: int, filters: Filters | None = None
    ) -> list[tuple[str, float]]:
        """The nearest passages, nearest first, as ids with their cosine similarity."""
        found = self.connection.passages(
            "query",
            query_embeddings=[vector],
            n_results=limit,
            where=conditions(filters) if filters else None,
            include=["distances"],
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(identity, 1.0 - distance) for identity, distance in pairs]

    def embeddings(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of passages; those that it does not hold are left out."""
        import numpy as np  # noqa: PLC0415 - only searches with vectors need it

        kept = {}
        for chunk in _chunks(ids):
            found = self.connection.passages("get", ids=chunk, include=["embeddings"])
            for identity, vector in zip(found["ids"], found["embeddings"], strict=True):
                row = np.asarray(vector, dtype=np.float32)
                kept[identity] = row / np.linalg.norm(row)
        return kept

    def count(self) -> int:
        """How many passages have vectors."""
        return int(self.connection.passages("count"))

    def ids(self) -> Iterator[list[str]]:
        """The ids of all passages, page by page; nobody may write meanwhile."""
        offset = 0
        while True:
            found = self.connection.passages("get", limit=_RECORDS, offset=offset, include=[])
            found = found["ids"]
            if not found:
                return
            yield list(found)
            offset += len(found)

    def ids_of(self, articles: Sequence[str]) -> Iterator[str]:
        """The ids of all passages of these articles; nobody may write meanwhile."""
        for chunk in _chunks(articles):
            offset = 0
            while found := self.connection.passages(
                "get",
                where={"article": {"$in": chunk}},
                limit=_RECORDS,
                offset=offset,
                include=[],
            )["ids"]:
                yield from found
                offset += len(found)

    # the articles

    def state(self) -> State:
        """What the server says of the library now.

        Raises:
            NoLibrary: When it holds none of this name.
            LibraryDamaged: When it was written by a newer version.
        """
        identity, said = self.connection.described()
        if int(said.get("format", 0)) > _FORMAT:
            raise LibraryDamaged(
                f"the library {self.address} was written by a newer Dateline",
                help="upgrade Dateline here",
            )
        return State(
            identity=identity,
            step=int(said.get("step", 0)),
            embedded=int(said.get("embedded", 0)),
            embedder={k: said[k] for k in ("name", "dimension", "fingerprint") if k in said},
            writer=str(said.get("writer", "")),
            token=str(said.get("token", "")),
            until=int(said.get("until", 0)),
        )

    def set_state(self, state: State) -> None:
        """Says of the library what is to hold from now on."""
        metadata = {
            "format": _FORMAT,
            "step": state.step,
            "embedded": state.embedded,
            "writer": state.writer,
            "token": state.token,
            "until": state.until,
            **state.embedder,
        }
        self.connection.articles("modify", metadata=metadata)

    def create(self) -> None:
        """Makes the library where there is none."""
        self.connection.create()

    def changes(self, after: int, upto: int) -> Iterator[tuple[int, list[Head]]]:
        """The heads of the steps after one, up to another: the last step read, and its heads."""
        span = 64
        while after < upto:
            end = min(after + span, upto)
            terms = [{"step": {"$gt": after}}, {"step": {"$lte": end}}]
            found = self.connection.articles(
                "get", where={"$and": terms}, limit=_RECORDS, include=["metadatas"]
            )
            # A full page may be cut short; one step alone always fits.
            if len(found["ids"]) == _RECORDS and end - after > 1:
                span = max(1, (end - after) // 2)
                continue
            yield end, [_head(i, m) for i, m in zip(found["ids"], found["metadatas"], strict=True)]
            after, span = end, span * 2

    def last_step(self, after: int) -> int:
        """The last step that was published, whether or not its writer lived to say so."""
        where = {"step": {"$gt": after}}
        found = self.connection.articles("get", where=where, limit=_RECORDS, include=["metadatas"])
        return max((int(metadata["step"]) for metadata in found["metadatas"]), default=after)

    def version(self, article: str, version: int) -> str:
        """What was published of any version of an article, or an empty text."""
        ids = [f"{article}.{version}.{n}" for n in range(_RECORDS)]
        found = self.connection.articles("get", ids=ids, include=["documents"])
        parts = dict(zip(found["ids"], found["documents"], strict=True))
        return "".join(parts[identity] for identity in ids if identity in parts)

    def texts(self, heads: Sequence[Head]) -> dict[str, str]:
        """What was published of the versions that stand, by the article's id.

        Raises:
            LibraryDamaged: When pieces of one are missing.
        """
        wanted = [_piece(head, n) for head in heads for n in range(head.pieces)]
        parts: dict[str, str] = {}
        for chunk in _chunks(wanted):
            found = self.connection.articles("get", ids=chunk, include=["documents"])
            parts.update(zip(found["ids"], found["documents"], strict=True))
        if missing := [one for one in wanted if one not in parts]:
            raise LibraryDamaged(
                f"the library {self.address} lacks {len(missing)} pieces of articles,"
                f" {missing[0]} among them",
                help="index these articles again into it",
            )
        return {h.article: "".join(parts[_piece(h, n)] for n in range(h.pieces)) for h in heads}

    def publish(self, heads: Sequence[tuple[Head, str]]) -> None:
        """Puts versions in their pieces, and then the heads that make them stand.

        Args:
            heads: At most 300 heads of one step, each with the text of its version.
        """
        records = [
            (_piece(head, n), part) for head, text in heads for n, part in enumerate(pieces(text))
        ]
        for chunk in _chunks(records):
            self.connection.articles(
                "upsert",
                ids=[identity for identity, _ in chunk],
                embeddings=[_anywhere(identity) for identity, _ in chunk],
                documents=[part for _, part in chunk],
            )
        self.connection.articles(
            "upsert",
            ids=[head.article for head, _ in heads],
            embeddings=[_anywhere(head.article) for head, _ in heads],
            metadatas=[
                {
                    "version": head.version,
                    "removed": head.removed,
                    "pieces": head.pieces,
                    "step": head.step,
                }
                for head, _ in heads
            ],
        )


def pieces(text: str) -> Iterator[str]:
    """Cuts a text so that each piece fits a document of Chroma's distributed service."""
    data = text.encode()
    start = 0
    while True:
        piece = data[start : start + _DOCUMENT_BYTES].decode(errors="ignore")
        yield piece
        start += len(piece.encode())
        if start >= len(data):
            return


def _piece(head: Head, number: int) -> str:
    return f"{head.article}.{head.version}.{number}"


def _head(identity: str, metadata: Mapping[str, Any]) -> Head:
    return Head(
        identity,
        int(metadata["version"]),
        bool(metadata["removed"]),
        int(metadata["pieces"]),
        int(metadata["step"]),
    )


def _anywhere(identity: str) -> list[float]:
    """A place on the unit circle: Chroma wants a vector for everything it keeps."""
    angle = int.from_bytes(hashlib.sha256(identity.encode()).digest()[:4]) / 2**32 * math.tau
    return [math.cos(angle), math.sin(angle)]


def _fields(passage: Passage) -> dict[str, str | int]:
    info = passage.article
    return {
        "article": info.id,
        "version": info.version,
        "ordinal": passage.ordinal,
        "start": passage.start,
        "end": passage.end,
        "date": as_number(info.date),
        "source": info.source.lower()[:_VALUE_CHARACTERS],
        "outlet": info.source[:_VALUE_CHARACTERS],
        "title": info.heading[:_VALUE_CHARACTERS],
        "authors": "; ".join(info.authors)[:_VALUE_CHARACTERS],
        "url": info.url[:_VALUE_CHARACTERS],
    }


def _chunks(items: Sequence[_T]) -> Iterator[list[_T]]:
    rest = iter(items)
    while chunk := list(islice(rest, _RECORDS)):
        yield chunk
