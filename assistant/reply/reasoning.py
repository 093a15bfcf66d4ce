"""Leaves out what a model thinks aloud, and what only its own machinery should have seen."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Reasoning"]

# How families of models mark their thoughts: the tags that begin and end them, in small letters.
_BLOCKS = {
    "<think>": "</think>",
    "<thinking>": "</thinking>",
    "<thought>": "</thought>",
    "<reasoning>": "</reasoning>",
    "<seed:think>": "</seed:think>",
    "◁think▷": "◁/think▷",
    "[think]": "[/think]",
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "<|channel|>analysis<|message|>": "<|channel|>final<|message|>",
}
_CLOSING = frozenset(_BLOCKS.values())
# What a chat template puts around messages; behind one that ends a message nothing is an answer.
_ENDS = (
    "<|im_end|>",
    "<|eot_id|>",
    "<|end|>",
    "<|return|>",
    "<|endoftext|>",
    "<|end_of_text|>",
    "<end_of_turn>",
    "</s>",
    "<eos>",
)
_OTHER = (
    "<|begin_of_solution|>",
    "<|end_of_solution|>",
    "<|channel|>final<|message|>",
    "<|start|>assistant",
    "<s>",
    "<bos>",
)
_TAG = re.compile(
    "|".join(map(re.escape, sorted({*_BLOCKS, *_CLOSING, *_ENDS, *_OTHER}, key=len)[::-1])),
    re.IGNORECASE,
)


@dataclass
class Reasoning:
    """Passes on what a reply says outside of its reasoning.

    Attributes:
        restarted: Whether the last step ended reasoning that nothing had begun: some servers keep
            the tag that begins it for themselves. All that was passed on before was no answer.
        unclosed: Whether reasoning has begun that nothing has ended.
    """

    restarted: bool = False
    _until: str = ""
    _blocks: int = 0
    _said: bool = False
    _ended: bool = False

    @property
    def unclosed(self) -> bool:
        return bool(self._until)

    def step(self, unit: str) -> str:
        """What is left of the next unit."""
        self.restarted = False
        said: list[str] = []
        position = 0
        for found in _TAG.finditer(unit):
            self._say(said, unit[position : found.start()])
            position = found.end()
            self._meet(found[0].lower(), said)
        self._say(said, unit[position:])
        return "".join(said)

    def _say(self, said: list[str], text: str) -> None:
        if text and not self._until and not self._ended:
            said.append(text)
            self._said = self._said or not text.isspace()

    def _meet(self, tag: str, said: list[str]) -> None:
        if self._ended:
            return
        if self._until:
            if tag == self._until:
                self._until = ""
        elif tag in _BLOCKS:
            self._until = _BLOCKS[tag]
            self._blocks += 1
        elif tag in _CLOSING and not self._blocks:
            said.clear()
            self._blocks += 1
            self.restarted, self._said = self._said, False
        elif tag in _ENDS and self._said:
            self._ended = True
