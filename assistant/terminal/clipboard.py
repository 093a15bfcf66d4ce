"""The clipboard: through tmux, through a program, or through the terminal itself (OSC 52)."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import UsageError

if TYPE_CHECKING:
    from assistant.terminal.abilities import Abilities

__all__ = ["Clip", "clip"]

# Bytes that terminals take at the most.
_MOST = 74_994
_PATIENCE = 5

# What is written to the terminal, and how the text was copied.
Clip = tuple[str, str]


def clip(text: str, abilities: Abilities) -> Clip:
    """Copies a text.

    Returns:
        What has still to be sent to the terminal (nothing, where a program took the text), and
        how it was copied.

    Raises:
        UsageError: When there is no way.
    """
    for words in _programs(abilities):
        if shutil.which(words[0]) and _given_to(words, text):
            return "", f"with {words[0]}"
    if not abilities.moves:
        raise UsageError("there is no clipboard here", help="/save FILE writes the chat to a file")
    encoded = base64.b64encode(text.encode(errors="replace")).decode()
    if len(encoded) > _MOST:
        raise UsageError("that is too long for the terminal", help="/save FILE writes it to a file")
    return f"\x1b]52;c;{encoded}\x07", "through the terminal, if it allows that"


def _programs(abilities: Abilities) -> Iterator[tuple[str, ...]]:
    """The programs that would put a text where its reader sits."""
    if abilities.tmux:
        yield "tmux", "load-buffer", "-w", "-"
    if abilities.remote:
        return
    yield from (("pbcopy",), ("clip.exe",))
    if abilities.wayland:
        yield ("wl-copy",)
    if abilities.x11:
        yield "xclip", "-selection", "clipboard"
        yield "xsel", "--clipboard", "--input"


def _given_to(words: tuple[str, ...], text: str) -> bool:
    # Some of these programs stay to hand the text on, and must not keep our output open.
    try:
        process = subprocess.Popen(  # noqa: S603 - one of the programs named above
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
        )
        process.communicate(text, timeout=_PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return process.returncode == 0
