"""Embedders behind an endpoint, over a real connection."""

from __future__ import annotations

import math

import numpy as np
import pytest
from llama_index.core.embeddings import MockEmbedding
from openai_server import Fault, OpenAIServer

from index.embed.openai_like import LlamaIndexEmbedder, OpenAILikeEmbedder
from index.endpoint import Endpoint
from index.errors import AuthenticationFailed, RateLimited, RequestRefused, ServerFailed

TEXTS = ["The ferry ran aground.", "A bakery sold a loaf.", "The ferry was repaired."]


@pytest.fixture
def server():
    """A server that knows `test-embedder`, with vectors of 64 numbers."""
    with OpenAIServer(dimension=64) as running:
        yield running


def embedder_of(server: OpenAIServer, model: str = "test-embedder", **options):
    """An embedder behind the server."""
    retries = options.pop("retries", 0)
    endpoint = Endpoint(server.base_url, options.pop("key", server.key), retries=retries)
    return OpenAILikeEmbedder(model, endpoint, **options)


def test_vectors_have_length_one(server):
    """Rows are float32 of length 1, and texts that share words are nearer."""
    embedder = embedder_of(server)
    rows = embedder.embed_passages(TEXTS)
    assert rows.shape == (3, 64)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    query = embedder.embed_query("ferry aground")
    assert query.shape == (64,)
    assert query.dtype == np.float32
    assert int(np.argmax(rows @ query)) == 0


def test_texts_go_out_in_batches(server):
    """A long list is sent in several requests and comes back in order."""
    embedder = embedder_of(server, batch=2)
    rows = embedder.embed_passages(TEXTS)
    assert [request.body["input"] for request in server.requests] == [TEXTS[:2], TEXTS[2:]]
    assert np.array_equal(rows[2], embedder.embed_passages(TEXTS[2:])[0])


def test_the_dimension_is_learned(server):
    """One look is enough to know what vectors are kept under."""
    embedder = embedder_of(server)
    assert server.requests == []
    assert embedder.name == "test-embedder"
    assert embedder.fingerprint == "openai:test-embedder:64"
    assert embedder.dimension == 64
    assert len(server.requests) == 1


def test_a_known_dimension_needs_no_look(server):
    """Opening a library that records the dimension sends nothing."""
    embedder = embedder_of(server, dimension=64)
    assert embedder.fingerprint == "openai:test-embedder:64"
    assert embedder.embed_passages([]).shape == (0, 64)
    assert server.requests == []


def test_a_changed_dimension_is_an_error(server):
    """A model that was exchanged behind its name does not spoil a library."""
    with pytest.raises(ServerFailed, match="64 numbers where 32 belong"):
        embedder_of(server, dimension=32).embed_query("ferry")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda vectors: vectors[:-1],
        lambda vectors: [*vectors, vectors[0]],
        lambda vectors: [],
        lambda vectors: [vectors[0][:10], *vectors[1:]],
        lambda vectors: [[0.0] * 64, *vectors[1:]],
        lambda vectors: [[math.nan] * 64, *vectors[1:]],
        lambda vectors: [[] for _ in vectors],
    ],
)
def test_unusable_vectors_are_refused(server, spoil):
    """Too few, too many, too short or senseless vectors never reach the library."""
    server.fault = Fault(vectors=spoil)
    with pytest.raises(ServerFailed):
        embedder_of(server).embed_passages(TEXTS)


def test_plain_numbers_are_understood(server):
    """Servers that ignore the wish for base64 answer with lists."""
    encoded = embedder_of(server).embed_query("ferry")
    assert server.requests[0].body["encoding_format"] == "base64"
    server.plain_vectors = True
    assert np.array_equal(embedder_of(server).embed_query("ferry"), encoded)


def test_failures_are_translated(server):
    """An embedder's errors are those of every endpoint."""
    with pytest.raises(AuthenticationFailed):
        embedder_of(server, key="sk-wrong-0123456789").embed_query("ferry")
    with pytest.raises(RequestRefused, match="'nope'"):
        embedder_of(server, "nope").embed_query("ferry")
    server.fault = Fault(status=203, body="<html>Welcome</html>")
    with pytest.raises(ServerFailed, match="cannot be read"):
        embedder_of(server).embed_query("ferry")


def test_retries_are_not_multiplied(server):
    """The client's two retries are three requests, not LlamaIndex's multiple of them."""
    server.fault = Fault(status=429, headers={"Retry-After": "0.01"})
    with pytest.raises(RateLimited):
        embedder_of(server, retries=2).embed_query("ferry")
    assert len(server.requests) == 3


def test_the_environment_does_not_leak_in(server, monkeypatch):
    """Only the endpoint decides where texts go and which key goes with them."""
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-environment")
    server.key = ""
    embedder_of(server).embed_query("ferry")
    assert server.requests[0].headers["authorization"] == "Bearer no-key"


def test_any_llama_index_embedding_can_be_handed_in():
    """An embedder of another vendor needs no endpoint."""
    embedder = LlamaIndexEmbedder(MockEmbedding(embed_dim=4, model_name="mock"))
    assert embedder.name == "mock"
    assert embedder.fingerprint == "MockEmbedding:mock:4"
    assert embedder.embed_passages(["a", "b"]).tolist() == [[0.5] * 4] * 2
