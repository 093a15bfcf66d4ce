"""The graphs that are made from the weights, kept in the user's cache."""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.embed.weights import (
    MAX_TOKENS,
    SHA256,
    default_cache,
    fetch_from_hub,
    fetch_from_index,
    find,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Graphs"]

_GRAPH, _TOKENIZER, _CHECKSUM = "model.onnx", "tokenizer.json", "sha256"

_Make = Callable[[Mapping[str, "NDArray[np.float32]"]], Any]
Make = Callable[[Mapping[str, "NDArray[np.float32]"], bool], Any]
"""Makes a model of ONNX from the tensors of model.safetensors by name.

Its weights have a sign or not; see `int8_is_exact`.
"""


@dataclass(slots=True)
class Graphs:
    """What is made from one set of weights.

    Attributes:
        folder: Where model.safetensors and tokenizer.json are; None looks in the user's cache and
            the installed package, and may fetch them.
        cache: Where the graphs are kept; None is the user's cache folder.
        allow_fetch: Whether the weights may be fetched when they are nowhere.
        say: Is told before something that takes long.
    """

    folder: Path | None
    cache: Path | None
    allow_fetch: bool
    say: Callable[[str], None]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _tokenizer: Any = None

    def prepared(
        self, name: str, make: Make, what: str, *, signed: bool, fetch: bool = True
    ) -> tuple[Path, Path]:
        """A graph and the tokenizer in the cache, made from the weights if need be.

        The graph's own checksum stands beside it, so that one that was cut short is made again.

        Args:
            name: What the graph is known by; another whenever another one would be made.
            make: Makes it.
            what: What it is for, in words.
            signed: Whether its weights have a sign; there is one graph for each.
            fetch: Whether the weights may be fetched now.

        Raises:
            WeightsMissing: When the weights are nowhere.
        """
        kind = name if signed else f"{name}:unsigned"
        folder = (self.cache or default_cache()) / kind.replace(":", "-")
        if self.folder is not None or not _is_whole(folder):
            # One at a time: what two threads need is fetched once.
            with self._lock:
                self._prepare(folder, lambda weights: make(weights, signed), what, fetch=fetch)
        return folder / _GRAPH, folder / _TOKENIZER

    def tokenizer(self, file: Path) -> Any:
        """What takes texts apart into at most 256 tokens, loaded once for all graphs."""
        from tokenizers import Tokenizer  # noqa: PLC0415 - only embedding needs it

        with self._lock:
            if self._tokenizer is None:
                self._tokenizer = Tokenizer.from_file(str(file))
                self._tokenizer.enable_truncation(MAX_TOKENS)
                self._tokenizer.no_padding()
            return self._tokenizer

    def _prepare(self, folder: Path, make: _Make, what: str, *, fetch: bool) -> None:
        cache = folder.parent
        # A folder that was named is looked at even where its graph is kept: it may be a mistake.
        named = self.folder and find(self.folder, cache, (), self.say)
        if _is_whole(folder):
            return
        fetchers = (fetch_from_index, fetch_from_hub) if fetch and self.allow_fetch else ()
        if fetchers:
            # Once is enough: what could not be fetched is not waited for with every question.
            self.allow_fetch = False
        files = named or find(None, cache, fetchers, self.say)
        self.say(f"preparing the local {what} (a few seconds, once)")
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            made = _saved(make, files.weights, Path(temporary) / _GRAPH)
            (Path(temporary) / _CHECKSUM).write_text(_digest(made), encoding="ascii")
            (Path(temporary) / _TOKENIZER).write_bytes(files.tokenizer.read_bytes())
            # The checksum last: only then is the graph taken for whole.
            for file in (_TOKENIZER, _GRAPH, _CHECKSUM):
                (Path(temporary) / file).replace(folder / file)


def _saved(make: _Make, weights: Path, file: Path) -> Path:
    import onnx  # noqa: PLC0415 - slow, and needed once
    from safetensors.numpy import load_file  # noqa: PLC0415 - likewise

    onnx.save(make(load_file(weights)), file)
    return file


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _is_whole(folder: Path) -> bool:
    """Whether a folder of the cache holds what was put there."""
    try:
        return (folder / _CHECKSUM).read_bytes() == _digest(folder / _GRAPH).encode("ascii") and (
            _digest(folder / _TOKENIZER) == SHA256[_TOKENIZER]
        )
    except OSError:
        return False
