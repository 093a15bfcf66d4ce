"""What the line of facts says: of the library, of who answers, of what was spent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.render.chat import bar_text, limits_text, who_text
from assistant.render.terminal import counted, for_terminal
from assistant.types import Turn, Usage

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.app import Assistant
    from assistant.repl.scope import Scope

__all__ = ["Facts"]


class Facts:
    """What is known of a library while it opens, and then.

    Args:
        library: The library's folder or address.

    Attributes:
        preparing: What takes long at the moment, or empty.
    """

    def __init__(self, library: Path | str) -> None:
        place = str(library)
        self._name = place.rstrip("/").rpartition("/")[2] or place
        self._articles = self._vectors = ""
        self.preparing = ""

    def count(self, assistant: Assistant) -> None:
        """Counts what the library holds."""
        held = assistant.library.status()
        share = held.vectors / held.passages if held.passages else 1.0
        self._articles = counted(held.articles, "articles")
        self._vectors = f"{share:.0%} with vectors"

    def bar(self, scope: Scope, turns: Sequence[Turn], indexing: str, width: int) -> str:
        """The line; what matters least is left out where the terminal is narrow.

        Args:
            scope: What questions are asked with.
            turns: What was said.
            indexing: How far indexing is, or empty.
            width: Columns of the terminal.
        """
        parts = (
            (4, self._name),
            (5, self._articles or self.preparing or "opening …"),
            (6, self._vectors),
            (2, who_text(scope)),
            (0, limits_text(scope)),
            (3, _spent(turns)),
            (1, indexing),
        )
        return for_terminal(bar_text(parts, width))


def _spent(turns: Sequence[Turn]) -> str:
    """Tokens so far, and what they cost where that is known."""
    spent = sum((turn.answer.usage for turn in turns), Usage())
    tokens = spent.prompt_tokens + spent.completion_tokens
    cost = f", ${spent.cost:.4f}" if spent.cost else ""
    return f"{counted(tokens, 'tokens')}{cost}" if tokens else ""
