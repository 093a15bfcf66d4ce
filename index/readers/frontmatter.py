"""The YAML front matter of a Markdown article: what its author or a website's program wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import ReadError

__all__ = ["FrontMatter", "split_front_matter"]

_FENCED = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_NOTHING = ("", "~", "null")
_NAMES = {
    "canonical_url": "url",
    "author": "authors",
    "link": "url",
    "outlet": "source",
    "publication": "source",
    "site": "source",
}
_WANTED = dict.fromkeys(("title", "date", "source", "url"), "text") | {
    "authors": "a name or a list of names"
}


class FrontMatter(BaseModel):
    """The fields that Dateline knows; others are left alone."""

    model_config = ConfigDict(frozen=True, strict=True)

    title: str = ""
    date: str = ""
    source: str = ""
    authors: str | list[str] = Field(default_factory=list)
    url: str = ""


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Return the front matter at the very top of a text, and the text below it.

    Values are taken as they are written: `title: 1984` is a title and `date: 2025-02-31` is no
    reason to refuse an article. Two rules with prose between them are not front matter.

    Args:
        text: The whole file, its lines ending in line feeds.

    Raises:
        ReadError: The front matter is not YAML, or a field is not what it should be.
    """
    match = _FENCED.match(text)
    if match is None:
        return FrontMatter(), text
    try:
        # the loader that builds strings, lists and mappings only
        found = yaml.load(match[1], yaml.BaseLoader)  # noqa: S506 - it makes no other objects
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 2 if exc.problem_mark else 2
        raise ReadError(f"broken front matter, line {line}: {exc.problem}") from exc
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as exc:
        raise ReadError("broken front matter, line 2: not YAML that can be read") from exc
    if not isinstance(found, dict):
        return FrontMatter(), text
    return _check(found, match[1]), text[match.end() :]


def _check(found: Mapping[Any, Any], source: str) -> FrontMatter:
    written: dict[str, str] = {}
    values: dict[str, object] = {}
    for key, value in found.items():
        name = _NAMES.get(str(key).lower(), str(key).lower())
        if name in FrontMatter.model_fields and value not in _NOTHING and name not in values:
            written[name] = str(key)
            values[name] = value
    try:
        return FrontMatter.model_validate(values)
    except ValidationError as exc:
        name = str(exc.errors(include_input=False, include_url=False)[0]["loc"][0])
        key = written[name]
        where = f"line {_line(key, source)}"
        raise ReadError(f"broken front matter, {where}: {key} is not {_WANTED[name]}") from exc


def _line(key: str, source: str) -> int:
    """Return the line of the file on which a field of the front matter stands."""
    for number, line in enumerate(source.split("\n"), start=2):
        if line.strip(" \"'").startswith(key):
            return number
    return 2
