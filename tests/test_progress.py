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


def test_a_log_of_hours_gets_a_line_at_times():
    """Every five minutes a log says how far a long stage is."""
    steps = [
        (60.0 * minute, Progress("embedding", 4_000 * (minute + 1), 400_000)) for minute in range(7)
    ]
    assert shown(False, *steps).splitlines() == [
        "embedding 4,000 of 400,000 passages …",
        "embedding 24,000 of 400,000 passages, 80/s, 1 h 18 min left …",
    ]


def test_waiting_is_explained():
    """Whoever looks at a line that stands still learns why, in a log too."""
    note = "waiting 20 s: https://x.example/v1 asks to slow down"
    steps = ((0.0, Progress("embedding", 10, 40)), (0.01, Progress("embedding", 10, 40, note)))
    assert f"embedding 10 of 40 passages, {note}" in shown(True, *steps)
    assert f"embedding 10 of 40 passages, {note} …\n" in shown(False, *steps)


def test_quiet_shows_nothing():
    """--quiet holds for progress and for remarks."""
    stream = io.StringIO()
    line = ProgressLine(stream, live=True, quiet=True)
    line(Progress("reading", 1))
    line.say("fetching the weights")
    line.end()
    assert stream.getvalue() == ""


def test_the_end_is_always_shown():
    """The last step appears even when it follows at once."""
    steps = ((0.0, Progress("embedding", 10, 40)), (0.01, Progress("embedding", 40, 40)))
    assert "embedding 40 of 40" in shown(True, *steps)


def test_nothing_happened_nothing_shown():
    """Ending without a step prints nothing."""
    assert shown(True) == ""
