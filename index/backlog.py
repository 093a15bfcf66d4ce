"""What the catalog holds and a derived store, the lexical index or the vector store, lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from index.database import Database

__all__ = ["Backlog", "Store"]

Store = Literal["lexical", "vector"]


class Backlog:
    """The flags of the passages of one catalog.

    Args:
        database: The catalog's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def behind(self, store: Store, limit: int, since: int = 0) -> tuple[list[str], list[int]]:
        """What a store has to forget (ids) and to take up (numbers), `limit` in all.

        The oldest come first, of those whose number is not below `since`.
        """
        query = (
            f"SELECT id, number, live FROM passages WHERE {store} <> live AND number >= ?"  # noqa: S608
            " ORDER BY number LIMIT ?"
        )
        rows = self._database.rows(query, [since, limit])
        return [row[0] for row in rows if not row[2]], [row[1] for row in rows if row[2]]

    def gone(self, store: Store, limit: int) -> list[str]:
        """Ids of passages that a store holds and should not."""
        query = f"SELECT id FROM passages WHERE {store} <> live AND NOT live LIMIT ?"  # noqa: S608
        return [row[0] for row in self._database.rows(query, [limit])]

    def count_behind(self, store: Store) -> int:
        """How many passages a store has to take up."""
        query = f"SELECT count(*) FROM passages WHERE {store} <> live AND live"  # noqa: S608
        return int(self._database.rows(query)[0][0])

    def holds(self, store: Store) -> bool:
        """Whether a store should hold anything."""
        return bool(self._database.rows(f"SELECT 1 FROM passages WHERE {store} LIMIT 1"))  # noqa: S608

    def count_held(self, store: Store) -> int:
        """How many passages a store should hold."""
        query = f"SELECT count(*) FROM passages WHERE {store}"  # noqa: S608
        return int(self._database.rows(query)[0][0])

    def hold_exactly(
        self, store: Store, ids: Iterable[str], articles: Sequence[str] | None = None
    ) -> list[str]:
        """Notes which passages a store holds; returns those that the catalog does not know.

        Args:
            store: Which store.
            ids: What it holds.
            articles: Those whose passages these are; None for all.
        """
        unknown = []
        with self._database.transaction() as connection:
            if articles is None:
                connection.execute(f"UPDATE passages SET {store} = 0 WHERE {store} <> 0")  # noqa: S608
            else:
                connection.executemany(
                    f"UPDATE passages SET {store} = 0 WHERE article = ? AND {store} <> 0",  # noqa: S608
                    [(article,) for article in articles],
                )
            for identity in ids:
                done = connection.execute(
                    f"UPDATE passages SET {store} = 1 WHERE id = ?",  # noqa: S608
                    [identity],
                )
                if not done.rowcount:
                    unknown.append(identity)
        return unknown

    def forget(self, store: Store) -> None:
        """Notes that a store holds nothing, because it is new or was lost."""
        with self._database.transaction() as connection:
            connection.execute(f"UPDATE passages SET {store} = 0 WHERE {store} <> 0")  # noqa: S608

    def caught_up(self, store: Store, gone: Sequence[str], held: Sequence[int]) -> None:
        """Notes that a store has committed what `behind` said it lacked."""
        with self._database.transaction() as connection:
            connection.executemany(
                f"UPDATE passages SET {store} = 0 WHERE id = ?",  # noqa: S608
                [(i,) for i in gone],
            )
            connection.executemany(
                f"UPDATE passages SET {store} = 1 WHERE number = ?",  # noqa: S608
                [(n,) for n in held],
            )
