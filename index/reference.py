"""What names an article."""

from __future__ import annotations

from pathlib import Path

from index.readers.place import place_of
from index.types import Article, ArticleInfo

__all__ = ["Reference", "named"]

Reference = str | Path | ArticleInfo | Article
"""What names an article: a text, its file, or what is known of it."""


def named(reference: Reference) -> str:
    """The text that the catalog finds an article by.

    Raises:
        TypeError: When it is nothing that names an article.
    """
    match reference:
        case str():
            return reference
        case Path():
            # Articles give their absolute paths; a name alone may be that of a file elsewhere.
            return place_of(reference) if reference.exists() else str(reference)
        case ArticleInfo():
            return reference.id
        case Article():
            return reference.identified().info.id
    raise TypeError(
        "an article is named by its id, url or path, or by an ArticleInfo or Article,"
        f" and not by {type(reference).__name__}"
    )
