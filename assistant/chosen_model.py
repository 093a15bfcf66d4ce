"""Which model answers, by the settings or as it was handed in, and what is known of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.models import Model, TraitsFile, open_model
from assistant.prices import NOTED, known_price
from assistant.settings import Settings, traits_file
from index.endpoint import Endpoint

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

__all__ = ["chosen_model", "model_facts"]


def chosen_model(given: str | LLM, settings: Settings) -> Model | None:
    """A model by name at the settings' endpoint, or the object that was handed in."""
    if not isinstance(given, str):
        return Model.of(given)
    if not given:
        return None
    endpoint = settings.endpoint()
    window = settings.context_window
    return Model(
        given,
        lambda: open_model(given, endpoint, context_window=window),
        endpoint,
        window=window,
        max_tokens=settings.max_tokens,
        file=TraitsFile(traits_file()),
        price=known_price(given, settings.prices, at_openai=endpoint.at_openai),
    )


def model_facts(settings: Settings) -> dict[str, object]:
    """What is known of the model of the settings, as JSON; empty when none is named."""
    if not settings.model:
        return {}
    endpoint = Endpoint(settings.base_url)
    traits = TraitsFile(traits_file()).of(endpoint.label, settings.model)
    price = known_price(settings.model, settings.prices, at_openai=endpoint.at_openai)
    own = settings.model in settings.prices
    return {
        "name": settings.model,
        "endpoint": endpoint.label,
        "window": traits.window or None,
        "refused": sorted(traits.refused),
        "price": None
        if price is None
        else {**asdict(price), "noted": str(settings.file) if own else NOTED},
    }
