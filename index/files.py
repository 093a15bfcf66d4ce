"""Which articles are meant by the file, or the folder, that they were read from."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UnknownArticle
from index.readers.place import place_of

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.types import Article, ArticleInfo

__all__ = ["article_named", "articles_named", "files_there"]

# Letters that the name of a file has to have to be looked for in every folder.
_NAME = 4
# Articles and files that are named of several.
_NAMED = 5


def articles_named(catalog: Catalog, reference: str) -> list[str]:
    """The ids of all articles of a file or a folder, or of the one that is named otherwise.

    Raises:
        UnknownArticle: When a reference fits none, or files in several folders.
    """
    return _in_file(catalog, reference) or [catalog.find(reference).info.id]


def article_named(catalog: Catalog, reference: str) -> Article:
    """The one article that is named by its id, address, path or file.

    Raises:
        UnknownArticle: When none or more than one fits.
    """
    held = _in_file(catalog, reference)
    if len(held) > 1:
        more = ", …" if len(held) > _NAMED else ""
        raise UnknownArticle(
            f"{reference} holds {len(held):,} articles",
            help=f"give one id: {', '.join(held[:_NAMED])}{more}; `dateline articles` lists them",
        )
    return catalog.article(held[0]) if held else catalog.find(reference)


def files_there(articles: Iterable[ArticleInfo]) -> list[Path]:
    """The files that articles were read from and that are still there, each once."""
    # An id behind the path of a file is not always short, and what is too long is no file.
    paths = {info.path: None for info in articles if Path(info.path).is_absolute()}
    found = (path if os.path.isfile(path) else path.partition("#")[0] for path in paths)  # noqa: PTH113 - no error where a name is too long
    return [Path(path) for path in dict.fromkeys(found) if os.path.isfile(path)]  # noqa: PTH113 - likewise


def _in_file(catalog: Catalog, reference: str) -> list[str]:
    """The ids of the articles of a file or a folder; of none where no such place is named."""
    if not reference.strip() or "://" in reference or catalog.holds(reference):
        return []
    for place in (place_of(reference), reference):
        if held := catalog.read_from(place):
            return list(held)
    if len(reference) < _NAME:
        return []
    files: defaultdict[str, list[str]] = defaultdict(list)
    for identity, path in catalog.read_from_any(reference).items():
        files[f"{path}#".partition(f"/{reference}#")[0]].append(identity)
    if len(files) <= 1:
        return [identity for held in files.values() for identity in held]
    folders = ", ".join(sorted(files)[:_NAMED])
    raise UnknownArticle(
        f"files of the name {reference} are in {len(files):,} folders",
        help=f"give the whole path; the folders are {folders}",
    )
