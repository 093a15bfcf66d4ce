"""Where a service is, and what its failures mean, without a connection."""

from __future__ import annotations

import httpx
import openai
import pytest

from index.endpoint import Endpoint, translate, translating
from index.errors import (
    AuthenticationFailed,
    QuotaUsedUp,
    RateLimited,
    ReplyCutOff,
    RequestRefused,
    ServerFailed,
    TimedOut,
    Unreachable,
    UsageError,
)

KEY = "sk-very-secret-0123456789"
ENDPOINT = Endpoint("https://models.example/v1", KEY)
REQUEST = httpx.Request("POST", "https://models.example/v1/chat/completions")


def refusal(status: int, body: object = None, **headers: str) -> openai.APIStatusError:
    """What the client raises for an answer with this status."""
    response = httpx.Response(status, request=REQUEST, headers=headers)
    return openai.APIStatusError("long text of the client", response=response, body=body)


def connection(cause: Exception) -> openai.APIConnectionError:
    """What the client raises when there was no answer."""
    error = openai.APIConnectionError(request=REQUEST)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (refusal(401), AuthenticationFailed, 4),
        (refusal(403), AuthenticationFailed, 4),
        (connection(httpx.ConnectError("Connection refused")), Unreachable, 5),
        (connection(httpx.RemoteProtocolError("no answer")), Unreachable, 5),
        (refusal(429), RateLimited, 6),
        (refusal(402), QuotaUsedUp, 6),
        (openai.APITimeoutError(REQUEST), TimedOut, 7),
        (httpx.ReadTimeout("slow"), TimedOut, 7),
        (refusal(504), TimedOut, 7),
        (refusal(400), RequestRefused, 1),
        (refusal(404), RequestRefused, 1),
        (refusal(422), RequestRefused, 1),
        (refusal(500), ServerFailed, 8),
        (refusal(529), ServerFailed, 8),
        (httpx.DecodingError("bad gzip"), ServerFailed, 8),
        (httpx.ReadError("reset"), ReplyCutOff, 8),
        (httpx.RemoteProtocolError("incomplete chunked read"), ReplyCutOff, 8),
        (openai.APIError("x", REQUEST, body={"message": "m", "code": 503}), ServerFailed, 8),
        (openai.APIError("x", REQUEST, body={"message": "m", "code": "429"}), RateLimited, 6),
        (openai.APIError("x", REQUEST, body={"type": "insufficient_quota"}), RateLimited, 6),
    ],
)
def test_each_failure_has_its_kind(error, kind, code):
    """Exit codes tell scripts what went wrong, whichever way the client puts it."""
    translated = translate(error, ENDPOINT)
    assert type(translated) is kind
    assert translated.exit_code == code
    assert "https://models.example/v1" in translated.message
    assert translated.help


@pytest.mark.parametrize(
    "body",
    [
        {"message": f"Incorrect API key provided: {KEY}."},
        f"<html><head><title>Denied {KEY}</title></head><body>{'page ' * 999}</body></html>",
        "first line\nsecond \x1b[31mline\x07 " + "long " * 500,
        {"error": f"header 'Bearer {KEY}'\r\n"},
        {"detail": [{"loc": ["body"]}]},
        ["unexpected"],
    ],
)
def test_what_a_server_says_is_tamed(body):
    """No key, no page and no terminal escape reaches a message, and it stays one line."""
    message = translate(refusal(403, body), ENDPOINT).message
    assert KEY not in message
    assert len(message) < 300
    assert message.isprintable()
    assert "<" not in message
    assert "page" not in message


def test_the_key_is_hidden():
    """A logged endpoint does not give its key away."""
    assert KEY not in repr(ENDPOINT)
    assert "secret" not in Endpoint("https://user:secret@host.example/v1?t=secret").label


def test_quota_is_not_a_matter_of_waiting():
    """An account without credit gets other advice than one that is too fast."""
    spent = translate(refusal(429, {"code": "insufficient_quota"}), ENDPOINT)
    assert "quota" in spent.message
    assert "billing" in spent.help
    fast = translate(refusal(429, {"code": "rate_limit"}, **{"retry-after": "7"}), ENDPOINT)
    assert fast.help == "try again in 7 s"


def test_an_unknown_model_is_named():
    """The commonest mistake is answered with the name and the way out."""
    body = {"message": "The model `gtp-4` does not exist"}
    error = translate(refusal(404, body), ENDPOINT, model="gtp-4")
    assert "'gtp-4'" in error.message
    assert "--model" in error.help
    wrong_path = translate(refusal(404, "<h1>Not Found</h1>"), ENDPOINT, model="gtp-4")
    assert "gtp-4" not in wrong_path.message
    assert "/v1" in wrong_path.help


def test_a_missing_key_is_not_called_wrong():
    """Who never set a key is told to set one."""
    error = translate(refusal(401), Endpoint("https://models.example/v1"))
    assert error.help == "set OPENAI_API_KEY"
    elsewhere = Endpoint("https://models.example/v1", without_key="the key belongs elsewhere")
    assert translate(refusal(401), elsewhere).help == "the key belongs elsewhere"


def test_a_local_server_may_not_be_running():
    """Nothing on this machine's port most often means that Ollama is not started."""
    error = translate(connection(httpx.ConnectError("refused")), Endpoint("http://localhost:1/v1"))
    assert "ollama serve" in error.help


@pytest.mark.parametrize(
    "address", ["", "localhost:11434/v1", "sk-0123456789", "ftp://host/v1", "http://", "http://a:x"]
)
def test_an_address_must_be_one(address):
    """A wrong address fails at once, and is not shown, for it may be a misplaced key."""
    with pytest.raises(UsageError) as caught:
        Endpoint(address)
    assert "OPENAI_BASE_URL" in caught.value.help
    assert "sk-" not in caught.value.message


@pytest.mark.parametrize("key", ["sk-0123456789\n", "sk 0123456789", "sk-über0123456789"])
def test_a_key_must_fit_a_header(key):
    """A key with a line end fails with a sentence that does not repeat it."""
    with pytest.raises(UsageError) as caught:
        Endpoint("https://models.example/v1", key)
    assert "0123456789" not in caught.value.message
    assert "OPENAI_API_KEY" in caught.value.help


def test_the_final_slash_does_not_matter():
    """Both ways to write an address mean the same endpoint."""
    assert Endpoint("http://localhost:1/v1/") == Endpoint("http://localhost:1/v1")


def test_translating_keeps_the_cause():
    """The client's error stays visible to whoever debugs."""
    with pytest.raises(ReplyCutOff) as caught, translating(ENDPOINT):
        raise httpx.ReadError("reset")
    assert isinstance(caught.value.__cause__, httpx.ReadError)


def test_a_misshapen_reply_is_the_servers_fault_only_where_there_is_one():
    """A handed-in model's own bugs are not blamed on an endpoint."""
    with pytest.raises(ServerFailed), translating(ENDPOINT):
        len(None)
    with pytest.raises(TypeError), translating(None):
        len(None)


def test_other_errors_pass():
    """Only what clients raise is translated."""
    with pytest.raises(ZeroDivisionError), translating(ENDPOINT):
        1 / 0  # noqa: B018 - it is raised, not used


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
    ],
)
def test_how_long_an_endpoint_wants_to_be_left(headers, seconds):
    """Services say it in seconds, in milliseconds or as a time of day."""
    assert translate(refusal(503, None, **headers), ENDPOINT).retry_after == seconds
