"""An older library is brought up to date, or stays exactly what it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from damage import make_library

from index import schema
from index.embed.fake import FakeEmbedder
from index.errors import LibraryDamaged
from index.library import Library


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("CREATE TABLE fetched (x); CREATE TABLE y (z)", id="at once"),
        pytest.param("CREATE TABLE y (z); DELETE FROM articles; SELECT nothing", id="midway"),
    ],
)
def test_failing_migration_leaves_the_old_library(tmp_path, monkeypatch, script):
    """When a step fails, this version's library is untouched, and this version still uses it."""
    folder = make_library(tmp_path / "library", 2)
    known = schema._MIGRATIONS
    with closing(sqlite3.connect(folder / "catalog.sqlite3")) as connection:
        before = list(connection.iterdump())
    with monkeypatch.context() as newer:
        newer.setattr(schema, "_MIGRATIONS", (*known, script))
        for module in ("index.schema", "index.database", "index.opening"):
            newer.setattr(f"{module}.CURRENT", len(known) + 1)
        with pytest.raises(LibraryDamaged):
            Library(folder, embedder=FakeEmbedder())
    with closing(sqlite3.connect(folder / "catalog.sqlite3")) as connection:
        assert list(connection.iterdump()) == before
        assert connection.execute("PRAGMA user_version").fetchone() == (len(known),)
    with Library(folder, embedder=FakeEmbedder()) as library:
        found = library.retrieve("mark1 of part3")
        assert found.warnings == ()
        assert found.hits[0].passage.article.title == "Report 1"
    (backup,) = folder.glob("catalog.schema*.sqlite3")
    with closing(sqlite3.connect(backup)) as connection:
        assert list(connection.iterdump()) == before


def test_damaged_catalog_is_not_migrated(tmp_path, monkeypatch):
    """A step is not tried on a catalog whose copy is not whole."""
    from damage import garbage

    folder = make_library(tmp_path / "library", 2)
    garbage(folder / "catalog.sqlite3", 0.3, 0.6)
    damaged = (folder / "catalog.sqlite3").read_bytes()
    with monkeypatch.context() as newer:
        newer.setattr(schema, "_MIGRATIONS", (*schema._MIGRATIONS, "CREATE TABLE y (z)"))
        for module in ("index.schema", "index.database", "index.opening"):
            newer.setattr(f"{module}.CURRENT", len(schema._MIGRATIONS))
        with pytest.raises(LibraryDamaged) as caught:
            Library(folder, embedder=FakeEmbedder())
    assert "repair" in caught.value.help
    assert (folder / "catalog.sqlite3").read_bytes() == damaged
