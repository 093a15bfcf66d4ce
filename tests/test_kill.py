"""Promise 5: a kill at any instant loses nothing, and the next run carries on.

`KILLS=40 python -m pytest -n 2 -rP tests/test_kill.py` kills forty times in each of the phases, and
prints what the processes were doing when they were killed.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import kills
import pytest
from chroma_server import ChromaServer
from kills import OPERATIONS, Slow, age, fork, hurt, in_lexical, in_vectors, news, state

from index.address import server_address
from index.errors import NoLibrary
from index.library import Library
from index.replica import replica_folder
from index.server import Server

KILLS = int(os.environ.get("KILLS", "1"))


@dataclass(frozen=True)
class Phase:
    """What is killed: an operation on a library that was prepared in a way.

    Attributes:
        operation: What is done.
        form: The articles that it is done with.
        prepared: What was done before: forms that were indexed, and functions of the folder.
    """

    operation: str
    form: str
    prepared: tuple[object, ...] = ()


PHASES = {
    "the first run": Phase("index", "one"),
    "a run that changes, adds and removes": Phase("index", "two", ("one",)),
    "a removal": Phase("remove", "two", ("one", "two")),
    "a repair": Phase("repair", "two", ("one", "two", hurt)),
    "an upgrade": Phase("index", "two", ("one", age)),
}


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    """What is done in this process is done in the same steps."""
    for module, names in {
        kills.library: ("_ARTICLES_AT_ONCE",),
        kills.derive: ("_PASSAGES_AT_ONCE", "_VECTORS_AT_ONCE"),
    }.items():
        for name in names:
            monkeypatch.setattr(module, name, getattr(module, name))
    for name in ("sync_threshold", "batch_size"):
        monkeypatch.setitem(kills.vectors._CONFIGURATION["hnsw"], name, 0)
    kills.small_batches()


def prepare(place: object, phase: Phase, file: Path) -> None:
    for step in phase.prepared:
        if callable(step):
            step(Path(place))
            continue
        with Library(place, embedder=Slow(), create=True) as library:
            library.add(news(file, step), sync=True)


def carry_on(place: object, phase: Phase, file: Path) -> dict[str, object]:
    """Runs the operation to its end in this process; returns the state after it."""
    with Library(place, embedder=Slow(), create=True) as library:
        OPERATIONS[phase.operation](library, news(file, phase.form), lambda _: None)
        return state(library)


def seconds_of(process: object, told: Path) -> float:
    """Waits until a process that was forked says that it is done; the seconds from its beginning.

    What is to be killed is timed where it is killed: this process has other things to load.
    """
    began = time.monotonic()
    while not told.read_text("utf-8").endswith("done 0\n"):
        assert process.is_alive(), told.read_text("utf-8")
        time.sleep(0.001)
    seconds = time.monotonic() - began
    process.join()
    return seconds


def check_reported(place: object, phase: Phase, file: Path, told: Path) -> str:
    """After a kill the library opens, and what was told to be done is there and found.

    Returns:
        What was told last.
    """
    done = dict(line.split(" ", 1) for line in told.read_text("utf-8").splitlines())
    assert "failed" not in done, done["failed"]
    if not is_there(place):
        assert set(done) == {"ready"}
        return "ready"
    with Library(place, embedder=Slow(), create=True) as library:
        wanted = list(kills.articles(phase.form))[: int(done.get("reading", 0))]
        for article in wanted:
            assert library.article(article["url"]).text == article["text"]
        database = library._catalog.database
        flagged = {
            name: {row[0] for row in database.rows(f"SELECT id FROM passages WHERE {name}")}
            for name in ("live", "lexical", "vector")
        }
        # A store that was being made anew may be broken; then `repair` or `index` make it again.
        if phase.operation != "repair":
            for flag, held_by in (("lexical", in_lexical), ("vector", in_vectors)):
                if flag == "vector" and "://" in str(place):
                    continue  # a replica leaves it to the server what has vectors
                wanted = flagged[flag] & flagged["live"]
                assert not wanted or wanted <= held_by(library)
        if "lexical" in done and "copies" in done:
            assert flagged["live"] == in_lexical(library)
            assert library.search("report part2 says")
        (count,) = database.rows("SELECT count(*) FROM embeddings")[0]
        assert count >= int(done.get("embedding", 0))
    return list(done)[-1]


def killed(process, seconds: float) -> None:
    process.join(max(0.0, seconds))
    process.kill()
    process.join()


def show(name: str, last: Counter[str]) -> None:
    """Says how many kills came after which report."""
    said = ", ".join(f"{number} after {what!r}" for what, number in last.most_common())
    print(f"{name}: {last.total()} kills: {said}")  # noqa: T201 - for who runs many


def is_there(place: object) -> bool:
    folder = replica_folder(server_address(place)) if "://" in str(place) else Path(place)
    return (folder / "catalog.sqlite3").exists()


@pytest.mark.parametrize("name", PHASES)
def test_kill_at_any_instant_loses_nothing(tmp_path, name):
    """After each kill what was reported is found, and the next run ends as if there were none."""
    phase, file, told = PHASES[name], tmp_path / "news.jsonl", tmp_path / "told"
    before = tmp_path / "before"
    prepare(before, phase, file)
    undisturbed = tmp_path / "undisturbed"
    if before.exists():
        shutil.copytree(before, undisturbed)
    process = fork(undisturbed, phase.operation, news(file, phase.form), told)
    seconds = seconds_of(process, told)
    expected = carry_on(undisturbed, phase, file)
    chance, last = random.Random(f"{name} {KILLS}"), Counter[str]()
    for kill in range(KILLS):
        folder = tmp_path / f"library-{kill}"
        if before.exists():
            shutil.copytree(before, folder)
        for _ in range(1 + kill % 2):  # every second time the run that carries on is killed, too
            process = fork(folder, phase.operation, news(file, phase.form), told)
            killed(process, chance.uniform(0, seconds))
            last[check_reported(folder, phase, file, told)] += 1
        assert carry_on(folder, phase, file) == expected
        shutil.rmtree(folder)
    show(name, last)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with ChromaServer(tmp_path_factory.mktemp("chroma")) as running:
        yield running


def let_lease_run_out(place: str) -> None:
    """What takes two minutes after a writer was killed."""
    with closing(Server(server_address(place))) as server, suppress(NoLibrary):
        server.set_state(replace(server.state(), writer="", token="", until=0))


@pytest.mark.parametrize("name", ["the first run", "a run that changes, adds and removes"])
def test_kill_of_a_writer_to_a_server_loses_nothing(tmp_path, monkeypatch, server, name):
    """The same holds for a library on a server, and for whoever reads it from elsewhere."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    phase, file, told = PHASES[name], tmp_path / "news.jsonl", tmp_path / "told"
    undisturbed = server.address(f"undisturbed-{len(phase.prepared)}")
    prepare(undisturbed, phase, file)
    process = fork(undisturbed, phase.operation, news(file, phase.form), told, tmp_path)
    seconds = seconds_of(process, told)
    expected = carry_on(undisturbed, phase, file)
    chance, last = random.Random(f"{name} {KILLS}"), Counter[str]()
    for kill in range(KILLS):
        place = server.address(f"library-{len(phase.prepared)}-{kill}")
        prepare(place, phase, file)
        process = fork(place, phase.operation, news(file, phase.form), told, tmp_path)
        killed(process, chance.uniform(0, seconds))
        let_lease_run_out(place)
        last[check_reported(place, phase, file, told)] += 1
        assert carry_on(place, phase, file) == expected
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
        with Library(place, embedder=Slow()) as reader:
            assert in_lexical(reader) == expected["in lexical"]
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    show(f"{name}, on a server", last)
