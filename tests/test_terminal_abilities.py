"""What a terminal is trusted to do."""

from __future__ import annotations

import pytest

from assistant.render.layout import _COLOURS, Style
from assistant.terminal.abilities import Abilities


@pytest.mark.parametrize(
    ("environ", "moves", "depth"),
    [
        ({"TERM": "xterm"}, True, 16),
        ({"TERM": "xterm-256color"}, True, 256),
        ({"TERM": "xterm-kitty"}, True, 256),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, True, 256),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, True, 0),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, True, 256),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, False, 0),
        ({}, False, 0),
    ],
)
def test_colours_and_moves(environ, moves, depth):
    """As the environment says, and with care where it says nothing."""
    abilities = Abilities.of(environ)
    assert (abilities.moves, abilities.depth) == (moves, depth)


@pytest.mark.parametrize(
    ("environ", "links"),
    [
        ({}, False),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"VTE_VERSION": "7200"}, True),
        ({"VTE_VERSION": "4800"}, False),
        ({"VTE_VERSION": "new"}, False),
        ({"WT_SESSION": "1"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, False),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"TERM": "dumb", "FORCE_HYPERLINK": "1"}, False),
    ],
)
def test_links(environ, links):
    """Only where they are known to be shown, or where their owner says so."""
    assert Abilities.of({"TERM": "xterm", **environ}).links is links


def luminance(number: int) -> float:
    """The relative luminance of one of the 256 colours, by WCAG 2."""
    if number >= 232:
        channels = [8 + 10 * (number - 232)] * 3
    else:
        steps = (0, 95, 135, 175, 215, 255)
        channels = [steps[(number - 16) // size % 6] for size in (36, 6, 1)]
    linear = [
        value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4
        for value in channels
    ]
    return sum(
        weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


@pytest.mark.parametrize("role", sorted(_COLOURS[256]))
def test_colours_can_be_read_on_light_and_on_dark(role):
    """Nobody has to say which of the two a terminal is: the contrast is 4:1 on both."""
    light = luminance(int(_COLOURS[256][role].removeprefix("38;5;"))) + 0.05
    assert 1.05 / light >= 4
    assert light / 0.05 >= 4


def test_without_colour_nothing_is_painted():
    """Not even bold: what is printed can be read by anything."""
    for role in ("cite", "faint", "partial", "unsupported", "strong", "marked"):
        assert Style(80).paint("text", role) == "text"
