"""What can go wrong above the index; everything else is in the tree of `index.errors`.

DatelineError                  from index.errors
└── TemplateError              a prompt's file is not what it should be
"""

from __future__ import annotations

from index.errors import DatelineError

__all__ = ["DatelineError", "TemplateError"]


class TemplateError(DatelineError):
    pass
