"""From files and folders to articles, one reader for each form.

The readers take what comes: a file that is not an article is reported, never raised, and no
article is lost because a part of its header makes no sense.
"""

from __future__ import annotations

from index.readers.path import read_path

__all__ = ["read_path"]
