"""Many texts: calls side by side, again after failures that pass, within a ceiling."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from conftest import make_article
from openai_server import Fault, OpenAIServer

from index.embed import many
from index.embed.fake import FakeEmbedder
from index.embed.many import Ceiling, embedded
from index.embed.openai_like import OpenAILikeEmbedder
from index.endpoint import Endpoint
from index.errors import (
    AuthenticationFailed,
    QuotaUsedUp,
    RateLimited,
    ServerFailed,
    SpendCeiling,
    Unreachable,
)
from index.library import Library

TEXTS = [f"The ferry number {number} ran aground off Corran Point." for number in range(12)]


class Endpointlike(FakeEmbedder):
    """Two texts a call; fails as the script says, and counts what it does.

    Args:
        script: For each call in turn an error to raise, or None.
        side_by_side: How many calls may run at once.
    """

    def __init__(self, script=(), side_by_side=1):
        super().__init__()
        self.script = list(script)
        self.calls = 0
        self.at_once = self.most_at_once = self.paid = 0
        self._side_by_side = side_by_side
        self._lock = threading.Lock()
        self.meeting = None

    batch = 2
    side_by_side = property(lambda self: self._side_by_side)
    tokens = property(lambda self: self.paid)

    def embed_passages(self, texts):
        with self._lock:
            self.calls += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            error = self.script.pop(0) if self.script else None
            meets = self.meeting is not None and self.calls <= self._side_by_side
        try:
            if meets:
                self.meeting.wait(timeout=10)
            time.sleep(0.005)
            if error is not None:
                raise error
            with self._lock:
                self.paid += sum(len(text.split()) for text in texts)
            return super().embed_passages(texts)
        finally:
            with self._lock:
                self.at_once -= 1


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    """Pauses are as many as ever, and shorter."""
    monkeypatch.setattr(many, "_FIRST", 0.002)


def all_of(embedder, **how):
    """The vectors in the order of the texts."""
    found = [(part.start, vectors) for part, vectors in embedded(embedder, TEXTS, **how)]
    return np.concatenate([vectors for _, vectors in sorted(found, key=lambda pair: pair[0])])


@pytest.mark.parametrize("side_by_side", [1, 3])
def test_every_text_is_embedded_once(side_by_side):
    """However many calls run at once, each vector belongs to its text, and no more run."""
    embedder = Endpointlike(side_by_side=side_by_side)
    embedder.meeting = threading.Barrier(side_by_side)  # the first calls wait for each other
    assert np.array_equal(all_of(embedder), FakeEmbedder().embed_passages(TEXTS))
    assert embedder.calls == 6
    assert embedder.most_at_once == side_by_side


@pytest.mark.parametrize("side_by_side", [1, 3])
def test_failures_that_pass_are_not_seen(side_by_side):
    """Limits, time-outs and failures of a server cost time, not an answer."""
    script = [RateLimited("slow", retry_after=0.001), ServerFailed("oh"), None, Unreachable("gone")]
    embedder = Endpointlike(script, side_by_side)
    assert np.array_equal(all_of(embedder), FakeEmbedder().embed_passages(TEXTS))
    assert embedder.calls == 6 + 3


def test_a_wish_to_wait_is_granted():
    """`Retry-After` holds for all calls that follow, and whoever watches is told."""
    told = []
    embedder = Endpointlike([None, RateLimited("slow down", retry_after=0.15)], 2)
    began = time.monotonic()
    all_of(embedder, waiting=lambda seconds, error: told.append((seconds, error.message)))
    assert time.monotonic() - began >= 0.15
    assert [message for _, message in told] == ["slow down"]
    assert told[0][0] == pytest.approx(0.15, abs=0.05)


@pytest.mark.parametrize("side_by_side", [1, 4])
@pytest.mark.parametrize("error", [AuthenticationFailed("no"), QuotaUsedUp("empty")])
def test_what_does_not_pass_ends_it_and_keeps_the_rest(error, side_by_side):
    """A refusal is not repeated, and what was under way is not thrown away."""
    embedder = Endpointlike([None, error], side_by_side)
    kept = []
    with pytest.raises(type(error)):
        kept.extend(embedded(embedder, TEXTS))
    assert embedder.calls == 2 or side_by_side > 1
    assert len(kept) == embedder.calls - 1


def test_patience_ends(monkeypatch):
    """A server that only ever fails is given up, and so is one that wants to be left for hours."""
    monkeypatch.setattr(many, "_PATIENCE", 0.05)
    with pytest.raises(ServerFailed):
        all_of(Endpointlike([ServerFailed("oh")] * 100))
    embedder = Endpointlike([RateLimited("tomorrow", retry_after=7200)])
    with pytest.raises(RateLimited):
        all_of(embedder)
    assert embedder.calls == 1


@pytest.mark.parametrize("side_by_side", [1, 3])
def test_ceiling_is_never_passed(side_by_side):
    """Of 12 texts of 9 tokens each, a ceiling of 60 tokens leaves room for some and not for all."""
    embedder = Endpointlike(side_by_side=side_by_side)
    kept = []
    with pytest.raises(SpendCeiling, match="60 tokens"):
        kept.extend(embedded(embedder, TEXTS, Ceiling(60)))
    assert 0 < embedder.tokens <= 60
    assert sum(len(vectors) for _, vectors in kept) * 9 == embedder.tokens


def test_ceiling_reckons_with_what_the_endpoint_counts():
    """Where texts have more tokens than is usual, the estimate for the next ones rises."""

    class Dear(Endpointlike):
        tokens = property(lambda self: self.paid * 10)

    embedder = Dear()
    with pytest.raises(SpendCeiling):
        all_of(embedder, ceiling=Ceiling(600))
    assert 0 < embedder.tokens <= 600


def test_library_keeps_what_was_paid_for(tmp_path):
    """After the ceiling, what was embedded is searched, and the next run pays for the rest only."""
    articles = [make_article(f"https://x.example/{n}", text) for n, text in enumerate(TEXTS)]
    with OpenAIServer([]) as server:
        endpoint = Endpoint(server.base_url, server.key)

        def embedder():
            return OpenAILikeEmbedder("test-embedder", endpoint, batch=2, side_by_side=2)

        with Library(tmp_path / "l", embedder=embedder(), create=True) as library:
            with pytest.raises(SpendCeiling, match=r"the ceiling of \$1\.00; \d+ of 12 passages"):
                library.add(*articles, ceiling=Ceiling(60, "$1.00"))
            first = library.status().vectors
            assert 0 < first < 12
            assert "vector" in library.search("ferry ran aground")[0].parts
        with Library(tmp_path / "l", embedder=embedder()) as library:
            assert library.embed() == 12 - first
        sent = [text for one in server.requests[1:] for text in one.body["input"]]
        assert sorted(text for text in sent if text in TEXTS) == sorted(TEXTS)


def test_library_outlives_an_endpoint_that_limits_and_fails(tmp_path):
    """Over a real connection: many are sent at once, refused at times, and all arrive."""
    articles = [make_article(f"https://x.example/{n}", text) for n, text in enumerate(TEXTS)]
    told = []
    with OpenAIServer([]) as server:
        embedder = OpenAILikeEmbedder(
            "test-embedder", Endpoint(server.base_url, server.key), batch=2, dimension=64
        )
        server.fault = Fault(status=429, headers={"Retry-After": "0.05"}, times=3)
        with Library(tmp_path / "l", embedder=embedder, create=True) as library:
            report = library.add(*articles, listener=told.append)
            assert library.status().vectors == report.embedded == 12
    assert embedder.tokens == sum(len(text.split()) for text in TEXTS)
    assert any("asks to slow down" in progress.note for progress in told)


def test_search_goes_on_by_words_when_the_endpoint_is_gone(tmp_path, articles):
    """A question whose vector cannot be had is answered by its words, and that is said."""
    with OpenAIServer([]) as server:
        embedder = OpenAILikeEmbedder("test-embedder", Endpoint(server.base_url, server.key))
        with Library(tmp_path / "l", embedder=embedder, create=True) as library:
            library.add(*articles)
    away = OpenAILikeEmbedder(
        "test-embedder", Endpoint(server.base_url, server.key, retries=0), dimension=64
    )
    with Library(tmp_path / "l", embedder=away) as library:
        found = library.retrieve("Maribel inquiry")
        assert found.hits
        assert found.warnings[0].startswith("searched by words only: nothing answers at")
