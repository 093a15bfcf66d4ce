"""A person in a chat, by script: what is typed, and all that is shown."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.render.layout import PLAIN

__all__ = ["Person"]


class Person:
    """One door of the chat loop.

    Args:
        lines: What is typed; an exception is raised in its place.
        seconds: What the clock says each time that somebody looks.

    Attributes:
        out: What was written as answers.
        err: What was written beside them.
        both: Both, with the lines that were typed.
        began: What stood in the line when there was something.
        went_on: What was only there for the moment.
    """

    def __init__(self, lines: Iterable[str | BaseException], seconds: Iterable[float] = ()) -> None:
        self.script = iter(lines)
        self.seconds = iter(seconds)
        self.began: list[str] = []
        self.went_on: list[str] = []
        self.out = self.err = self.both = ""

    def read(self, begun: str = "") -> str:
        if begun:
            self.began.append(begun)
        line = next(self.script, EOFError())
        if isinstance(line, BaseException):
            raise line
        self.both += f"> {line}\n"
        return line

    def write(self, text: str) -> None:
        self.out += text
        self.both += text

    def warn(self, text: str) -> None:
        self.err += text
        self.both += text

    def preview(self, text: str) -> None:
        self.went_on.append(f"“{text}”")

    def doing(self, what: str) -> None:
        self.went_on.append(what)

    def style(self):
        return PLAIN

    def page(self, text: str, line: int = 0) -> bool:
        self.write(text)
        return False

    def compose(self, begun: str) -> str:
        return f"{begun} hurt?\n"

    def copy(self, text: str) -> str:
        self.copied = text
        return "with pbcopy"

    def browse(self, url: str) -> None:
        self.browsed = url

    def now(self) -> float:
        return next(self.seconds, 0.0)
