"""The options that settings are made of: what each takes, and what it is where nobody says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from assistant.keys import is_url
from index.address import is_server, server_address
from index.errors import UsageError

__all__ = ["MOST_PASSAGES", "OPTIONS", "Option"]

MOST_PASSAGES = 100
"""The most passages that an answer may be made from, or a search may find."""

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Option:
    """How the value of an option is read.

    Attributes:
        wants: What the value has to be, as an error says it.
        types: The types that the file may hold.
        parse: Reads it from text; raises ValueError.
        fits: Whether a value is in range.
        secret: Whether a wrong value is kept out of the error: it may be a key in a wrong place.
    """

    wants: str
    types: tuple[type, ...]
    parse: Callable[[str], Any]
    default: Any
    fits: Callable[[Any], bool] = lambda _: True
    secret: bool = False

    def convert(self, raw: object, where: str, *, strict: bool = False) -> Any:
        """The value of `raw`, which `where` names; `strict` takes no text for a number."""
        value: Any = str(raw) if isinstance(raw, PurePath) else raw
        if isinstance(value, str) and (str in self.types or not strict):
            try:
                value = self.parse(value)
            except ValueError as error:
                raise self._refusal(raw, where) from error
        elif type(value) not in self.types:
            raise self._refusal(raw, where)
        if not self.fits(value):
            raise self._refusal(raw, where)
        return tuple(value) if isinstance(value, list) else value

    def _refusal(self, raw: object, where: str) -> UsageError:
        shown = "not what it has to be" if self.secret else repr(raw)
        return UsageError(f"{where} is {shown}", help=f"it has to be {self.wants}")


def _truth(text: str) -> bool:
    word = text.strip().lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(text)
    return word in _TRUE


def _outlets(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


def _text(default: str = "") -> Option:
    return Option("text", (str,), str.strip, default)


def _place(text: str) -> Path | str:
    return str(server_address(text)) if is_server(text) else Path(text).expanduser()


def _folder(text: str) -> Path | None:
    return Path(text).expanduser() if text.strip() else None


def _switch(*, default: bool) -> Option:
    return Option("true or false", (bool,), _truth, default)


def _seconds(default: float) -> Option:
    fits = lambda n: 0 < n < 86_400  # noqa: E731 - shorter than a function in a function
    return Option("a number of seconds", (int, float), float, default, fits)


def _tokens() -> Option:
    return Option("a number of tokens", (int,), int, 0, lambda n: n >= 0)


_URL = Option(
    wants="an address that begins with http:// or https://",
    types=(str,),
    parse=str.strip,
    default="",
    fits=lambda url: not url or is_url(url),
    secret=True,
)
_DAY = Option("a day, written YYYY-MM-DD", (str, dt.date), dt.date.fromisoformat, None)

OPTIONS: Mapping[str, Option] = {
    "library": Option("the path of a folder or an address", (str,), _place, None),
    "library_token": _text(),
    "model": _text(),
    "base_url": _URL,
    "embedder": _text(),
    "embedder_base_url": _URL,
    "embedder_requests": Option(
        "a whole number from 1 to 64", (int,), int, 4, lambda n: 1 <= n <= 64
    ),
    "max_cost": Option(
        "a number of dollars",
        (int, float),
        lambda text: float(text.lstrip("$")),
        None,
        lambda dollars: dollars >= 0,
    ),
    "top_k": Option(
        f"a whole number from 1 to {MOST_PASSAGES}",
        (int,),
        int,
        8,
        lambda n: 1 <= n <= MOST_PASSAGES,
    ),
    "prompts": Option("the path of a folder", (str,), _folder, None),
    "strict": _switch(default=False),
    "judge": _switch(default=False),
    "timeout": _seconds(60.0),
    "deadline": _seconds(600.0),
    "context_window": _tokens(),
    "max_tokens": _tokens(),
    "allow_private": _switch(default=False),
    "ignore_robots": _switch(default=False),
    "excerpts": _switch(default=False),
    "contact": _text(),
    "no_stream": _switch(default=False),
    "width": Option("a number of columns from 20, or 0", (int,), int, 0, lambda n: not 0 < n < 20),
    "editing": Option("emacs or vi", (str,), str.strip, "emacs", {"emacs", "vi"}.__contains__),
    "quiet": _switch(default=False),
    "fetch": _switch(default=True),
    "since": _DAY,
    "until": _DAY,
    "as_of": _DAY,
    "source": Option(
        "the name of an outlet, or several",
        (str, list, tuple),
        _outlets,
        (),
        lambda names: all(isinstance(name, str) for name in names),
    ),
}
