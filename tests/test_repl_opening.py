"""What answers is opened and loaded in the background, and nowhere else."""

from __future__ import annotations

import threading

import pytest

from assistant.repl.opening import Opening
from index.errors import LibraryDamaged


class Assistant:
    """Notes what is done with it, and by which thread."""

    def __init__(self) -> None:
        self.did: list[tuple[str, bool]] = []
        self.closed = False

    def do(self, what: str) -> None:
        self.did.append((what, threading.current_thread() is threading.main_thread()))

    def close(self) -> None:
        self.closed = True


def test_all_is_loaded_in_the_background():
    """The first answer waits for what it needs, and not for what comes after."""
    made = Assistant()
    go_on = threading.Event()

    def then(assistant) -> None:
        go_on.wait(30)
        assistant.do("then")

    opening = Opening(lambda: made, lambda assistant: assistant.do("load"), [then])
    opening.begin()
    assert opening.ready() is made
    assert made.did == [("load", False)]
    go_on.set()
    assert opening.close() or opening.close()
    assert made.did[1:] == [("then", False)]
    assert made.closed


def test_another_model_is_loaded_in_the_background_too():
    """The next answer waits for it."""
    made = Assistant()
    opening = Opening(lambda: made, lambda assistant: assistant.do("load"))
    opening.begin()
    opening.ready()
    opening.load_again()
    opening.ready()
    assert made.did == [("load", False)] * 2


def test_without_a_background_it_is_opened_when_it_is_needed():
    """Over pipes nobody types meanwhile."""
    made = Assistant()
    opening = Opening(lambda: made, lambda assistant: assistant.do("load"))
    assert opening.opened is None
    assert opening.ready() is made
    opening.load_again()
    assert made.did == []
    assert opening.close()


def test_what_cannot_be_opened():
    """It is told in the background, and to whoever asks."""
    error, told = LibraryDamaged("it cannot be read"), []

    def fail() -> Assistant:
        raise error

    opening = Opening(fail, lambda _: None, failed=told.append)
    opening.begin()
    for ask in (opening.assistant, opening.ready):
        with pytest.raises(LibraryDamaged):
            ask()
    assert opening.close()
    assert told == [error]


def test_leaving_does_not_wait_for_what_is_loaded():
    """It is said that it could not be closed, and the process ends without it."""
    go_on = threading.Event()
    made = Assistant()
    opening = Opening(lambda: made, lambda _: None, [lambda _: go_on.wait(30)])
    opening.begin()
    opening.ready()
    assert not opening.close()
    assert not made.closed
    go_on.set()
