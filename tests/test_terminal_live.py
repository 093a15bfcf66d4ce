"""What is on a screen for a moment goes without a trace, and nothing else does."""

from __future__ import annotations

import io
import time

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.terminal.live import Live


class Pipe(io.StringIO):
    """A stream that is no terminal."""


class Screen(io.StringIO):
    """A terminal that keeps what is on its screen."""

    def __init__(self, columns: int = 40, lines: int = 10) -> None:
        super().__init__()
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.Stream(self.screen)
        self.screens: list[str] | None = None

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.stream.feed(text.replace("\n", "\r\n"))
        if self.screens is not None:
            self.screens.append(self.shown)
        return super().write(text)

    @property
    def shown(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip("\n")

    def size(self) -> tuple[int, int]:
        return self.screen.columns, self.screen.lines


@pytest.fixture
def screen():
    return Screen()


@pytest.fixture
def live(screen):
    return Live(screen, screen, size=screen.size)


def test_a_preview_gives_way_to_the_text(screen, live):
    """The words stay where they were while they were only previewed."""
    live.write("It began. ")
    live.preview("Then it went")
    assert screen.shown == "It began. Then it went"
    live.preview("Then it went on and on,\nfor longer than a line, and")
    live.write("Then it went on and on. [1]\nThe end.")
    assert screen.shown == "It began. Then it went on and on. [1]\nThe end."


def test_nothing_is_wiped_before_it_is_written_again(screen, live):
    """A preview only grows: at no moment is there less of it than before."""
    screen.screens = []
    live.write("It began.\n")
    words = "Then it went on and\non, for longer than a line, and\nended.".split(" ")
    for count in range(1, len(words) + 1):
        live.preview(" ".join(words[:count]))
    live.write(" ".join(words))
    lengths = [len(shown) for shown in screen.screens]
    assert lengths == sorted(lengths)


def test_a_preview_that_becomes_nothing(screen, live):
    """A sentence that is taken back leaves no letter behind."""
    live.write("It began.")
    live.preview(" The articles do\nnot answer")
    live.write("\nThe articles do not answer this.\n")
    assert screen.shown == "It began.\nThe articles do not answer this."


def test_at_the_bottom_of_the_screen(screen, live):
    """Scrolling loses nothing and repeats nothing."""
    for number in range(20):
        live.write(f"Line {number}.\n")
    live.preview("One\ntwo\nthree")
    live.preview("One\ntwo\nthree\nfour")
    live.write("One two.\n")
    assert screen.shown.split("\n")[-3:] == ["Line 18.", "Line 19.", "One two."]


def test_a_preview_taller_than_the_screen_waits(screen, live):
    """It could not be taken back, so that only what fits is shown until it is complete."""
    live.preview("a\nb")
    live.preview("\n".join("abcdefghijklmn"))
    assert screen.shown == "a\nb"
    live.write("all of it")
    assert screen.shown == "all of it"


def test_a_narrower_terminal_keeps_what_is_shown(screen, live):
    """Where the preview stands cannot be known then; the text begins below it."""
    live.write("Above.\n")
    live.preview("Twelve people were hurt when the\nferry")
    screen.screen.resize(10, 20)
    live.write("Twelve people.")
    assert screen.shown.startswith("Above.\nTwelve people were h\nferry\nTwelve")


def test_a_wider_terminal_changes_nothing(screen, live):
    """Lines end where they ended, so that the preview is found."""
    live.write("Above. ")
    live.preview("Twelve people were hurt when the\nferry")
    screen.screen.resize(10, 80)
    live.write("Twelve people.")
    assert screen.shown == "Above. Twelve people."


def test_warnings_stand_on_the_same_screen():
    """Two streams of one terminal know of each other."""
    screen = Screen()
    live = Live(screen, screen, size=screen.size)
    live.preview("half a sen")
    live.warn("note: it failed\n")
    assert screen.shown == "note: it failed"


def test_a_pipe_gets_no_escape():
    """Neither previews nor what goes on are printed where they would stay."""
    out, err = Pipe(), Pipe()
    live = Live(out, err)
    live.doing("searching")
    live.preview("half a sen")
    live.write("A sentence.\n")
    live.warn("note\n")
    assert (out.getvalue(), err.getvalue()) == ("A sentence.\n", "note\n")


def test_what_goes_on_is_shown_beside_a_pipe():
    """When answers are piped on, the terminal still tells what happens, and keeps none of it."""
    out, screen = Pipe(), Screen()
    live = Live(out, screen, size=screen.size)
    live.doing("searching")
    until(lambda: screen.shown == "searching …")
    live.write("A sentence.\n")
    assert screen.shown == ""
    assert out.getvalue() == "A sentence.\n"


def test_what_goes_on_comes_after_half_a_second(screen):
    """Not before, on a line of its own, with the seconds once they are many."""
    now = [0.0]
    live = Live(screen, screen, size=screen.size, clock=lambda: now[0])
    live.write("Some words")
    live.doing("reading 8 passages")
    time.sleep(0.05)
    assert screen.shown == "Some words"
    now[0] = 0.6
    until(lambda: screen.shown == "Some words\nreading 8 passages …")
    now[0] = 4.2
    until(lambda: screen.shown == "Some words\nreading 8 passages … 4 s")
    live.doing("")
    assert screen.shown == "Some words"
    live.write(" and more.")
    assert screen.shown == "Some words and more."


def until(condition) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


LETTERS = st.lists(st.sampled_from(["a", "新", "e\u0301", " ", "\n"]), max_size=10)


@given(st.lists(st.tuples(st.booleans(), LETTERS.map("".join)), min_size=1, max_size=8))
def test_the_screen_is_what_was_written(steps):
    """Whatever is previewed in between, in the end there is what was written, and only that."""
    screen, plain = Screen(90, 90), Screen(90, 90)
    live = Live(screen, screen, size=screen.size)
    for shown, text in (*steps, (False, ".")):
        if shown:
            live.preview(text)
        else:
            live.write(text)
            plain.write(text)
    assert screen.shown == plain.shown
