"""What a terminal can do, by what the environment says of it; nothing is asked of the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from assistant.render.layout import Depth

__all__ = ["Abilities"]

# Terminals that set TERM_PROGRAM and show addresses behind words.
_LINKING = frozenset({"ghostty", "iTerm.app", "mintty", "rio", "Tabby", "vscode", "WezTerm"})
# What others set, and the first version that shows them; 0 where the variable alone is enough.
_LINKING_SINCE = {"VTE_VERSION": 5_000, "KONSOLE_VERSION": 201_200, "WT_SESSION": 0}
_LINKING_TERMS = ("alacritty", "contour", "foot", "xterm-ghostty", "xterm-kitty")


@dataclass(frozen=True, slots=True)
class Abilities:
    """What may be sent to a terminal, and the programs that its owner chose.

    Attributes:
        moves: Whether the cursor can be moved, so that a line can change.
        depth: How many colours there are; 0 where none are wanted.
        links: Whether addresses can stand behind words.
        pager: The program for long texts, or empty for the usual ones.
        editor: The program for editing, or empty for the usual ones.
        tmux: Whether tmux is in between.
        remote: Whether its reader sits at another machine.
        wayland: Whether there is a Wayland display.
        x11: Whether there is an X display.
    """

    moves: bool = True
    depth: Depth = 16
    links: bool = False
    pager: str = ""
    editor: str = ""
    tmux: bool = False
    remote: bool = False
    wayland: bool = False
    x11: bool = False

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Self:
        """The abilities by the environment."""
        term = environ.get("TERM", "")
        moves = term not in {"", "dumb", "unknown"}
        return cls(
            moves=moves,
            depth=_depth(term, environ) if moves and not environ.get("NO_COLOR") else 0,
            links=moves and _links(term, environ),
            pager=environ.get("PAGER", ""),
            editor=environ.get("VISUAL") or environ.get("EDITOR", ""),
            tmux=bool(environ.get("TMUX")),
            remote=bool(environ.get("SSH_CONNECTION")),
            wayland=bool(environ.get("WAYLAND_DISPLAY")),
            x11=bool(environ.get("DISPLAY")),
        )


def _depth(term: str, environ: Mapping[str, str]) -> Depth:
    many = "256color" in term or environ.get("COLORTERM") in {"truecolor", "24bit"}
    return 256 if many or term.startswith(_LINKING_TERMS) else 16


def _links(term: str, environ: Mapping[str, str]) -> bool:
    forced = environ.get("FORCE_HYPERLINK")
    if forced is not None:
        return forced != "0"
    if environ.get("TMUX") or term.startswith("screen"):
        return False  # older ones swallow them, and none says what is behind it
    if environ.get("TERM_PROGRAM") in _LINKING or term.startswith(_LINKING_TERMS):
        return True
    return any(
        environ.get(name) and _number(environ[name]) >= since
        for name, since in _LINKING_SINCE.items()
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
