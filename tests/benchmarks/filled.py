"""Libraries of a wanted size, filled faster than by embedding everything.

Articles, words and stores are real; of the vectors only as many as there is time for. The others
are real ones moved by noise and made unit vectors again, so that Chroma's graph and the catalog
hold what they would hold.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
from rows import articles, write_articles

from index.database import Database
from index.embed.local import LocalEmbedder
from index.library import Library

__all__ = ["filled"]

_REAL = 512
_NOISE = 0.03
_PASSAGES_PER_ARTICLE = 7.5


def filled(file: Path, size: int, cache: Path) -> tuple[Path, Path]:
    """A library with at least so many passages, and the file of articles that it was made from."""
    folder, source = cache / f"library-{size}", cache / f"articles-{size}.jsonl"
    embedder, complete = LocalEmbedder(), folder / "complete"
    if complete.exists() and complete.read_text("ascii") == embedder.fingerprint:
        return folder, source
    shutil.rmtree(folder, ignore_errors=True)
    with Library(folder, embedder=embedder, create=True) as library:
        count = int(size / _PASSAGES_PER_ARTICLE)
        while True:
            write_articles(file, count, source)
            library.add(source, embed=False)
            passages = library.status().passages
            if passages >= size:
                break
            count = int(count * size / passages * 1.02) + 1
        _fill(library)
        library.embed()
    complete.write_text(embedder.fingerprint, "ascii")
    return folder, source


def _fill(library: Library) -> None:
    kept = library._catalog.embeddings
    embedder = library.embedder
    pick = np.random.default_rng(1)
    first = kept.missing(embedder.fingerprint, _REAL).texts
    real = embedder.embed_passages(list(first.values()))
    kept.put(embedder.fingerprint, list(first), real)
    while texts := kept.missing(embedder.fingerprint, 5_000).texts:
        chosen = real[pick.integers(len(real), size=len(texts))]
        moved = chosen + pick.normal(scale=_NOISE, size=chosen.shape).astype(np.float32)
        moved /= np.linalg.norm(moved, axis=1, keepdims=True)
        kept.put(embedder.fingerprint, list(texts), moved)


def change_one(source: Path, to: Path) -> Path:
    """The same articles with one of them changed."""
    lines = source.read_text("utf-8").splitlines(keepends=True)
    lines[0] = lines[0].replace('"text": "', '"text": "Corrected. ', 1)
    to.write_text("".join(lines), encoding="utf-8")
    return to


def questions(file: Path, limit: int) -> list[str]:
    """Titles of articles, which is what people search for, spread over the file."""
    titles = [article["title"] for article in articles(file, limit * 20) if article.get("title")]
    return titles[:: max(1, len(titles) // limit)][:limit]


def bytes_of(folder: Path) -> dict[str, int]:
    """What the parts of a library take on disk."""
    database = Database(folder / "catalog.sqlite3")
    database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    size = {"catalog": (folder / "catalog.sqlite3").stat().st_size}
    for name in ("lexical", "vectors"):
        files = (path for path in (folder / name).rglob("*") if path.is_file())
        size[name] = sum(path.stat().st_size for path in files)
    return size
