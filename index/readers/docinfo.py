"""Title and authors that a document's properties give, where they make sense.

Programs fill these in by themselves: with the name of the first draft's file, with their own name
or with that of the computer's owner.
"""

from __future__ import annotations

import re

from index.readers.build import split_names
from index.readers.decode import fold

__all__ = ["stated_authors", "stated_title"]

_LONGEST = 300  # characters of a title
_NO_TITLE = re.compile(
    r"(?:untitled|unknown|document|no title|title|slide|page|layout|presentation)?\s*[-_]?\s*[0-9]*"
    r"|microsoft .*|print(?:ing)?|.*\.[a-z]{3,5}[0-9]?|\(?anonymous\)?|\S*_\S*",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"\(?(?:user|admin|administrator|owner|unknown|anonymous|unspecified|author|guest|root|default"
    r"|microsoft.*|adobe.*|.*\binc\.?|calibre.*|python-docx)\)?[ 0-9]*|.*@.*|.*[\\/_].*",
    re.IGNORECASE,
)


def stated_title(text: str) -> str:
    """Return the title, or "" for a file's name or what a program puts there by itself."""
    title = fold(text)
    return "" if len(title) > _LONGEST or _NO_TITLE.fullmatch(title) else title


def stated_authors(text: str) -> tuple[str, ...]:
    """Return the names of people, without accounts and programs."""
    return tuple(name for name in split_names(text) if not _NO_AUTHOR.fullmatch(name))
