"""Models with manners of their own: what they refuse is left out, and remembered."""

from __future__ import annotations

import pytest
from openai_server import Fault, OpenAIServer

from assistant.models import Message, Model, TextPiece, TraitsFile, open_model
from assistant.models.refusals import refused_part
from index.endpoint import Endpoint
from index.errors import RequestRefused

ASKED = (Message("system", "Be brief."), Message("user", "Where did the ferry run aground?"))
REPLY = "Off Corran Point [1]."
PARTS = {"stream", "stream_options", "system", "temperature", "max_tokens"}


class Picky(OpenAIServer):
    """A server that refuses requests which one of its rules applies to.

    Args:
        rules: Each a condition on the request's body and the error it is answered with.
    """

    def __init__(self, *rules, name="test-model"):
        super().__init__(REPLY, models=(name,))
        self.rules = rules

    def complaint(self, body):
        return next((error for applies, error in self.rules if applies(body)), None)


def has(part):
    return lambda body: part in body


def has_role(*roles):
    return lambda body: any(message["role"] in roles for message in body["messages"])


def error(message, **more):
    return {"error": {"message": message, "type": "invalid_request_error", **more}}


RULES = {
    "o1: no temperature": (
        has("temperature"),
        error(
            "Unsupported value: 'temperature' does not support 0.0 with this model. Only the"
            " default (1) value is supported.",
            param="temperature",
            code="unsupported_value",
        ),
    ),
    "o1: another name for the limit": (
        has("max_tokens"),
        error(
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
            " 'max_completion_tokens' instead.",
            param="max_tokens",
            code="unsupported_parameter",
        ),
    ),
    "o3 without a verified organisation: no streaming": (
        lambda body: body.get("stream"),
        error(
            "Your organization must be verified to stream this model.",
            param="stream",
            code="unsupported_value",
        ),
    ),
    "Gemma: no system role": (has_role("system"), error("System role not supported")),
    "Gemma at Google: no instructions": (
        has_role("system", "developer"),
        error("Developer instruction is not enabled for models/gemma-3-27b-it"),
    ),
    "a strict template": (
        has_role("system"),
        error("Conversation roles must alternate user/assistant/user/assistant/…"),
    ),
    "a server that knows no developers": (
        has_role("developer"),
        {
            "detail": [
                {
                    "loc": ["body", "messages", 0, "role"],
                    "msg": "Input should be 'system', 'user' or 'assistant'",
                    "input": {"temperature": 0, "stream_options": {}},
                }
            ]
        },
    ),
    "an old vLLM: no count": (
        has("stream_options"),
        {
            "detail": [
                {
                    "type": "extra_forbidden",
                    "loc": ["body", "stream_options"],
                    "msg": "Extra inputs are not permitted",
                    "input": {"include_usage": True},
                }
            ]
        },
    ),
    "a gateway of few words": (has("stream_options"), {"error": "Bad Request"}),
}


@pytest.mark.parametrize("rule", RULES)
def test_what_is_refused_is_left_out_and_remembered(rule, tmp_path):
    """The question is answered at the second attempt, the next one at the first."""
    name = "o3-mini" if "developer" in rule else "test-model"
    with Picky(RULES[rule], name=name) as server:
        endpoint = Endpoint(server.base_url, server.key, retries=0)
        file = TraitsFile(tmp_path / "models.json")
        for attempts in (2, 1):
            model = Model(
                name, lambda: open_model(name, endpoint), endpoint, max_tokens=500, file=file
            )
            server.requests.clear()
            pieces = list(model.stream(ASKED))
            assert "".join(p.text for p in pieces if isinstance(p, TextPiece)) == REPLY
            assert len(server.requests) == attempts
        sent = server.requests[-1].body
        assert "Be brief." in str(sent["messages"])
        assert "Where did" in sent["messages"][-1]["content"]


def test_a_model_that_refuses_nearly_everything():
    """Each refusal costs one request and no more than there are parts."""
    rules = [
        RULES[name]
        for name in (
            "o1: no temperature",
            "o1: another name for the limit",
            "o3 without a verified organisation: no streaming",
            "Gemma: no system role",
        )
    ]
    with Picky(*rules) as server:
        endpoint = Endpoint(server.base_url, server.key, retries=0)
        model = Model(
            "test-model", lambda: open_model("test-model", endpoint), endpoint, max_tokens=500
        )
        pieces = list(model.stream(ASKED))
        assert pieces[0] == TextPiece(REPLY)
        assert pieces[-1].usage.prompt_tokens
        sent = server.requests[-1].body
        assert set(sent) == {"model", "messages", "max_completion_tokens", "stream"}
        assert sent["max_completion_tokens"] == 500
        assert sent["messages"] == [{"role": "user", "content": "Be brief.\n\n" + ASKED[1].content}]
        assert len(server.requests) == 5


def test_a_refusal_that_nothing_helps_against():
    """It is reported in the endpoint's words, and nothing false is learned from it."""
    with Picky((lambda _: True, error("Not on a Sunday"))) as server:
        endpoint = Endpoint(server.base_url, server.key, retries=0)
        model = Model("test-model", lambda: open_model("test-model", endpoint), endpoint)
        with pytest.raises(RequestRefused, match="Not on a Sunday"):
            list(model.stream(ASKED))
        assert len(server.requests) <= 3
        assert not model.traits.refused


def refusal(status=400, body=None, param=None):
    """A refusal as it is translated from the client's error."""
    cause = Exception("Error code")
    cause.status_code, cause.body, cause.param = status, body, param
    made = RequestRefused("refused")
    made.__cause__ = cause
    return made


@pytest.mark.parametrize(
    ("body", "sent", "part"),
    [
        ({"message": "temperature is not supported"}, PARTS, "temperature"),
        ({"message": "temperature is not supported"}, PARTS - {"temperature"}, "stream_options"),
        ({"message": "what?"}, {"system", "stream"}, None),
        ({"message": "the upstream server said no"}, {"stream"}, None),
        ({"message": "stream is not supported"}, {"stream"}, "stream"),
        ({"message": "role 'system' is not one of ['user', 'assistant']"}, PARTS, "system"),
        ({"message": "Invalid system prompt"}, PARTS, "system"),
        ({"message": "the operating system failed"}, {"system"}, None),
    ],
)
def test_which_part_is_meant(body, sent, part):
    """A part is only left out when it was sent and is named, or else likely."""
    assert refused_part(refusal(body=body), sent) == part


def test_refusals_of_another_kind_are_left_alone():
    """Nothing is left out for a wrong key or too many requests."""
    for status in (401, 403, 409, 413, 429, 500):
        assert refused_part(refusal(status, {"message": "temperature"}), PARTS) is None
    assert refused_part(refusal(param="messages", body={"message": "no"}), PARTS) is None


def test_faults_of_the_client_are_no_refusals():
    """A refusal without a status says nothing of the request."""
    with OpenAIServer(REPLY, fault=Fault(status=400, body={"message": "no"}, times=1)) as server:
        endpoint = Endpoint(server.base_url, server.key, retries=0)
        model = Model("test-model", lambda: open_model("test-model", endpoint), endpoint)
        assert list(model.stream(ASKED))
    made = RequestRefused("refused")
    assert refused_part(made, PARTS) is None
