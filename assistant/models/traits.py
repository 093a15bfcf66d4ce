"""What has been learned of models, kept in a file so that it is learned once.

A model behind an endpoint does not say what it takes: how long a prompt, which parameters. It is
learned from refusals and from what is counted, and forgotten after a day, since a server may be
started again with other settings.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Traits", "TraitsFile"]

# Seconds after which what was learned is learned anew.
_KEPT = 24 * 3600.0
# More models than anybody uses.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of a model at an endpoint.

    Attributes:
        window: Tokens that prompt and reply may have together; 0 when that is not known.
        looked_up: Whether the endpoint has been asked for the window.
        scale: Tokens of the model for one of `count_tokens`; 1 until it has counted.
        refused: What it does not take: names of parameters, `system` for the system role,
            `stream` for streaming.
    """

    window: int = 0
    looked_up: bool = False
    scale: float = 1.0
    refused: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class TraitsFile:
    """The file; one that cannot be read or written only means that things are learned again.

    Args:
        file: Where it is; it need not exist.
        clock: Tells the seconds since 1970.
    """

    file: Path
    clock: Callable[[], float] = time.time

    def of(self, endpoint: str, model: str) -> Traits:
        """What is known of a model at an endpoint."""
        entry = self._read().get(_name(endpoint, model))
        return _traits(entry) if entry and self._is_fresh(entry) else Traits()

    def note(self, endpoint: str, model: str, traits: Traits) -> None:
        """Keeps what is known of a model at an endpoint."""
        entries = {name: entry for name, entry in self._read().items() if self._is_fresh(entry)}
        entries.pop(_name(endpoint, model), None)
        noted = {"noted": self.clock(), "refused": sorted(traits.refused)}
        entries[_name(endpoint, model)] = {**asdict(traits), **noted}
        with contextlib.suppress(OSError):
            self._write(dict(list(entries.items())[-_MOST:]))

    def _is_fresh(self, entry: dict[str, Any]) -> bool:
        noted = entry.get("noted")
        return isinstance(noted, float) and 0 <= self.clock() - noted < _KEPT

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        entries = found.items() if isinstance(found, dict) else ()
        return {name: entry for name, entry in entries if isinstance(entry, dict)}

    def _write(self, entries: dict[str, dict[str, Any]]) -> None:
        """Replaces the file as a whole, since others may be reading or writing it."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.file.parent, prefix=f".{self.file.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as new:
                json.dump(entries, new, indent=1)
            Path(name).replace(self.file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _name(endpoint: str, model: str) -> str:
    return f"{endpoint} {model}"


def _traits(entry: dict[str, Any]) -> Traits:
    """Traits from what a file holds; what is not of its kind is left out."""
    window, scale, refused = entry.get("window"), entry.get("scale"), entry.get("refused")
    return Traits(
        window=window if type(window) is int and window > 0 else 0,
        looked_up=entry.get("looked_up") is True,
        scale=scale if isinstance(scale, float) and 0.1 < scale < 10 else 1.0,
        refused=frozenset(
            part for part in (refused if isinstance(refused, list) else ()) if type(part) is str
        ),
    )
