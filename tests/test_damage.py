"""Damaged or lost stores: searching goes on by what is left, and `repair` mends them.

Every fault is planted in real files; what may end the interpreter is done in another process.
"""

from __future__ import annotations

import json
import shutil

import pytest
from damage import NoEmbedding, garbage, held_by_stores, make_library, reports, run_python

from index.embed.fake import FakeEmbedder
from index.errors import StoreDamaged
from index.library import Library
from index.vectors import _CONFIGURATION

# Chroma is made to save its graph to files after half as many passages as these have.
ARTICLES = 12
PASSAGES = 11 * ARTICLES

# Searches each of several libraries, and says for each what came of it.
SEARCH_ALL = """
    import json
    from damage import NoEmbedding
    from index.library import Library
    for folder in sys.argv[1:]:
        with Library(folder, embedder=NoEmbedding()) as library:
            found = library.retrieve("mark7 of part3", k=3)
            first = found.hits[0]
            print(json.dumps([folder, first.passage.article.title, found.warnings,
                              sorted(name for name, part in first.parts.items() if part)]))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(_CONFIGURATION["hnsw"], "sync_threshold", PASSAGES // 2)
        patched.setitem(_CONFIGURATION["hnsw"], "batch_size", PASSAGES // 4)
        return make_library(tmp_path_factory.mktemp("made") / "library", ARTICLES)


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made, tmp_path / "library")


def search_all(folders):
    done = run_python(SEARCH_ALL, *folders)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, (done.returncode, told[-1:], done.stderr[-2000:])
    return {folder: rest for folder, *rest in told}


KINDS = ("cut", "emptied", "overwritten", "overwritten within", "deleted")


def damaged_copies(made, tmp_path, pattern, kinds=KINDS):
    """A copy of the library for each kind of damage to each file that fits."""
    copies = {}
    for file in sorted(made.glob(pattern)):
        for kind in kinds:
            copy = shutil.copytree(made, tmp_path / f"{file.name} {kind}")
            victim = copy / file.relative_to(made)
            if kind == "cut":
                victim.write_bytes(victim.read_bytes()[: file.stat().st_size // 2])
            elif kind == "emptied":
                victim.write_bytes(b"")
            elif kind == "deleted":
                victim.unlink()
            else:
                garbage(victim, *((0.25, 0.75) if "within" in kind else (0, 1)))
            copies[str(copy)] = f"{file.name} {kind}"
    return copies


def test_any_damaged_file_of_chroma(made, tmp_path):
    """No damage ends the process or costs an answer; what matters is said, with the fix."""
    copies = damaged_copies(made, tmp_path, "vectors/**/*.*")
    assert len(copies) == 30
    # What these hold is not needed to search.
    harmless = {"length.bin overwritten", "length.bin overwritten within"}
    # SQLite does not look at every page of a file that it reads from.
    sometimes = {"chroma.sqlite3 overwritten within", "index_metadata.pickle overwritten within"}
    for copy, (title, warnings, parts) in search_all(copies).items():
        name = copies[copy]
        assert title == "Report 7", name
        assert parts == ["lexical", "vector"], name
        if name not in harmless | sometimes:
            assert len(warnings) == 1, name
            assert warnings[0].startswith("compared with all passages: the vector store"), name
            assert "`dateline repair` rebuilds it" in warnings[0], name


def test_any_damaged_file_of_the_lexical_index(made, tmp_path):
    """The same for tantivy's files: answers go on, by vectors only where it has to be."""
    copies = damaged_copies(made, tmp_path, "lexical/[!.]*.*", ("cut", *KINDS[3:]))
    found = search_all(copies)
    said = {copies[copy]: warnings for copy, (_, warnings, _) in found.items()}
    for name, warnings in said.items():
        assert all("`dateline repair`" in warning for warning in warnings), name
    for kind in ("cut", "deleted"):
        assert said[f"meta.json {kind}"], kind
    assert sum(bool(warnings) for warnings in said.values()) > len(said) // 2


@pytest.mark.parametrize("part", ["vectors", "lexical"])
@pytest.mark.parametrize("fault", ["deleted", "a file"])
def test_folder_lost_or_replaced(folder, part, fault):
    """A lost folder is said, its half is done without, and both ways of mending it work."""
    shutil.rmtree(folder / part)
    if fault == "a file":
        (folder / part).write_text("not a folder", encoding="utf-8")
    with Library(folder, embedder=NoEmbedding()) as library:
        found = library.retrieve("mark7 of part3")
        assert found.hits
        assert "is gone; `dateline repair` rebuilds it" in found.warnings[0]
        library.repair()
        assert library.retrieve("mark7 of part3").warnings == ()
        assert held_by_stores(library) == (PASSAGES, PASSAGES, PASSAGES)


def test_segment_folder_lost(folder):
    """Chroma would begin an empty graph in place of a lost one and find nothing: that is said."""
    (segment,) = (file for file in (folder / "vectors").iterdir() if file.is_dir())
    shutil.rmtree(segment)
    with Library(folder, embedder=NoEmbedding()) as library:
        found = library.retrieve("mark7 of part3")
        assert "is missing" in found.warnings[0]
        assert found.hits[0].passage.article.title == "Report 7"
        library.repair()
        assert held_by_stores(library) == (PASSAGES, PASSAGES, PASSAGES)
        assert library.retrieve("mark7 of part3").warnings == ()


def test_indexing_mends_damaged_stores_too(folder):
    """`index` does not stop at a damaged store: it is derived, and is made anew on the way."""
    (folder / "lexical" / "meta.json").write_text("{", encoding="utf-8")
    for file in (folder / "vectors").rglob("data_level0.bin"):
        garbage(file)
    with Library(folder, embedder=FakeEmbedder()) as library:
        report = library.add(*list(reports(ARTICLES + 1))[ARTICLES:])
        assert (report.added, report.embedded) == (1, 11)
        assert held_by_stores(library) == (PASSAGES + 11, PASSAGES + 11, PASSAGES + 11)
        assert library.retrieve(f"mark{ARTICLES} of part3").warnings == ()


def test_removing_goes_on_with_damaged_vectors(folder):
    """A removal is a removal, whatever state Chroma is in."""
    (folder / "vectors" / "chroma.sqlite3").write_bytes(b"no database" * 500)
    with Library(folder, embedder=NoEmbedding()) as library:
        library.remove("https://x.example/7")
        titles = {hit.passage.article.title for hit in library.search("mark7 of part3", k=50)}
        assert "Report 7" not in titles
        library.repair()
        assert held_by_stores(library) == (PASSAGES - 11, PASSAGES - 11, PASSAGES - 11)


def test_repair_while_others_have_it_open(folder):
    """`repair` works with other handles of the same process open, and they go on working."""
    with (
        Library(folder, embedder=NoEmbedding()) as one,
        Library(folder, embedder=NoEmbedding()) as other,
    ):
        for library in (one, other):
            assert library.retrieve("mark7").warnings == ()
        one.repair()
        for library in (other, one):
            found = library.retrieve("mark7 of part3")
            assert found.warnings == ()
            assert found.hits[0].ranks["vector"] >= 1
        other.repair()
        assert held_by_stores(one) == (PASSAGES, PASSAGES, PASSAGES)


def test_both_halves_gone(tmp_path):
    """With neither half left there is one clear error that names the fix."""
    folder = make_library(tmp_path / "library", 2)
    shutil.rmtree(folder / "lexical")
    with Library(folder, embedder=NoEmbedding()) as library:
        library._catalog.backlog.forget("vector")
        with pytest.raises(StoreDamaged, match="lexical index is gone") as caught:
            library.search("mark1")
        assert "dateline repair" in caught.value.help
        library.warm_up()


def test_stale_locks_of_tantivy(tmp_path):
    """Lock files that a killed process left in tantivy's folder hold nobody up."""
    folder = make_library(tmp_path / "library", 2)
    for name in (".tantivy-writer.lock", ".tantivy-meta.lock"):
        (folder / "lexical" / name).write_bytes(b"")
    with Library(folder, embedder=FakeEmbedder()) as library:
        assert library.add(*reports(3)).added == 1
        assert library.retrieve("mark2").warnings == ()
