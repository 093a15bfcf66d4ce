"""Text files: a header of a few lines if there is one, a date line, a standfirst, paragraphs.

    title: Talks on a ceasefire
    date 2025-03-20 Both sides speak of progress.

    The talks began on Tuesday.

Every part but the text may be missing; a file without a header is text from its first word on.
Whatever is not plainly header is text, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.readers.build import build_article, split_names
from index.readers.dates import parse_date
from index.readers.decode import clean
from index.types import Article

__all__ = ["read_newsfile"]

_FIELD = re.compile(r"\s*(title|source|authors?|by|url)\s*:(?!//)(.*)", re.IGNORECASE)
_WHOLE_DATE = re.compile(r"\s*date\s*:(.*)", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"\s*date(?:\s*:\s*|\s+)([0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}\S*)?"
    r"|[0-9]{1,2}([./])[0-9]{1,2}\2[0-9]{4})(?:\s+(.*))?",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST = 40  # characters of what may have been meant for a date
_NAMES = ("author", "authors", "by")


def read_newsfile(text: str, path: str) -> Article:
    """Return the article that a text file holds.

    The header ends at the first empty line, at a standfirst, or at a line that is no header line
    or repeats one: from there on all is text. One empty line may stand before a date line. A date
    that is not understood, or does not exist, is text as well, and noted.

    Args:
        text: What the file holds.
        path: Where it was read from.

    Raises:
        ReadError: There is no text, or none below the header.
    """
    lines = clean(text).split("\n")
    fields: dict[str, str] = {}
    at = 0
    standfirst = ""
    while at < len(lines) and not standfirst:
        found = _field(lines[at])
        if found is None and lines[at] == "" and 0 < at < len(lines) - 1 and "date" not in fields:
            found = _date(lines[at + 1])
            at += found is not None
        if found is None or found[0] in fields:
            break
        name, value, standfirst = found
        fields[name] = value
        at += 1
    return build_article(
        "\n".join([standfirst, *lines[at:]]),
        path=path,
        title=fields.get("title", ""),
        date=fields.get("date") or _unread(lines[at : at + 2]),
        source=fields.get("source", ""),
        authors=split_names(fields.get("authors", "")),
        url=fields.get("url", ""),
    )


def _field(line: str) -> tuple[str, str, str] | None:
    """Return a header line's field, its value and the standfirst behind it, or None for text."""
    match = _FIELD.fullmatch(line)
    if match is None:
        return _date(line)
    name, value = match[1].lower(), match[2].strip()
    if name == "url" and _URL.fullmatch(value) is None:
        return None
    return ("authors" if name in _NAMES else name), value, ""


def _date(line: str) -> tuple[str, str, str] | None:
    if (match := _WHOLE_DATE.fullmatch(line)) and parse_date(match[1]):
        return "date", match[1], ""
    if (match := _DATE_LINE.fullmatch(line)) and parse_date(match[1]):
        return "date", match[1], match[3] or ""
    return None


def _unread(lines: Sequence[str]) -> str:
    """The date that the first line below a header states, which is text as it is none, or ""."""
    line = next((line for line in lines if line), "")
    match = _DATE_LINE.fullmatch(line) or _WHOLE_DATE.fullmatch(line)
    stated = match[1].strip() if match else ""
    return stated if len(stated) <= _LONGEST and re.search(r"[0-9]", stated) else ""
