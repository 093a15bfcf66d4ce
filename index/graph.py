"""Checks the graph that Chroma keeps on disk before Chroma loads it.

Chroma's HNSW library believes its files: a link that leads out of the graph ends the process, and
a file that lost its end makes passages vanish from searches without a word. So the files are
checked for what it takes for granted. That reads each element's links, not its vector.

The layout is that of hnswlib's `saveIndex` (Malkov and Yashunin, "Efficient and robust approximate
nearest neighbor search using hierarchical navigable small world graphs", 2018) as Chroma splits it
into files: a header, the lowest level with its vectors, and the levels above.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["GraphDamaged", "check_graph", "check_sizes"]

_HEADER = struct.Struct("<i6QiI3QdQ")
_FILES = ("header.bin", "data_level0.bin", "length.bin", "link_lists.bin")


class GraphDamaged(Exception):
    """A file of the graph is not what it has to be."""


@dataclass(frozen=True, slots=True)
class _Header:
    elements: int
    element_bytes: int
    label_offset: int
    vector_offset: int
    top_level: int
    entry: int
    links: int
    links_level0: int


def check_sizes(folder: Path) -> None:
    """Checks that no file of a Chroma folder is missing or shorter than its graph.

    Raises:
        GraphDamaged: When one is.
        sqlite3.DatabaseError: When Chroma's own tables cannot be read.
    """
    for segment in _saved(folder):
        _header(segment)


def check_graph(folder: Path) -> None:
    """Checks all that loading the graphs of a Chroma folder takes for granted.

    Raises:
        GraphDamaged: When something is not so.
        sqlite3.DatabaseError: When Chroma's own tables cannot be read.
    """
    for segment in _saved(folder):
        header = _header(segment)
        _check_lowest(segment, header)
        _check_upper(segment, header)


def _saved(folder: Path) -> list[Path]:
    """The folders of the graphs that Chroma has saved; what is newer is in its tables."""
    file = folder / "chroma.sqlite3"
    # Not read-only: what a killed writer left half done, SQLite has to take back first.
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'segments'").fetchall():
            return []
        rows = connection.execute(
            "SELECT s.id FROM segments s JOIN max_seq_id m ON m.segment_id = s.id"
            " WHERE s.scope = 'VECTOR'"
        ).fetchall()
    return [folder / row[0] for row in rows]


def _header(segment: Path) -> _Header:
    for name in (*_FILES, "index_metadata.pickle"):
        if not (segment / name).is_file():
            raise GraphDamaged(f"{segment.name}/{name} is missing")
    content = (segment / "header.bin").read_bytes()
    if len(content) < _HEADER.size:
        raise GraphDamaged(f"{segment.name}/header.bin is too short")
    (_, _, _, elements, size, label, vector, top, entry, links, links0, *_) = _HEADER.unpack(
        content[: _HEADER.size]
    )
    header = _Header(elements, size, label, vector, top, entry, links, links0)
    # Each element of the lowest level is a count, its links, its vector, and its label.
    whole = (
        0 < links <= links0 < 1 << 16
        and vector == 4 + 4 * links0
        and vector < label == size - 8
        and -1 <= top < 64
        and (elements == 0 or entry < elements)
    )
    if not whole:
        raise GraphDamaged(f"{segment.name}/header.bin is not a header")
    if (segment / "data_level0.bin").stat().st_size < elements * size:
        raise GraphDamaged(f"{segment.name}/data_level0.bin is too short")
    if (segment / "length.bin").stat().st_size < elements * 4:
        raise GraphDamaged(f"{segment.name}/length.bin is too short")
    if (segment / "link_lists.bin").stat().st_size < elements * 4:
        raise GraphDamaged(f"{segment.name}/link_lists.bin is too short")
    return header


def _check_lowest(segment: Path, header: _Header) -> None:
    import numpy as np  # noqa: PLC0415 - only opening Chroma needs it

    if not header.elements:
        return
    file = segment / "data_level0.bin"
    shape = (header.elements, header.element_bytes)
    lowest = np.memmap(file, dtype=np.uint8, mode="r", shape=shape)
    blocks = np.ascontiguousarray(lowest[:, : header.vector_offset]).view("<u4")
    if not _links_lead_inside(blocks, header.elements):
        raise GraphDamaged(f"{segment.name}/data_level0.bin has links that lead nowhere")


def _check_upper(segment: Path, header: _Header) -> None:
    import numpy as np  # noqa: PLC0415 - likewise

    words = np.fromfile(segment / "link_lists.bin", dtype="<u4")
    block = 1 + header.links
    damaged = GraphDamaged(f"{segment.name}/link_lists.bin has lists that lead nowhere")
    # Per element: the bytes of its lists (0 for most), then a block of links a level.
    used = np.flatnonzero(words)
    starts: list[int] = []
    at = element = 0
    while element < header.elements:
        following = int(np.searchsorted(used, at))
        if following == len(used):
            at += header.elements - element
            break
        zeros = min(int(used[following]) - at, header.elements - element)
        at, element = at + zeros, element + zeros
        if element == header.elements:
            break
        levels, rest = divmod(int(words[at]), 4 * block)
        if rest or levels > header.top_level or at + 1 + levels * block > len(words):
            raise damaged
        starts += range(at + 1, at + 1 + levels * block, block)
        at, element = at + 1 + levels * block, element + 1
    if at > len(words):
        raise damaged
    if starts:
        blocks = words[np.asarray(starts)[:, None] + np.arange(block)]
        if not _links_lead_inside(blocks, header.elements):
            raise damaged


def _links_lead_inside(blocks: NDArray[np.uint32], elements: int) -> bool:
    """Whether each row, a count and as many links, links to elements that there are."""
    import numpy as np  # noqa: PLC0415 - likewise

    # The count is the lower half; the upper half of it has a mark for what was deleted.
    counts = blocks[:, 0] & 0xFFFF
    room = blocks.shape[1] - 1
    if counts.max(initial=0) > room:
        return False
    taken = np.arange(room) < counts[:, None]
    return bool((blocks[:, 1:][taken] < elements).all())
