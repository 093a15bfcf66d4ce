"""Panics of the Rust libraries below, made into ordinary exceptions.

Chroma and tantivy panic where damaged data breaks what they take for granted. That arrives as an
exception that is not an `Exception`, of a class that cannot be imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["RustPanic", "panics_as_errors"]


class RustPanic(Exception):
    """A library in Rust gave up."""


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Raises `RustPanic` in place of what is not made to be caught; all else passes through."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise RustPanic(str(error).strip()) from error
        raise
