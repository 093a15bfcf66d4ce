"""What a reply, or an embedding, costs.

A price that is not known is not guessed: no cost is shown then. Those that come with the program
hold at OpenAI's own endpoint alone; what others take for the same model is theirs to say, and the
`[prices]` of the configuration file are there for it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.types import Usage

__all__ = ["NOTED", "PRICED", "Price", "known_price", "stored_prices", "with_cost"]

# When the prices below were noted from OpenAI's price list and what others write of it.
NOTED = "June 2026"


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars a million tokens.

    Attributes:
        input: Of the prompt.
        output: Of the reply, reasoning included.
        cached: Of what the endpoint had of the prompt already; None where that costs the same.
    """

    input: float
    output: float
    cached: float | None = None

    def of(self, usage: Usage) -> float:
        """Dollars for what was used."""
        cached = self.input if self.cached is None else self.cached
        fresh = max(0, usage.prompt_tokens - usage.cached_tokens)
        known = min(usage.prompt_tokens, usage.cached_tokens)
        spent = fresh * self.input + known * cached + usage.completion_tokens * self.output
        return spent / 1_000_000


_OPENAI: Mapping[str, Price] = {
    "gpt-4o": Price(2.50, 10.00, 1.25),
    "gpt-4o-mini": Price(0.15, 0.60, 0.075),
    "gpt-4.1": Price(2.00, 8.00, 0.50),
    "gpt-4.1-mini": Price(0.40, 1.60, 0.10),
    "gpt-4.1-nano": Price(0.10, 0.40, 0.025),
    "gpt-5": Price(1.25, 10.00, 0.125),
    "gpt-5-mini": Price(0.25, 2.00, 0.025),
    "gpt-5-nano": Price(0.05, 0.40, 0.005),
    "gpt-5.1": Price(1.25, 10.00, 0.125),
    "gpt-5.4": Price(2.50, 15.00, 0.25),
    "o3": Price(2.00, 8.00, 0.50),
    "o3-mini": Price(1.10, 4.40, 0.55),
    "o4-mini": Price(1.10, 4.40, 0.275),
    "text-embedding-3-small": Price(0.02, 0.00),
    "text-embedding-3-large": Price(0.13, 0.00),
    "text-embedding-ada-002": Price(0.10, 0.00),
}

PRICED = tuple(name for name, price in _OPENAI.items() if price.output)
"""The models that write whose prices come with the program."""


def known_price(model: str, prices: Mapping[str, Price], *, at_openai: bool) -> Price | None:
    """The price of a model, or None.

    Args:
        model: Its name.
        prices: The user's own, which win.
        at_openai: Whether it is asked at OpenAI's own endpoint.
    """
    return prices.get(model) or (_OPENAI.get(model) if at_openai else None)


def with_cost(usage: Usage, price: Price | None) -> Usage:
    """The usage with what it cost, where the price is known and tokens were counted."""
    if price is None or not usage.prompt_tokens:
        return usage
    return replace(usage, cost=price.of(usage))


def stored_prices(table: object, file: Path) -> dict[str, Price]:
    """The `[prices]` of the configuration file, by the model's name.

    Raises:
        UsageError: When an entry is not `input`, `output` and perhaps `cached`, as numbers.
    """
    entries = table if isinstance(table, dict) else {"prices": None}
    prices = {}
    for model, entry in entries.items():
        numbers = entry if isinstance(entry, dict) else {}
        named = {"input", "output"} <= set(numbers) <= {"input", "output", "cached"}
        if not named or not all(map(_is_price, numbers.values())):
            raise UsageError(
                f"the price of “{model}” in {file} is not one",
                help=f'write [prices."{model}"] and below it input = …, output = … and perhaps'
                " cached = …, in dollars a million tokens",
            )
        prices[model] = Price(**numbers)
    return prices


def _is_price(value: object) -> bool:
    return type(value) in {int, float} and math.isfinite(value) and value >= 0  # type: ignore[arg-type, operator]
