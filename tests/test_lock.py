"""One writer, many readers, across processes."""

from __future__ import annotations

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
