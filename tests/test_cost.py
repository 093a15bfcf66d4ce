"""Promise 8: nothing paid is begun without a word on what it costs, nor beyond what was allowed."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from openai_server import OpenAIServer

from assistant import settings
from assistant.cli import main
from assistant.cost import Tariff, dollars, tariff_of
from index.embed.fake import FakeEmbedder
from index.embed.openai_like import OpenAILikeEmbedder
from index.endpoint import Endpoint
from index.errors import UsageError
from index.library import Library
from index.types import Pending

SMALL = Tariff("text-embedding-3-small", "https://api.example/v1", 0.02, None)
STORY = "It snowed in Lessing on Tuesday, for the {number}th time. " * 3


def test_known_price():
    """Tokens are rounded up, and a known model has a price."""
    asked = SMALL.asks(Pending(1000, 200_000_001))
    assert "1,000 passages, about 50,000,001 tokens, $1.00" in asked
    assert SMALL.spent(50_000_000) == "$1.00"


def test_unknown_price_is_not_guessed(tmp_path):
    """A model without a known price says so, and a ceiling on it wants to know the price."""
    embedder = OpenAILikeEmbedder("someone-elses", Endpoint("https://api.example/v1"))
    tariff = tariff_of(embedder, settings.load({}, {}))
    assert "a cost that is not known" in tariff.asks(Pending(1, 40))
    assert tariff.spent(1200) == "1,200 tokens"
    with pytest.raises(UsageError, match=r"price of someone-elses is not known.*\$0\.50"):
        tariff_of(embedder, settings.load({"max_cost": "0.50"}, {}))
    file = tmp_path / "config.toml"
    file.write_text('max_cost = 0.5\n[prices."someone-elses"]\ninput = 0.25\noutput = 0\n', "utf-8")
    assert tariff_of(embedder, settings.load({}, {}, file)).ceiling.tokens == 2_000_000


def test_what_stays_here_costs_nothing():
    """Local models have no price and no ceiling, in this process or behind an endpoint here."""
    loaded = settings.load({"max_cost": "1", "embedder_base_url": "http://localhost:1/v1"}, {})
    assert loaded.embedder_endpoint().local
    assert tariff_of(OpenAILikeEmbedder("any", loaded.embedder_endpoint()), loaded) is None
    assert tariff_of(FakeEmbedder(), loaded) is None
    assert not Endpoint("https://api.openai.com/v1").local


@pytest.mark.parametrize(
    ("amount", "said"), [(0, "$0.00"), (0.0001, "less than $0.01"), (1234.5, "$1,234.50")]
)
def test_amounts(amount, said):
    """An amount below a cent is not rounded to nothing."""
    assert dollars(amount) == said


def test_paid_embedding_waits_for_consent(tmp_path):
    """Off a terminal nothing is sent without --yes; the articles are searchable all the same."""
    (tmp_path / "a.txt").write_text("It snowed in Lessing on Tuesday.", "utf-8")
    where = ["--library", str(tmp_path / "library")]
    embedder = ["--embedder", "text-embedding-3-small"]
    # An address that nothing can be sent to: .invalid never resolves.
    env = {"DATELINE_EMBEDDER_BASE_URL": "https://api.invalid/v1", "DATELINE_API_KEY": "k"}
    command = [*where, "index", *embedder, str(tmp_path / "a.txt")]
    done = CliRunner().invoke(main, command, env=env)
    assert done.exit_code == 2
    assert "will send 1 passage, about 8 tokens, at a cost that is not known" in done.stderr
    assert "--yes" in done.stderr
    assert "1 article added" in done.stdout
    with Library(tmp_path / "library") as library:
        assert library.search("snowed")


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """A server that passes for one on another machine, and the command with it as embedder."""
    monkeypatch.setattr(Endpoint, "local", property(lambda _: False))
    (tmp_path / "news").mkdir()
    settings.config_file().parent.mkdir(parents=True)
    price = '[prices."test-embedder"]\ninput = 1000\noutput = 0\n'
    settings.config_file().write_text(price, "utf-8")
    for number in range(100):
        (tmp_path / "news" / f"{number}.txt").write_text(STORY.format(number=number), "utf-8")
    with OpenAIServer([]) as server:

        def index(*words, **env):
            env = {
                "DATELINE_EMBEDDER_BASE_URL": server.base_url,
                "DATELINE_API_KEY": server.key,
                "DATELINE_BASE_URL": server.base_url,
                **env,
            }
            command = ["--library", str(tmp_path / "l"), "index", "--embedder", "test-embedder"]
            return CliRunner().invoke(main, [*command, *words, str(tmp_path / "news")], env=env)

        yield server, index


def test_ceiling_ends_a_run_cleanly(elsewhere):
    """What was embedded within it is kept, said and searched; a second run pays for the rest."""
    _, index = elsewhere
    first = index("--yes", "--max-cost", "2.60")
    assert first.exit_code == 1
    assert "the ceiling of $2.60; 64 of 100 passages were embedded" in first.stderr
    assert "the same command goes on" in first.stderr
    assert "100 articles added" in first.stdout
    assert "64 passages embedded for $1.92" in first.stdout
    second = index("--yes", DATELINE_MAX_COST="2.60")
    assert second.exit_code == 0, second.output
    assert "36 passages embedded for $1.08" in second.stdout


def test_watching_asks_for_what_is_to_come(elsewhere):
    """Off a terminal a watch that could spend needs consent even when nothing is pending yet."""
    _, index = elsewhere
    assert index("--yes").exit_code == 0
    watch = index("--watch", "--max-cost", "1")
    assert watch.exit_code == 2
    assert "at most $1.00 are spent, and later what is new" in watch.stderr
    assert "--yes" in watch.stderr


def test_repair_pays_for_nothing(elsewhere, tmp_path):
    """`repair` rebuilds from what is kept; what has still to be embedded waits for `index`."""
    server, index = elsewhere
    index("--yes", "--max-cost", "2.60")
    sent = len(server.requests)
    env = {"DATELINE_EMBEDDER_BASE_URL": server.base_url, "DATELINE_API_KEY": server.key}
    done = CliRunner().invoke(main, ["--library", str(tmp_path / "l"), "repair"], env=env)
    assert done.exit_code == 0, done.output
    assert len(server.requests) == sent
    with Library(tmp_path / "l") as library:
        assert library.status().vectors == library._vectors.count() == 64
