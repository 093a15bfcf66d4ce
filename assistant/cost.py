"""What embedding will send, and what that costs, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import Pending

__all__ = ["Estimate", "estimate"]

# Dollars a million tokens, by OpenAI's price list of November 2026. Another model's price is not
# known and is not guessed.
_PRICES = {
    "text-embedding-3-small": 0.02,
    "text-embedding-3-large": 0.13,
    "text-embedding-ada-002": 0.10,
}

# English news has 4.4 characters a token; other scripts have fewer, so this errs on the high side.
_CHARACTERS_PER_TOKEN = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is about to be embedded.

    Attributes:
        passages: How many.
        tokens: About how many.
        dollars: About how much, or None where the price is not known.
    """

    passages: int
    tokens: int
    dollars: float | None

    def __str__(self) -> str:
        cost = "a cost that is not known" if self.dollars is None else f"${self.dollars:,.2f}"
        return f"{self.passages:,} passages, about {self.tokens:,} tokens, {cost}"


def estimate(pending: Pending, model: str) -> Estimate:
    """What embedding with a model behind an endpoint comes to."""
    tokens = -(-pending.characters // _CHARACTERS_PER_TOKEN)
    price = _PRICES.get(model)
    return Estimate(pending.passages, tokens, None if price is None else tokens * price / 1_000_000)
