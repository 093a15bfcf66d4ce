"""What embedding will send, what that costs, and where it has to stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.prices import known_price
from assistant.render.terminal import counted
from index.embed.many import Ceiling, estimated_tokens
from index.errors import UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.embed import Embedder
    from index.endpoint import Endpoint
    from index.types import Pending

__all__ = ["Tariff", "dollars", "tariff_of"]

_CENT = 0.01


def dollars(amount: float) -> str:
    """An amount as people read it."""
    return f"${amount:,.2f}" if amount >= _CENT or not amount else "less than $0.01"


@dataclass(frozen=True, slots=True)
class Tariff:
    """What embedding at an endpoint on another machine costs.

    Attributes:
        model: The embedder's name.
        place: The endpoint, as messages show it.
        price: Dollars a million tokens, or None where it is not known.
        most: Dollars that may be spent, or None for no limit.
    """

    model: str
    place: str
    price: float | None
    most: float | None

    @property
    def ceiling(self) -> Ceiling | None:
        """Where embedding has to stop."""
        if self.most is None or not self.price:
            return None
        return Ceiling(int(self.most / self.price * 1_000_000), dollars(self.most))

    def asks(self, pending: Pending) -> str:
        """What is about to be sent, as a sentence without an end."""
        tokens = estimated_tokens(pending.characters)
        cost = "at a cost that is not known" if self.price is None else self.spent(tokens)
        limit = "" if self.most is None else f", of which at most {dollars(self.most)} are spent"
        return (
            f"embedding with {self.model} at {self.place} will send"
            f" {counted(pending.passages, 'passages')}, about {tokens:,} tokens, {cost}{limit}"
        )

    def spent(self, tokens: int) -> str:
        """What so many tokens cost, or how many they are where that is not known."""
        if self.price is None:
            return f"{tokens:,} tokens"
        return dollars(tokens * self.price / 1_000_000)


def tariff_of(embedder: Embedder, settings: Settings) -> Tariff | None:
    """What an embedder costs; None for one that stays on this machine.

    Raises:
        UsageError: When there is a ceiling and nothing to measure it by.
    """
    endpoint: Endpoint | None = getattr(embedder, "endpoint", None)
    if endpoint is None or endpoint.local:
        return None
    price = known_price(embedder.name, settings.prices, at_openai=endpoint.at_openai)
    if price is None and settings.max_cost is not None:
        raise UsageError(
            f"the price of {embedder.name} is not known, so there is no telling when"
            f" {dollars(settings.max_cost)} are spent",
            help=f'write [prices."{embedder.name}"] into {settings.file}, and below it input = the'
            " dollars that a million tokens cost, and output = 0",
        )
    each = price.input if price else None
    return Tariff(embedder.name, endpoint.label, each, settings.max_cost)
