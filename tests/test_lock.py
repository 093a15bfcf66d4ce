"""One writer, many readers, across processes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import textwrap

import pytest

from index.errors import LibraryLocked
from index.lock import reading_vectors, writing, writing_vectors


def hold(folder, lock: str) -> subprocess.Popen:
    """Another process that holds a lock until its standard input closes."""
    program = f"""
        import pathlib, sys
        from index import lock
        with lock.{lock}(pathlib.Path({str(folder)!r})):
            print("held", flush=True)
            sys.stdin.read()
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_second_writer_is_told_who_holds_the_lock(tmp_path):
    """A person who starts a second indexer learns which process to wait for."""
    with hold(tmp_path, "writing") as other:
        with pytest.raises(LibraryLocked, match=f"process {other.pid} on "), writing(tmp_path):
            pass
        other.stdin.close()
        other.wait()
    with writing(tmp_path):
        pass


def test_lock_of_a_killed_writer_is_free(tmp_path):
    """A kill leaves no lock that somebody has to remove by hand."""
    with hold(tmp_path, "writing") as other:
        other.kill()
        other.wait()
    with writing(tmp_path):
        pass


def test_search_does_not_wait_long_for_a_batch(tmp_path):
    """While another process writes vectors, a search is told at once to go on without them."""
    with hold(tmp_path, "writing_vectors") as other:
        with reading_vectors(tmp_path, wait=0.01) as allowed:
            assert not allowed
        other.kill()
        other.wait()
    with reading_vectors(tmp_path, wait=1) as allowed:
        assert allowed


def test_readers_do_not_exclude_each_other(tmp_path):
    """Any number of searches run side by side, in one process too."""
    with reading_vectors(tmp_path, wait=1) as one, reading_vectors(tmp_path, wait=1) as two:
        assert one
        assert two
    with writing_vectors(tmp_path):
        pass


def leave(folder, **said) -> None:
    """What a writer says of itself, left behind."""
    who = {"pid": 1, "host": socket.gethostname(), "command": "dateline index", "since": "10:00:00"}
    (folder / "writer.json").write_text(json.dumps({**who, **said}), encoding="utf-8")


def test_what_a_killed_writer_left_is_not_believed(tmp_path):
    """Files that a killed process left neither hold anybody up nor name a process that is gone."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    leave(tmp_path, pid=ended.pid)
    (tmp_path / "writer.lock").touch()
    with writing(tmp_path):
        assert json.loads((tmp_path / "writer.json").read_text("utf-8"))["pid"] == os.getpid()
    assert not (tmp_path / "writer.json").exists()
    with hold(tmp_path, "writing") as other:
        leave(tmp_path, pid=ended.pid)  # the holder has not said yet who it is
        with pytest.raises(LibraryLocked, match=r"^another process is writing"), writing(tmp_path):
            pass
        other.kill()
        other.wait()


def test_holder_on_another_machine_is_named_with_it(tmp_path):
    """On a shared folder, a process number of another machine is not looked up on this one."""
    with hold(tmp_path, "writing") as other:
        leave(tmp_path, pid=2**22 + 1, host="newsroom-3")
        expected = r"^process 4194305 on newsroom-3 \(`dateline index`, since 10:00:00\) is writing"
        with pytest.raises(LibraryLocked, match=expected), writing(tmp_path):
            pass
        other.kill()
        other.wait()


@pytest.mark.parametrize("left", [b"", b"{", b"[]", b"\xff\xfe", b'{"pid": "x", "host": "y"}'])
def test_unreadable_note_of_a_writer(tmp_path, left):
    """Whatever stands in the file, the message is a sentence."""
    with hold(tmp_path, "writing") as other:
        (tmp_path / "writer.json").write_bytes(left)
        with pytest.raises(LibraryLocked, match="another process is writing"), writing(tmp_path):
            pass
        other.kill()
        other.wait()
