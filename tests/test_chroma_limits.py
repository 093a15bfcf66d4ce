"""What Chroma's embedded mode is known to lose or to refuse: a library stays whole through it.

What is written here is real: processes of their own, restarts in between, Chroma's own files.
"""

from __future__ import annotations

import numpy as np
import pytest
from damage import NoEmbedding, held_by_stores, make_library, reports, run_python

from index.embed.fake import FakeEmbedder
from index.library import Library
from index.types import ArticleInfo, Passage
from index.vectors import VectorStore

# Additions that Chroma keeps in its log before it writes its graph to files: fewer than in earnest,
# so that it takes fewer to come to that point.
THRESHOLD = 100


@pytest.fixture(autouse=True)
def _saves_early(saves_early):
    saves_early(THRESHOLD)


ADD = """
    from damage import reports
    from index.embed.fake import FakeEmbedder
    from index.library import Library
    folder, first, last = sys.argv[1], *map(int, sys.argv[2:])
    with Library(folder, embedder=FakeEmbedder(), create=True) as library:
        library.add(*list(reports(last, 1))[first:])
"""


def passages(count: int, start: int = 0) -> list[Passage]:
    infos = (ArticleInfo(url=f"https://x.example/{n}") for n in range(start, start + count))
    return [Passage(info, 0, 0, 4, "text") for info in infos]


def vectors(count: int, seed: int = 1):
    found = np.random.default_rng(seed).normal(size=(count, 32)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def all_found(store, held) -> bool:
    """Whether each passage is the nearest to its own vector."""
    return all(store.search(vector, 1)[0][0] == passage.id for passage, vector in held)


def test_fewer_than_chroma_saves_at_once(tmp_path):
    """Ten passages, far below what Chroma writes to its graph, are all found after a restart."""
    folder = tmp_path / "library"
    done = run_python(ADD, folder, 0, 5)
    assert done.returncode == 0, done.stderr
    with Library(folder, embedder=NoEmbedding()) as library:
        count = library.status().passages
        assert 5 <= count <= 10
        vector = library.embedder.embed_query("mark3")
        assert len(library._vectors.search(vector, 100)) == count
        assert library.retrieve("mark3").warnings == ()


def test_many_small_rounds_with_restarts(tmp_path):
    """Rounds that each stay below the threshold, a new client each time, across the threshold."""
    everything = list(zip(passages(260), vectors(260), strict=True))
    for start in range(0, 260, 52):
        store = VectorStore(tmp_path)
        store.apply([], everything[start : start + 52])
        store.close()
    reopened = VectorStore(tmp_path)
    assert reopened.count() == 260
    assert all_found(reopened, everything[::2])
    reopened.close()


def test_two_processes_write_in_turn(tmp_path):
    """Each finds what the other wrote, and so does a reader that was open all the time."""
    folder = make_library(tmp_path / "library", 1, 1)
    with Library(folder, embedder=FakeEmbedder()) as reader:
        assert reader.search("mark0")
        for last in (3, 6):
            done = run_python(ADD, folder, last - 3, last)
            assert done.returncode == 0, done.stderr
            assert reader.search(f"mark{last - 1}")[0].ranks["vector"] == 1
            reader.add(*list(reports(last + 10, 1))[last + 9 :])
        passages_, words, held = held_by_stores(reader)
        assert passages_ == words == held
        assert reader.status().articles == 8


def test_removed_and_added_again(tmp_path):
    """The same ids, removed and put back, some with another vector, are each there once."""
    held = list(zip(passages(60), vectors(60), strict=True))
    store = VectorStore(tmp_path)
    store.apply([], held)
    store.apply([passage.id for passage, _ in held[:40]], [])
    assert store.count() == 20
    again = list(zip(passages(60), vectors(60, seed=2), strict=True))
    store.apply([], again)
    store.close()
    reopened = VectorStore(tmp_path)
    assert reopened.count() == 60
    assert all_found(reopened, again)
    reopened.close()


def test_emptied_and_filled_again(tmp_path):
    """A store that lost its last passage takes the next ones, in the same process and later."""
    held = list(zip(passages(THRESHOLD + 10), vectors(THRESHOLD + 10), strict=True))
    store = VectorStore(tmp_path)
    store.apply([], held)
    store.apply([passage.id for passage, _ in held], [])
    assert store.count() == 0
    assert store.search(held[0][1], 5) == []
    store.close()
    store = VectorStore(tmp_path)
    store.apply([], held[:50])
    assert all_found(store, held[:50])
    store.close()


def test_more_than_chroma_takes_in_one_go(tmp_path, monkeypatch):
    """A batch above Chroma's own limit is divided, not refused, whatever that limit is."""
    store = VectorStore(tmp_path)
    held = list(zip(passages(60), vectors(60), strict=True))
    store.apply([], held[:1])
    collection, client = store._collection, store._client
    assert client.get_max_batch_size() > 0
    taken = []
    for name in ("upsert", "delete"):
        method = getattr(collection, name)
        monkeypatch.setattr(
            collection, name, lambda method=method, **how: taken.append(how["ids"]) or method(**how)
        )
    monkeypatch.setattr(client, "get_max_batch_size", lambda: 25)
    monkeypatch.setattr(store, "_new_generation", lambda: None)  # it would open the folder anew
    store.apply([], held)
    assert store.count() == 60
    store.apply([passage.id for passage, _ in held[:40]], [])
    assert store.count() == 20
    assert [len(ids) for ids in taken] == [25, 25, 10, 25, 15]
    store.close()


@pytest.mark.parametrize("limit", [1, 5, 6, 5000])
def test_more_results_than_records(tmp_path, limit):
    """Asking for more than there is gives what there is."""
    store = VectorStore(tmp_path)
    held = list(zip(passages(5), vectors(5), strict=True))
    store.apply([], held)
    assert len(store.search(held[0][1], limit)) == min(limit, 5)
    store.close()


def test_graph_is_whole_after_many_changes(tmp_path):
    """The check of Chroma's files finds nothing wrong with what Chroma itself wrote."""
    from index.graph import check_graph

    generator = np.random.default_rng(5)
    for turn in range(3):
        store = VectorStore(tmp_path)
        fresh = list(zip(passages(240, turn * 140), vectors(240, turn), strict=True))
        store.apply([], fresh)
        gone = generator.choice(240, 60, replace=False)
        store.apply([fresh[n][0].id for n in gone], [])
        store.close()
        check_graph(tmp_path / "vectors")
        again = VectorStore(tmp_path)
        kept = [fresh[n] for n in range(240) if n not in gone]
        assert all_found(again, kept[::5])
        again.close()
