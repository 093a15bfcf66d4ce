"""What is killed, in processes that are forked from one that has loaded everything already."""

from __future__ import annotations

import json
import multiprocessing
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
from damage import truncate

from index import derive, library, vectors
from index.embed.fake import FakeEmbedder
from index.errors import DatelineError
from index.library import Library
from index.types import Filters, Progress

__all__ = ["OPERATIONS", "Slow", "articles", "fork", "news", "small_batches", "state"]

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["chromadb", "tantivy", "rensa", "filelock", "kills"])


_SENTENCE = "The report {word} of part{part} says this about the matter of number{told}."


class Slow(FakeEmbedder):
    """Takes a little time, as embedding does in earnest, so that kills hit it too."""

    batch = 16

    def embed_passages(self, texts):
        time.sleep(0.005)
        return super().embed_passages(texts)


def articles(form: str, count: int = 24):
    """Reports of six passages; in the second form some have another text, are new, or are gone."""
    numbers = range(count) if form == "one" else [n for n in range(count + 4) if n % 5]
    for number in numbers:
        # Every eighth is a copy of the one before it, so that there are pairs to be found.
        told = number - 1 if number % 8 == 7 else number
        word = f"{form}{told}" if told % 3 == 0 else f"same{told}"
        text = "\n\n".join(
            " ".join([_SENTENCE.format(word=word, part=part, told=told)] * 16) for part in range(6)
        )
        yield {
            "url": f"https://x.example/{number}",
            "title": f"Report {told}",
            "source": "Copier" if told != number else "Herald",
            "text": text,
        }


def news(file: Path, form: str) -> Path:
    """A file of the reports; always the same one, so that `sync` knows what came from it."""
    file.write_text("\n".join(map(json.dumps, articles(form))), "utf-8")
    return file


def small_batches() -> None:
    """Makes every store commit often, and Chroma write its graph often."""
    library._ARTICLES_AT_ONCE = 6
    derive._PASSAGES_AT_ONCE = 40
    derive._VECTORS_AT_ONCE = 48
    vectors._CONFIGURATION["hnsw"]["sync_threshold"] = 48
    vectors._CONFIGURATION["hnsw"]["batch_size"] = 24


def _index(opened: Library, file: Path, tell: Callable[[Progress], None]) -> None:
    opened.add(file, sync=True, listener=tell)


def _remove(opened: Library, _: Path, tell: Callable[[Progress], None]) -> None:
    held = {info.url for info in opened.articles()}
    gone = {f"https://x.example/{number}" for number in range(1, 24, 4)} & held
    opened.remove(*sorted(gone))


def _repair(opened: Library, _: Path, tell: Callable[[Progress], None]) -> None:
    opened.repair(listener=tell)


OPERATIONS = {"index": _index, "remove": _remove, "repair": _repair}


def age(folder: Path) -> None:
    """Makes a library one of an older schema, which knew neither copies nor removals."""
    with closing(sqlite3.connect(folder / "catalog.sqlite3")) as connection:
        for table in ("copies", "bands", "sketches", "heads", "fetched"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("ALTER TABLE articles DROP COLUMN removed")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()


def hurt(folder: Path) -> None:
    """Damages both derived stores."""
    (folder / "lexical" / "meta.json").write_text("{", "utf-8")
    truncate(folder / "vectors" / "chroma.sqlite3")


def _run(place: str, operation: str, file: Path, told: Path, cache: str) -> None:
    small_batches()
    os.environ["XDG_CACHE_HOME"] = cache
    with told.open("ab", buffering=0) as out:

        def tell(progress: Progress) -> None:
            out.write(f"{progress.stage} {progress.done}\n".encode())

        out.write(b"ready 0\n")
        try:
            with Library(place, embedder=Slow(), create=True) as opened:
                OPERATIONS[operation](opened, file, tell)
            out.write(b"done 0\n")
        except DatelineError as error:
            out.write(f"failed {error.message}\n".encode())


def fork(place: object, operation: str, file: Path, told: Path, cache: object = ""):
    """Starts an operation in a process of its own and waits until it begins.

    Args:
        place: The library.
        operation: What to do, one of `OPERATIONS`.
        file: The articles.
        told: A file for what the process tells of its progress.
        cache: Where the process keeps replicas.
    """
    told.unlink(missing_ok=True)
    process = _CONTEXT.Process(target=_run, args=(str(place), operation, file, told, str(cache)))
    process.start()
    while not told.exists() or not told.stat().st_size:
        assert process.is_alive(), "the process ended before it began"
        time.sleep(0.001)
    return process


def state(opened: Library) -> dict[str, object]:
    """What a library holds in all its stores; two that are equal give the same to every search."""
    database = opened._catalog.database
    held = {
        "articles": "SELECT id, version, removed FROM articles ORDER BY id",
        "versions": "SELECT article, version, title, text FROM versions ORDER BY 1, 2",
        "passages": "SELECT id, start, end, key, live, lexical, vector FROM passages ORDER BY id",
        "embeddings": "SELECT key, vector FROM embeddings ORDER BY key",
        "sketches": "SELECT article, version FROM sketches ORDER BY article",
        "copies": "SELECT article, other FROM copies ORDER BY 1, 2",
    }
    found: dict[str, object] = {name: database.rows(query) for name, query in held.items()}
    found["in lexical"] = in_lexical(opened)
    found["in vectors"] = in_vectors(opened)
    return found


def in_lexical(opened: Library) -> set[str]:
    """The passages that a search by words gives; the word stands in all of them."""
    numbers = [number for number, _ in opened._lexical.search("report", 10_000, Filters())]
    return {passage.id for passage in opened._catalog.passages(numbers).values()}


def in_vectors(opened: Library) -> set[str]:
    """The passages that the vector store holds, each of which its graph finds by its vector."""
    store = opened._vectors
    if hasattr(store, "ids"):
        return {identity for page in store.ids() for identity in page}
    if not store.exists:
        return set()
    held = set(store._open().get(include=[])["ids"])
    live = dict(
        opened._catalog.database.rows(
            "SELECT p.id, e.vector FROM passages p JOIN embeddings e ON e.key = p.key WHERE p.live"
        )
    )
    for identity in sorted(held & set(live))[::20]:
        vector = np.frombuffer(live[identity], dtype="<f2").astype(np.float32)
        nearest = store.search(vector, 3)
        assert nearest[0][1] > 0.999, f"the graph does not find {identity}"
    return held
