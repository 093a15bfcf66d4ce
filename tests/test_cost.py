"""Promise 8: nothing paid is begun without a word on what it costs."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from assistant import settings
from assistant.cli import main
from assistant.cost import estimate
from index.endpoint import Endpoint
from index.library import Library
from index.types import Pending


def test_known_price():
    """Tokens are rounded up, and a known model has a price."""
    found = estimate(Pending(1000, 800_001), "text-embedding-3-small")
    assert (found.tokens, found.dollars) == (200_001, pytest.approx(0.004, abs=1e-6))
    assert str(found) == "1,000 passages, about 200,001 tokens, $0.00"


def test_unknown_price_is_not_guessed():
    """A model without a known price says so."""
    assert "a cost that is not known" in str(estimate(Pending(1, 40), "someone-elses"))


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
    assert "will send 1 passages, about 8 tokens, $0.00" in done.stderr
    assert "--yes" in done.stderr
    assert "1 article added" in done.stdout
    with Library(tmp_path / "library") as library:
        assert library.search("snowed")


def test_embedding_on_this_machine_needs_no_consent():
    """Local models cost nothing, in this process or behind an endpoint of this machine."""
    loaded = settings.load({"embedder_base_url": "http://localhost:11434/v1"}, {})
    assert loaded.embedder_endpoint().local
    assert not Endpoint("https://api.openai.com/v1").local
