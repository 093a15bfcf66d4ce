"""What an answer costs, and when that is not said."""

from __future__ import annotations

import pytest
from openai_server import Fault, OpenAIServer

from assistant.models import Message, Model, open_model
from assistant.prices import Price, known_price, stored_prices, with_cost
from assistant.settings import load
from assistant.types import Usage
from index.endpoint import Endpoint
from index.errors import UsageError

ASKED = (Message("user", "Where did the ferry run aground?"),)


def test_a_cost_is_what_each_kind_of_token_costs():
    """Of the prompt, what was cached is charged at its own price."""
    price = Price(2.0, 8.0, 0.5)
    assert price.of(Usage(1_000_000, 0)) == 2.0
    assert price.of(Usage(0, 1_000_000)) == 8.0
    assert price.of(Usage(1_000_000, 500_000, 750_000)) == 0.25 * 2 + 0.75 * 0.5 + 0.5 * 8
    assert Price(2.0, 8.0).of(Usage(1_000_000, 0, 1_000_000)) == 2.0
    assert price.of(Usage(10, 0, 99)) == 10 * 0.5 / 1_000_000


def test_what_is_not_known_is_not_guessed():
    """A name is OpenAI's only there, a prefix is no price, and uncounted tokens have none."""
    own = {"mine": Price(1, 2)}
    assert known_price("gpt-4o-mini", {}, at_openai=True) == Price(0.15, 0.60, 0.075)
    assert known_price("gpt-4o-mini", {}, at_openai=False) is None
    assert known_price("gpt-4o-mini-tuned", {}, at_openai=True) is None
    assert known_price("mine", own, at_openai=False) == Price(1, 2)
    assert known_price("gpt-4o", {"gpt-4o": Price(9, 9)}, at_openai=True) == Price(9, 9)
    assert with_cost(Usage(calls=1), Price(1, 2)).cost is None
    assert with_cost(Usage(10, 2, calls=1), None).cost is None


@pytest.mark.parametrize(
    ("fault", "usage"),
    [
        (Fault(), Usage(6, 2, 0, 1, 6e-6 + 4e-6)),
        (Fault(cached=4), Usage(6, 2, 4, 1, 2e-6 + 0.4e-6 + 4e-6)),
        (Fault(usage="all"), Usage(6, 2, 0, 1, 6e-6 + 4e-6)),
        (Fault(usage="choice"), Usage(6, 2, 0, 1, 6e-6 + 4e-6)),
        (Fault(usage="none"), Usage(calls=1)),
        (Fault(refuse="stream_options"), Usage(calls=1)),
    ],
)
def test_usage_wherever_in_a_stream_it_stands(fault, usage):
    """In a chunk of its own, in every one, in the last, or nowhere."""
    with OpenAIServer("Off Corran.", fault=fault) as server:
        endpoint = Endpoint(server.base_url, server.key, retries=0)
        model = Model(
            "test-model",
            lambda: open_model("test-model", endpoint),
            endpoint,
            price=Price(1.0, 2.0, 0.1),
        )
        counted = list(model.stream(ASKED))[-1].usage
        assert counted.cost == (None if usage.cost is None else pytest.approx(usage.cost))
        assert (counted.prompt_tokens, counted.completion_tokens) == (
            usage.prompt_tokens,
            usage.completion_tokens,
        )
        assert (counted.cached_tokens, counted.calls) == (usage.cached_tokens, usage.calls)


def test_prices_stand_in_the_configuration_file(tmp_path):
    """Anybody can say what a model costs, for any endpoint."""
    file = tmp_path / "config.toml"
    file.write_text('[prices."qwen/qwen3-32b"]\ninput = 0.1\noutput = 0.3\n')
    assert load({}, {}, file).prices == {"qwen/qwen3-32b": Price(0.1, 0.3)}
    assert load({}, {}, tmp_path / "none.toml").prices == {}


@pytest.mark.parametrize(
    "table",
    [
        3,
        {"m": 3},
        {"m": {}},
        {"m": {"input": 1}},
        {"m": {"input": 1, "output": "2"}},
        {"m": {"input": 1, "output": True}},
        {"m": {"input": 1, "output": -2}},
        {"m": {"input": 1, "output": float("nan")}},
        {"m": {"input": 1, "output": 2, "outptu": 3}},
    ],
)
def test_a_price_that_is_none(tmp_path, table):
    """A slip in the table is named at once, and not found in a bill."""
    with pytest.raises(UsageError, match="is not one") as caught:
        stored_prices(table, tmp_path / "config.toml")
    assert "dollars a million tokens" in caught.value.help
