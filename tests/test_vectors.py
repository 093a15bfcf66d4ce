"""The vector store keeps embeddings in a Chroma folder that several processes may use."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from conftest import FERRY, INQUIRY, new_catalog
from test_lock import hold

from index.errors import LibraryDamaged
from index.types import Filters
from index.vectors import VectorStore


@pytest.fixture
def held(tmp_path, articles):
    """The sample passages with one unit vector each."""
    catalog = new_catalog(tmp_path / "catalog.sqlite3")
    catalog.put(articles)
    _, numbers = catalog.backlog.behind("vector", 100)
    passages = list(catalog.passages(numbers).values())
    catalog.close()
    return list(zip(passages, np.eye(len(passages), 8, dtype=np.float32), strict=True))


def test_nearest_first_with_cosine_similarity(tmp_path, held):
    """A search gives ids and the cosine of the angle, not Chroma's distance."""
    store = VectorStore(tmp_path)
    store.apply([], held)
    query = np.array([0.8, 0.6, 0, 0, 0, 0, 0, 0], dtype=np.float32)
    found = store.search(query, 2)
    assert [identity for identity, _ in found] == [held[0][0].id, held[1][0].id]
    assert [score for _, score in found] == pytest.approx([0.8, 0.6], abs=1e-3)
    store.close()


def test_filters(tmp_path, held):
    """Chroma compares dates as numbers and outlets without regard to case."""
    store = VectorStore(tmp_path)
    store.apply([], held)
    by_id = {passage.id: passage.article.url for passage, _ in held}

    def urls(**filters):
        found = store.search(held[0][1], 10, Filters(**filters))
        return {by_id[identity] for identity, _ in found}

    assert urls(until=dt.date(2025, 3, 5)) == {FERRY}
    assert urls(sources=("LESSING courier",)) == {INQUIRY}
    assert urls(since=dt.date(2025, 3, 6), sources=("Lessing Courier",)) == {INQUIRY}
    store.close()


def test_another_store_sees_changes(tmp_path, held):
    """A reader that was open before sees what another writer added and removed."""
    writer, reader = VectorStore(tmp_path), VectorStore(tmp_path)
    writer.apply([], held[:1])
    assert len(reader.search(held[0][1], 10)) == 1
    writer.apply([held[0][0].id], held[1:])
    assert {i for i, _ in reader.search(held[0][1], 10)} == {p.id for p, _ in held[1:]}
    writer.close()
    reader.close()


def test_search_goes_on_without_vectors_while_a_batch_is_written(tmp_path, held):
    """A search never touches the folder while another process writes it."""
    store = VectorStore(tmp_path)
    store.apply([], held)
    with hold(tmp_path, "writing_vectors") as other:
        assert store.search(held[0][1], 10) is None
        other.kill()
        other.wait()
    assert store.search(held[0][1], 1)
    store.close()


def test_threads_open_and_close_one_folder(tmp_path, held):
    """Stores of one folder that threads open and close at the same moments all find it."""
    writer = VectorStore(tmp_path)
    writer.apply([], held)
    writer.close()
    together = threading.Barrier(4)

    def search(_):
        store = VectorStore(tmp_path)
        together.wait()
        found = store.search(held[0][1], 1)
        together.wait()
        store.close()
        return found

    with ThreadPoolExecutor(4) as pool:
        for _ in range(5):
            assert all(len(found) == 1 for found in pool.map(search, range(4)))


def test_no_folder_yet_finds_nothing(tmp_path):
    """A library that has no vectors yet can be searched."""
    assert VectorStore(tmp_path).search(np.zeros(8, dtype=np.float32), 3) == []


def test_damaged_folder_names_the_fix(tmp_path, held):
    """A damaged Chroma folder is a clear error that names `dateline repair`."""
    store = VectorStore(tmp_path)
    store.apply([], held)
    store.close()
    (tmp_path / "vectors" / "chroma.sqlite3").write_bytes(b"no database" * 500)
    with pytest.raises(LibraryDamaged) as caught:
        VectorStore(tmp_path).search(held[0][1], 1)
    assert "repair" in caught.value.help
