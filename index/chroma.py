"""Chroma, loaded in two thirds of the time it takes by itself.

Two things are left out while it loads. Every method that is marked as overriding another is checked
against that one, which concerns Chroma's makers; and what sends traces over gRPC waits until it is
used, which is when Chroma's settings name an endpoint for traces. Whoever loads Chroma first, it is
the same Chroma.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from types import ModuleType
from typing import Any

_EXPORTER = "opentelemetry.exporter.otlp.proto.grpc.trace_exporter"


def _marked(method: Any = None, **_: object) -> Any:
    """Marks a method as overriding another, as `overrides.override` does, and checks nothing."""
    if method is None:
        return _marked
    with suppress(AttributeError, TypeError):
        method.__override__ = True
    return method


def _exporter(*given: Any, **named: Any) -> Any:
    return import_module(_EXPORTER).OTLPSpanExporter(*given, **named)


@contextmanager
def _unchecked() -> Iterator[None]:
    import overrides  # noqa: PLC0415 - only Chroma needs it

    before = overrides.override, overrides.overrides
    overrides.override = overrides.overrides = _marked
    try:
        yield
    finally:
        overrides.override, overrides.overrides = before


@contextmanager
def _without_exporter() -> Iterator[None]:
    if _EXPORTER in sys.modules:
        yield
        return
    stand_in = ModuleType(_EXPORTER)
    stand_in.OTLPSpanExporter = _exporter  # type: ignore[attr-defined]
    sys.modules[_EXPORTER] = stand_in
    try:
        yield
    finally:
        del sys.modules[_EXPORTER]


with _unchecked(), _without_exporter():
    import chromadb
    from chromadb import errors
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

__all__ = ["ChromaError", "Settings", "SharedSystemClient", "chromadb", "errors"]
