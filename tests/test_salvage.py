"""A damaged catalog is named, saved as far as it can be read, and what is gone is told."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner
from damage import garbage, held_by_stores, make_library, reports, truncate

from assistant.cli import main
from index.embed.fake import FakeEmbedder
from index.errors import LibraryDamaged, LibraryLocked
from index.library import Library
from index.pages import rows_of
from index.salvage import salvage_catalog

COUNT = 6
EACH = 11  # passages of an article


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_library(tmp_path_factory.mktemp("made") / "library", COUNT)


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made, tmp_path / "library")


def texts():
    return {article.info.url: article.text for article in reports(COUNT)}


def check(folder, salvage):
    """What was saved is whole and searchable; what was not is named or at least counted."""
    expected = texts()
    with Library(folder, embedder=FakeEmbedder()) as library:
        library.repair()
        held = {info.url: library.article(info.id).text for info in library.articles()}
        assert len(held) == salvage.articles
        assert all(expected[url] == text for url, text in held.items())
        passages, words, vectors = held_by_stores(library)
        assert passages == words == vectors == EACH * len(held)
        for url in held:
            number = url.rpartition("/")[2]
            assert library.search(f"mark{number}")[0].passage.article.url == url
        library.add(*reports(COUNT))
        assert held_by_stores(library) == (EACH * COUNT,) * 3


def test_rows_of_a_whole_file_are_its_rows(folder):
    """Read page by page, a catalog holds what SQLite reads, texts on many pages included."""
    file = folder / "catalog.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        versions = set(connection.execute("SELECT * FROM versions"))
        embeddings = set(connection.execute("SELECT * FROM embeddings"))
    rows = [row for row in rows_of(file) if row.whole]
    assert {row.values for row in rows if len(row.values) == 10} == versions
    found = {row.values for row in rows if len(row.values) == 3}
    assert embeddings <= found


def test_log_is_read_too(tmp_path):
    """What is committed and not yet in the file itself is found as well."""
    file = tmp_path / "some.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (a, b, c, d)")
        connection.execute("INSERT INTO t VALUES (1, -300, 'Øre', 2.5)")
        connection.commit()
        copy = tmp_path / "copy.sqlite3"
        shutil.copy(file, copy)
        shutil.copy(f"{file}-wal", f"{copy}-wal")
    assert (1, -300, "Øre", 2.5) in [row.values for row in rows_of(copy)]


def test_whole_catalog_is_left_alone(folder):
    """Nothing is replaced where nothing is wrong."""
    before = (folder / "catalog.sqlite3").read_bytes()
    assert salvage_catalog(folder) is None
    assert (folder / "catalog.sqlite3").read_bytes() == before


@pytest.mark.parametrize(
    "plant",
    [
        pytest.param(lambda file: garbage(file, 0, 0.02), id="first pages"),
        pytest.param(lambda file: garbage(file, 0.5, 0.55), id="middle"),
        pytest.param(lambda file: truncate(file, 0.75), id="truncated"),
    ],
)
def test_damaged_catalog_is_saved_as_far_as_it_goes(folder, plant):
    """Opening or reading says what to do; after the repair, all that is left is right."""
    file = folder / "catalog.sqlite3"
    plant(file)
    damaged = file.read_bytes()
    salvage = salvage_catalog(folder)
    assert salvage is not None
    assert salvage.kept_as.read_bytes() == damaged
    assert salvage.articles + len(salvage.lost) >= COUNT - 1
    assert salvage.articles
    check(folder, salvage)


def test_header_alone_costs_nothing(folder):
    """With only the first bytes gone, every article and every embedding is saved."""
    garbage(folder / "catalog.sqlite3", 0, 0.0001)
    with pytest.raises(LibraryDamaged) as caught:
        Library(folder)
    assert "dateline repair" in caught.value.help
    salvage = salvage_catalog(folder)
    assert (salvage.articles, salvage.lost, salvage.to_embed) == (COUNT, (), 0)


def test_text_that_is_quietly_wrong_is_found(folder):
    """Bytes that changed inside an article's text, which SQLite cannot see, are not passed on."""
    file = folder / "catalog.sqlite3"
    content = file.read_bytes()
    assert b"The report mark3 of part6" in content
    file.write_bytes(content.replace(b"The report mark3 of part6", b"The report MARK3 of part6", 1))
    salvage = salvage_catalog(folder)
    assert [lost.url for lost in salvage.lost] == ["https://x.example/3"]
    assert salvage.lost[0].title == "Report 3"
    check(folder, salvage)


def test_removed_articles_and_old_versions_stay_what_they_are(folder):
    """A repair neither brings removed articles back nor forgets what was cited before."""
    with Library(folder, embedder=FakeEmbedder()) as library:
        library.remove("https://x.example/1", "https://x.example/2")
        changed = next(iter(reports(1, parts=2)))
        library.add(changed)
        old = library.article(changed.info.id, 1).text
    garbage(folder / "catalog.sqlite3", 0, 0.0001)
    assert salvage_catalog(folder).lost == ()
    with Library(folder, embedder=FakeEmbedder()) as library:
        library.repair()
        assert library.status().articles == COUNT - 2
        assert library.article(changed.info.id).info.version == 2
        assert library.article(changed.info.id, 1).text == old
        assert library.bound.name == "fake"


@pytest.mark.parametrize("what", ["deleted", "emptied"])
def test_catalog_gone(folder, what, tmp_path):
    """A library whose catalog is gone is not taken for a new one by any command."""
    file = folder / "catalog.sqlite3"
    file.unlink() if what == "deleted" else file.write_bytes(b"")
    for create in (False, True):
        with pytest.raises(LibraryDamaged, match="catalog") as caught:
            Library(folder, create=create)
        assert "backup" in caught.value.help
    if what == "emptied":
        shutil.rmtree(folder / "vectors")  # which else still knows the ids
    result = CliRunner().invoke(main, ["--library", str(folder), "repair", "--embedder", "local"])
    assert result.exit_code == 1
    if what == "emptied":
        assert "nothing could be saved: index again what was in the library" in result.stderr
    else:
        assert "the catalog was gone: a new one was begun" in result.stderr
        assert f"{COUNT} articles have to be indexed again:\n  article " in result.stderr
    with Library(folder, embedder=FakeEmbedder()) as library:
        assert library.add(*reports(COUNT)).added == COUNT
        assert held_by_stores(library) == (EACH * COUNT,) * 3


def test_lost_log_is_not_a_wrong_answer(tmp_path):
    """When the log is deleted, the catalog is older than its stores; indexing again mends that."""
    folder = tmp_path / "library"
    make_library(folder, 2)
    library = Library(folder, embedder=FakeEmbedder())
    library.add(*reports(3))
    shutil.copytree(folder, tmp_path / "copy")
    library.close()
    (tmp_path / "copy" / "catalog.sqlite3-wal").unlink()
    (tmp_path / "copy" / "catalog.sqlite3-shm").unlink()
    with Library(tmp_path / "copy", embedder=FakeEmbedder()) as library:
        held = library.status().articles
        assert held == 2
        assert library.search("mark1")[0].passage.article.title == "Report 1"
        library.add(*list(reports(9))[3:])
        library.add(*reports(9))
        assert held_by_stores(library) == (EACH * 9,) * 3


def test_command_says_what_is_gone_and_what_to_do(folder):
    """`repair` names lost articles, keeps the damaged file, and exits with 1."""
    content = (folder / "catalog.sqlite3").read_bytes()
    damaged = content.replace(b"The report mark3 of part6", b"The report MARK3 of part6", 1)
    (folder / "catalog.sqlite3").write_bytes(damaged)
    with Library(folder) as library:
        library._catalog.set_setting("embedder", "{}")  # the command has no fake embedder
        library._catalog.remove([info.id for info in library.articles() if info.url[-1] != "3"])
    result = CliRunner().invoke(main, ["--library", str(folder), "repair", "--json"])
    assert result.exit_code == 1
    assert "1 articles have to be indexed again:\n  Report 3 · https://x.example/3" in result.stderr
    assert "catalog.damaged-1.sqlite3" in result.stderr
    told = json.loads(result.stdout)
    assert told["salvage"]["lost"][0]["url"] == "https://x.example/3"
    assert told["articles"] == 0


def test_no_salvage_while_somebody_writes(folder):
    """A catalog is not replaced under a writer."""
    from test_lock import hold

    garbage(folder / "catalog.sqlite3", 0, 0.01)
    with hold(folder, "writing") as other:
        with pytest.raises(LibraryLocked):
            salvage_catalog(folder)
        other.kill()
        other.wait()


def test_newer_catalog_is_not_taken_for_a_damaged_one(folder):
    """A library of a later version is refused, never rewritten."""
    with closing(sqlite3.connect(folder / "catalog.sqlite3")) as connection:
        connection.execute("PRAGMA user_version=999")
    with pytest.raises(LibraryDamaged, match="999"):
        salvage_catalog(folder)
    assert not list(folder.glob("catalog.damaged*"))
