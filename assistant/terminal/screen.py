"""A person's screen and keys: the real side of the chat's first door."""

from __future__ import annotations

import shutil
import sys
import time
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from assistant.render.layout import Style
from assistant.render.links import web_address
from assistant.render.terminal import for_terminal
from assistant.terminal.clipboard import clip
from assistant.terminal.live import Live
from assistant.terminal.pager import edited, paged
from index.errors import UsageError

if TYPE_CHECKING:
    from assistant.terminal.abilities import Abilities

__all__ = ["TerminalScreen", "piped_line", "typed_line"]


class TerminalScreen(Live):
    """What the loop writes to and reads from.

    Args:
        read: Reads a line; see `assistant.repl.doors.Screen.read`.
        style: How text is laid out now.
        abilities: What the terminal can do.
        by_hand: Whether a person sits there, and not a pipe.
    """

    def __init__(
        self,
        read: Callable[[str], str],
        style: Callable[[], Style],
        abilities: Abilities,
        *,
        by_hand: bool,
    ) -> None:
        super().__init__(
            sys.stdout,
            sys.stderr,
            moves=abilities.moves,
            faint=lambda text: style().paint(text, "faint"),
        )
        self._read = read
        self._style = style
        self._abilities = abilities
        self._by_hand = by_hand and sys.stdout.isatty()
        self._keys = _Keys()

    def read(self, begun: str = "") -> str:
        self.at_start()
        self._keys.shown()
        try:
            return self._read(begun)
        finally:
            self._keys.hidden()

    def close(self) -> None:
        """Gives the terminal back as it was."""
        self.at_start()
        self._keys.shown()

    def style(self) -> Style:
        return self._style()

    def page(self, text: str, line: int = 0) -> bool:
        tall = text.count("\n") >= shutil.get_terminal_size().lines - 1
        chosen = self._abilities.pager
        if self._by_hand and self._abilities.moves and tall and paged(text, line, chosen):
            return True
        self.write(text)
        return False

    def compose(self, begun: str) -> str:
        if not self._by_hand:
            raise UsageError("an editor needs a terminal")
        return edited(begun, self._abilities.editor)

    def copy(self, text: str) -> str:
        sent, how = clip(for_terminal(text), self._abilities)
        self.write(sent)
        return how

    def browse(self, url: str) -> None:
        address = web_address(url)
        if not address:
            raise UsageError("the article has no address on the web", help="/open N shows its text")
        if not webbrowser.open(address):
            self.warn("There is no browser here; the address is\n")
            self.write(f"{address}\n")  # in one piece, so that it can be copied

    def now(self) -> float:
        return time.monotonic()


class _Keys:
    """Whether what is typed is shown; what is not waits for the next prompt."""

    def __init__(self) -> None:
        self._before: list[Any] | None = None

    def shown(self) -> None:
        if self._before is not None:
            _set_terminal(self._before)
            self._before = None

    def hidden(self) -> None:
        before = _terminal()
        if before is not None and self._before is None:
            import termios  # noqa: PLC0415 - not on every platform

            quiet = [*before]
            quiet[3] &= ~termios.ECHO
            _set_terminal(quiet)
            self._before = before


def _terminal() -> list[Any] | None:
    """The state of the terminal that is typed at, if there is one."""
    try:
        import termios  # noqa: PLC0415 - not on every platform

        return termios.tcgetattr(sys.stdin) if sys.stdin.isatty() else None
    except (ImportError, OSError, ValueError):
        return None


def _set_terminal(state: list[Any]) -> None:
    import termios  # noqa: PLC0415 - there is one, as its state is known

    with suppress(termios.error, OSError, ValueError):  # it may be gone by now
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, state)


def typed_line(begun: str = "") -> str:
    """A line typed at a terminal that does no more than show letters."""
    sys.stderr.write(f"{for_terminal(begun)}\n> " if begun else "> ")
    sys.stderr.flush()
    try:
        return piped_line()
    except (EOFError, KeyboardInterrupt):
        sys.stderr.write("\n")  # what comes next begins on a line of its own
        raise


def piped_line(_: str = "") -> str:
    """A line of standard input when nobody types there, so that no prompt is shown."""
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")
