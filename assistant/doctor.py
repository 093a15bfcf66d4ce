"""Looks at the set-up piece by piece, and says of each what is there, or what to do about it.

Nothing is changed and nothing paid for: of a model's endpoint only the list of models is asked.
"""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.render.terminal import counted
from index.address import is_server
from index.errors import DatelineError, RequestRefused

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.library import Library

__all__ = ["Finding", "look", "look_at_model"]

# What the program stands on: the distribution, and the module whose loading shows that it works.
_PACKAGES = {
    "chromadb": "chromadb",
    "llama-index-core": "llama_index.core",
    "tantivy": "tantivy",
    "onnxruntime": "onnxruntime",
    "openvino": "index.embed.quiet_openvino",
    "openai": "openai",
}
# Bytes of free space below which a word is due.
_LITTLE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one piece.

    Attributes:
        what: The piece.
        status: Whether it is as it should be, worth a remark, or in the way.
        said: What there is.
        fix: What to do about it, or empty.
        exit_code: What a command would end with that needs it.
    """

    what: str
    status: Literal["ok", "note", "failed"]
    said: str
    fix: str = ""
    exit_code: int = 0


def look(settings: Settings) -> Iterator[Finding]:
    """Looks at everything, what comes first being what the rest stands on."""
    looks: tuple[tuple[str, Callable[[Settings], Iterator[Finding]]], ...] = (
        ("versions", _versions),
        ("settings", _settings),
        ("weights", _weights),
        ("library", _library),
        ("searching", _searching),
        ("model", look_at_model),
        ("terminal", _terminal),
        ("plots", _plots),
    )
    met: set[str] = set()
    for what, of in looks:
        try:
            yield from of(settings)
        except DatelineError as error:
            if error.message not in met:  # what is missing is missed by all that stand on it
                yield Finding(what, "failed", error.message, error.help, error.exit_code)
            met.add(error.message)


def _versions(_: Settings) -> Iterator[Finding]:
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield Finding("versions", "ok", f"Dateline {version('dateline')}, {python}")
    found = []
    for name, module in _PACKAGES.items():
        try:
            said = f"{name} {version(name)}"
            import_module(module)
            found.append(said)
        except PackageNotFoundError:
            again = f"{sys.executable} -m pip install {name}"
            yield Finding("packages", "failed", f"{name} is not installed", again, 1)
        except (ImportError, OSError) as error:
            again = f"{sys.executable} -m pip install --force-reinstall {name}"
            yield Finding("packages", "failed", f"{name} cannot be loaded: {error}", again, 1)
    if found:
        yield Finding("packages", "ok", ", ".join(found))


def _settings(settings: Settings) -> Iterator[Finding]:
    there = "" if settings.file.exists() else " (there is none, and none is needed)"
    origins = settings.origins.items()
    set_ = [name for name, origin in origins if origin not in {"default", "base_url"}]
    also = f"; set: {', '.join(set_)}" if set_ else ""
    yield Finding("settings", "ok", f"{settings.file}{there}{also}")
    if settings.prompts is not None:
        from assistant.templates import Prompts  # noqa: PLC0415 - rarely needed

        own = [
            prompt.stamp.name for prompt in Prompts(settings.prompts).all() if not prompt.shipped
        ]
        yield Finding("prompts", "ok", f"yours: {', '.join(own) or 'none'}, in {settings.prompts}")


def _weights(settings: Settings) -> Iterator[Finding]:
    if settings.embedder not in {"", "local"}:
        return
    from index.embed.weights import default_cache, find  # noqa: PLC0415 - only where it is used
    from index.errors import WeightsMissing  # noqa: PLC0415 - likewise

    try:
        found = find(None, default_cache(), (), lambda _: None)
    except WeightsMissing as error:
        if not settings.fetch:
            raise
        yield Finding(
            "weights", "note", f"{error.message}; the first index fetches them", error.help
        )
        return
    yield Finding("weights", "ok", f"of the local embedder, checked, in {found.weights.parent}")


def _library(settings: Settings) -> Iterator[Finding]:
    from index.library import Library  # noqa: PLC0415 - heavy

    place = settings.library
    with Library(place, token=settings.token_for(place)) as library:
        held = library.status()
        said = f"{place}: {counted(held.articles, 'articles')}, {held.bytes / 1e6:,.0f} MB"
        if not held.articles:
            yield Finding("library", "note", f"{said}", "`dateline index PATH` fills it")
            return
        yield Finding("library", "ok", said)
        if held.lexical < held.passages:
            behind = f"{held.lexical:,} of {held.passages:,} passages are searchable by words"
            yield Finding("words", "note", behind, "`dateline repair`")
        if held.vectors < held.passages:
            share = f"{held.vectors:,} of {held.passages:,} passages have vectors"
            yield Finding("vectors", "note", share, "`dateline index` on any path carries on")
        else:
            yield Finding("vectors", "ok", f"of all passages, by {held.embedder}")
        yield from _room(library, place)


def _room(library: Library, place: Path | str) -> Iterator[Finding]:
    from index.disk import is_writable  # noqa: PLC0415 - only where it is used

    if not is_server(place) and not is_writable(library.folder):
        fix = "index where you may write; searching and asking work"
        yield Finding("writing", "note", f"{library.folder} may not be written to", fix)
    free = shutil.disk_usage(library.folder).free
    if free < _LITTLE:
        yield Finding("disk", "note", f"{free / 1e6:,.0f} MB are free", "free some space")


def _searching(settings: Settings) -> Iterator[Finding]:
    """Opens and loads all that a question needs."""
    from assistant.app import Assistant  # noqa: PLC0415 - heavy

    with Assistant.open(settings=settings, create=False, model="") as assistant:
        if assistant.library.status().articles:
            assistant.warm_up()
            found = assistant.retrieve("news")
            for warning in found.warnings:
                yield Finding("searching", "note", warning)
            if not found.warnings:
                yield Finding("searching", "ok", "by words and by vectors")


def look_at_model(settings: Settings) -> Iterator[Finding]:
    """Looks at the model that is named: its key, and whether the endpoint has it.

    Raises:
        DatelineError: What a question would raise, too.
    """
    if not settings.model:
        hint = "--model NAME has a model write them" if settings.openai_key else ""
        yield Finding("model", "ok", "none is named, so answers are made of quotes", hint)
        return
    from assistant.models import offered_models  # noqa: PLC0415 - heavy

    endpoint = settings.endpoint()
    key = settings.key_for(settings.base_url)
    said = f"from {key.origin}, for {endpoint.label}" if key else f"none, for {endpoint.label}"
    yield Finding("key", "ok", said)
    try:
        offered = offered_models(endpoint)
    except RequestRefused as error:
        yield Finding("model", "note", f"the endpoint lists no models: {error.message}")
        return
    names = ", ".join(offered[:8]) + (" …" if len(offered) > 8 else "")
    if settings.model in offered or not offered:
        yield Finding("model", "ok", f"{settings.model} at {endpoint.label}")
    else:
        said = f"{settings.model} is not in the list of {endpoint.label}"
        yield Finding("model", "note", said, f"it has {names}")


def _terminal(settings: Settings) -> Iterator[Finding]:
    terminal, encoding = settings.terminal, sys.stdout.encoding.lower()
    size = shutil.get_terminal_size()
    facts = (
        f"{size.columns} columns",
        f"{terminal.depth or 'no'} colours",
        "addresses behind words" if terminal.links else "",
        encoding,
    )
    yield Finding("terminal", "ok", ", ".join(filter(None, facts)))
    if "utf" not in encoding:
        fix = "export LC_ALL=C.UTF-8, or PYTHONUTF8=1"
        yield Finding("letters", "note", f"{encoding} has no typographic quotation marks", fix)
    if not terminal.moves:
        fix = "export TERM=xterm-256color, where that is true"
        yield Finding("terminal", "note", "the cursor cannot be moved: no previews, no pager", fix)


def _plots(_: Settings) -> Iterator[Finding]:
    try:
        yield Finding("plots", "ok", f"matplotlib {version('matplotlib')}")
    except PackageNotFoundError:
        fix = "pip install 'dateline[plots]'"
        yield Finding("plots", "note", "Matplotlib is not installed, so nothing is drawn", fix)
