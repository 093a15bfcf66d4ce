"""A JSON file: an array of articles, or one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from index.errors import ReadError
from index.readers.decode import decode
from index.readers.jsonlines import article_of
from index.types import Article, Skipped

__all__ = ["read_json"]


def read_json(data: bytes, where: str, address: str) -> Iterator[Article | Skipped]:
    """Yield the article of each object in an array, and why one that holds none was skipped.

    The objects are those of JSON Lines. An article without a url and an id is identified by
    `address`, `#` and its place in the array, from 1; a single object by `address` alone.

    Args:
        data: The whole file.
        where: The file as the person named it, for what is skipped.
        address: What the articles give as their path.

    Raises:
        ReadError: The file is not JSON, or neither an array nor an object.
    """
    value = _parsed(data)
    if not isinstance(value, list):
        yield article_of(value, "", address)
        return
    for number, one in enumerate(value, start=1):
        try:
            yield article_of(one, str(number), address)
        except ReadError as exc:
            yield Skipped(f"{where}#{number}", exc.message)


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(decode(data))
    except json.JSONDecodeError as exc:
        lines = "; a file of one object a line is to end in .jsonl"
        hint = lines if exc.msg == "Extra data" else ""
        raise ReadError(f"not JSON: {exc.msg} in line {exc.lineno}{hint}") from exc
    except (RecursionError, ValueError) as exc:  # nested too deeply; a number of too many digits
        raise ReadError("not JSON that can be read") from exc
