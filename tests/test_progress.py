"""Progress on standard error."""

from __future__ import annotations

import io

from assistant.progress import ProgressLine
from index.types import Progress


def shown(live: bool, *steps: tuple[float, Progress]) -> str:
    """What is shown for steps at given seconds."""
    stream, now = io.StringIO(), [0.0]
    line = ProgressLine(stream, live=live, clock=lambda: now[0])
    for seconds, progress in steps:
        now[0] = seconds
        line(progress)
    line.end()
    return stream.getvalue()


STEPS = (
    (0.0, Progress("reading", 250)),
    (0.05, Progress("reading", 500)),
    (2.0, Progress("reading", 900)),
    (3.0, Progress("embedding", 10, 40)),
)


def test_off_a_terminal_a_line_a_stage():
    """A log gets one line for each stage, without escapes."""
    assert shown(False, *STEPS) == ("reading 250 articles …\nembedding 10 of 40 passages …\n")


def test_on_a_terminal_one_line_that_changes():
    """The line is overwritten, not too often, and each stage leaves its last one."""
    assert shown(True, *STEPS) == (
        "\r\x1b[Kreading 250 articles"
        "\r\x1b[Kreading 900 articles, 450/s\n"
        "\r\x1b[Kembedding 10 of 40 passages\n"
    )


def test_the_end_is_always_shown():
    """The last step appears even when it follows at once."""
    steps = ((0.0, Progress("embedding", 10, 40)), (0.01, Progress("embedding", 40, 40)))
    assert "embedding 40 of 40" in shown(True, *steps)


def test_nothing_happened_nothing_shown():
    """Ending without a step prints nothing."""
    assert shown(True) == ""
