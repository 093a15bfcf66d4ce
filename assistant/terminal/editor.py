"""Where lines are typed at a terminal: history, completion, several lines, and a line of facts.

This is the only door to prompt_toolkit.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition, has_focus, is_searching
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import SimpleLexer
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.styles import Style

from assistant.repl.doors import LineCleared

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.document import Document

    from assistant.render.layout import Depth
    from assistant.repl.completing import Offer

__all__ = ["LineEditor", "LinesTyped"]

# Entries of the history that are kept when it has grown to twice as many.
_KEPT = 5_000
_MENU_LINES = 8
# Seconds after which an Escape is a key of its own, and not the beginning of what a key sends.
_ESCAPE = 0.05
_DEPTHS = {0: ColorDepth.DEPTH_1_BIT, 16: ColorDepth.DEPTH_4_BIT, 256: ColorDepth.DEPTH_8_BIT}
_FAINT = {0: "", 16: "dim", 256: "#767676"}
# What was typed stands out, so that questions are found when one scrolls back.
_TYPED = {0: "", 16: "bold", 256: "bold"}


class LinesTyped(History):
    """What was typed in earlier chats, in a file that only its owner can read.

    An entry is one or several lines, each behind a plus sign; what older versions kept, a line an
    entry without that sign, is read too.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def load_history_strings(self) -> Iterable[str]:
        """The entries, the last one first."""
        try:
            text = self._file.read_text("utf-8", errors="replace")
        except OSError:
            return []
        entries = list(_entries(text))
        if len(entries) > 2 * _KEPT:
            entries = entries[-_KEPT:]
            self._rewrite(entries)
        return reversed(entries)

    def store_string(self, string: str) -> None:
        """Keeps an entry; a history that cannot be kept is no reason to fail."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with open(descriptor, "ab") as file:  # noqa: PTH123 - it is open already
                file.write(_entry(string).encode(errors="replace"))
        except OSError:
            return

    def _rewrite(self, entries: list[str]) -> None:
        try:
            fresh = self._file.with_suffix(".new")
            fresh.touch(0o600)
            fresh.write_bytes("".join(map(_entry, entries)).encode(errors="replace"))
            fresh.replace(self._file)
        except OSError:
            return


def _entry(text: str) -> str:
    return "".join(f"+{line}\n" for line in text.split("\n")) + "\n"


def _entries(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in (*text.split("\n"), ""):
        if line.startswith("+"):
            lines.append(line[1:])
            continue
        if lines:
            yield "\n".join(lines)
            lines = []
        if line.strip():
            yield line


class _Offers(Completer):
    def __init__(self, offers: Callable[[str], Iterable[Offer]]) -> None:
        self._offers = offers

    def get_completions(self, document: Document, _: CompleteEvent) -> Iterator[Completion]:
        for offer in self._offers(document.text_before_cursor):
            yield Completion(offer.text, -offer.length, display_meta=offer.note)


class LineEditor:
    """Reads lines at a terminal.

    Args:
        history: The file of what was typed before.
        offers: What could stand at the cursor, given the text before it.
        bar: The line of facts at the bottom, for a number of columns.
        vi: Whether keys are those of vi; else those of Emacs.
        depth: How many colours there are.
        begin: Called once, as soon as the first prompt is there.
        write: Prints what is said while a line is typed.
    """

    def __init__(
        self,
        history: Path,
        offers: Callable[[str], Iterable[Offer]],
        bar: Callable[[int], str],
        *,
        vi: bool = False,
        depth: Depth = 0,
        begin: Callable[[], None] = lambda: None,
        write: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._print = write
        self._said: deque[str] = deque()
        self._begin: Callable[[], None] | None = begin
        self._session: PromptSession[str] = PromptSession(
            "> ",
            history=LinesTyped(history),
            completer=_Offers(offers),
            complete_while_typing=Condition(self._is_command),
            complete_in_thread=True,
            reserve_space_for_menu=_MENU_LINES,
            multiline=True,
            prompt_continuation="  ",
            bottom_toolbar=lambda: bar(self._app.output.get_size().columns),
            key_bindings=_keys(vi=vi),
            editing_mode=EditingMode.VI if vi else EditingMode.EMACS,
            enable_open_in_editor=True,
            tempfile_suffix=".txt",
            enable_suspend=True,
            color_depth=_DEPTHS[depth],
            lexer=SimpleLexer(_TYPED[depth]),
            style=Style.from_dict({"bottom-toolbar": f"noreverse {_FAINT[depth]}"}),
            include_default_pygments_style=False,
        )
        if vi:
            self._app.ttimeoutlen = _ESCAPE
        # A terminal that does not say where its cursor is goes without the line of facts.
        self._app.renderer.cpr_not_supported_callback = lambda: None

    @property
    def _app(self) -> Application[str]:
        return self._session.app

    def _is_command(self) -> bool:
        return self._session.default_buffer.text.startswith("/")

    def read(self, begun: str = "") -> str:
        """What is typed, without white space at its end; `begun` stands there already.

        Raises:
            EOFError: When Ctrl-D was typed on an empty line.
            KeyboardInterrupt: When Ctrl-C was typed; `LineCleared` when something stood there.
        """
        self._print_said()
        return self._session.prompt(default=begun, pre_run=self._first).rstrip()

    def _first(self) -> None:
        begin, self._begin = self._begin, None
        if begin is not None:
            self._app.after_render += _once(begin)

    def say(self, text: str) -> None:
        """Prints above the line that is being typed; may be called from any thread."""
        self._said.append(text)
        loop = self._app.loop
        if loop is not None and self._app.is_running:
            loop.call_soon_threadsafe(self._say_now)

    def _say_now(self) -> None:
        if self._said and self._app.is_running:
            run_in_terminal(self._print_said)

    def _print_said(self) -> None:
        while self._said:
            self._print(self._said.popleft())

    def refresh(self) -> None:
        """Has the line of facts drawn again; may be called from any thread."""
        if self._app.is_running:
            self._app.invalidate()

    def leave(self, error: BaseException) -> None:
        """Ends the reading with an error; may be called from any thread."""
        loop = self._app.loop
        if loop is not None and self._app.is_running:
            loop.call_soon_threadsafe(self._leave, error)

    def _leave(self, error: BaseException) -> None:
        if self._app.is_running:
            self._app.exit(exception=error)


def _once(begin: Callable[[], None]) -> Callable[[Application[str]], None]:
    pending = [begin]

    def call(_: Application[str]) -> None:
        if pending:
            pending.pop()()

    return call


def _keys(*, vi: bool) -> KeyBindings:
    """Enter sends, unless a backslash stands before it; Alt-Enter begins a new line.

    Terminals send Alt-Enter as Escape and Enter, which with vi are keys of their own.
    """
    keys = KeyBindings()
    typing = has_focus("DEFAULT_BUFFER") & ~is_searching

    @keys.add("enter", filter=typing)
    def _send(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state and buffer.complete_state.current_completion:
            buffer.complete_state = None
        elif buffer.document.char_before_cursor == "\\" and buffer.document.is_cursor_at_the_end:
            buffer.delete_before_cursor()
            buffer.newline(copy_margin=False)
        else:
            buffer.validate_and_handle()

    @keys.add("c-c", filter=typing)
    def _break_off(event: KeyPressEvent) -> None:
        pressed = LineCleared() if event.current_buffer.text else KeyboardInterrupt()
        event.app.exit(exception=pressed, style="class:aborting")

    if not vi:

        @keys.add("escape", "enter", filter=typing)
        def _new_line(event: KeyPressEvent) -> None:
            event.current_buffer.newline(copy_margin=False)

    return keys
