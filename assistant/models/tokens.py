"""How many tokens a text comes to, near enough to fit a prompt into a window.

Every model has its own tokens, and most tokenisers are not to be had without a download. So this
counts what tokenisers agree on, a little on the high side, and `Model` corrects it by what an
endpoint reports of its own model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.models.messages import Message

__all__ = ["count_messages", "count_tokens"]

# A run of letters, or a single digit or mark; white space belongs to the token behind it.
_RUN = re.compile(r"[^\W\d_]+|\S")
# English news comes to 1.09 to 1.20 times the tokens of OpenAI's cl100k_base and o200k_base, over
# 300 prompts; German, Turkish, Arabic, Chinese and Japanese to 0.9 of cl100k_base.
_LETTERS = 6
_BYTES = 3
# What a chat template puts around a message.
_AROUND = 8


def count_tokens(text: str) -> int:
    """About how many tokens a text has: for English rather too many than too few."""
    return sum(map(_of_run, _RUN.findall(text)))


def _of_run(run: str) -> int:
    if run.isascii():
        return -(-len(run) // _LETTERS)
    return -(-len(run.encode(errors="replace")) // _BYTES)


def count_messages(messages: Iterable[Message]) -> int:
    """About how many tokens a conversation has."""
    return sum(count_tokens(message.content) + _AROUND for message in messages)
