"""Opens the folder of a library: makes it, refuses what is none, and upgrades an older one."""

from __future__ import annotations

from pathlib import Path

from index.catalog import Catalog
from index.errors import NoLibrary, UsageError
from index.lock import writing
from index.salvage import refuse_without_catalog
from index.schema import CURRENT

__all__ = ["open_catalog"]

# Seconds that opening waits for another process that is making or upgrading the library.
_PATIENCE = 10


def open_catalog(folder: Path, *, create: bool) -> Catalog:
    """The catalog of the library in a folder, with the current schema.

    Args:
        folder: The library.
        create: Whether to make it when there is none.

    Raises:
        NoLibrary: When there is none and `create` is false.
        UsageError: When the folder holds something else.
        LibraryDamaged: When the catalog cannot be read, is gone, or is of a newer version.
    """
    file = folder / "catalog.sqlite3"
    if not file.exists():
        refuse_without_catalog(folder)
        _refuse_or_make(folder, create=create)
    catalog = Catalog(file, create=create)
    if catalog.database.schema == 0:
        refuse_without_catalog(folder)
    if catalog.database.schema < CURRENT:
        with writing(folder, _PATIENCE):
            # Another process may have done it in the meantime.
            catalog.close()
            catalog = Catalog(file, create=create)
            catalog.database.upgrade()
    return catalog


def _refuse_or_make(folder: Path, *, create: bool) -> None:
    if not create:
        raise NoLibrary(
            f"there is no library at {folder}",
            help="`dateline index PATH` makes one; `--library DIR` names another place",
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} holds something that is not a library",
            help="name an empty or a new folder with `--library DIR`",
        )
    folder.mkdir(parents=True, exist_ok=True)
