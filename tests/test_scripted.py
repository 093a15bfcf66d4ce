"""The scripted model, through every way that LlamaIndex has to ask."""

from __future__ import annotations

import asyncio

import pytest
from llama_index.core.base.llms.types import ChatMessage

from assistant.models import Done, Message, Model, TextPiece
from assistant.scripted import ScriptedModel, ScriptEnded
from assistant.types import Usage
from index.errors import RateLimited, ReplyCutOff

ASKED = [
    ChatMessage(role="system", content="Be brief."),
    ChatMessage(role="user", content="Who said so?"),
]
CALL = (Message("system", "Be brief."), Message("user", "Who said so?"))


def test_every_way_of_asking_reads_the_script():
    """Chat and completion, whole and streamed, awaited or not, take one reply each."""
    model = ScriptedModel(["one", ["t", "wo"], "three", ["fo", "ur"], "five", ["s", "ix"], "seven"])

    async def awaited():
        streamed = [r.delta async for r in await model.astream_chat(ASKED)]
        return (await model.achat(ASKED)).message.content, streamed

    assert model.chat(ASKED).message.content == "one"
    assert [r.delta for r in model.stream_chat(ASKED)] == ["t", "wo"]
    assert asyncio.run(awaited()) == ("four", ["three"])
    assert model.complete("Who?").text == "five"
    assert [r.text for r in model.stream_complete("Who?")] == ["s", "six"]
    assert asyncio.run(model.acomplete("Who?")).text == "seven"
    assert model.calls == [CALL] * 4 + [(Message("user", "Who?"),)] * 3
    assert model.left == 0


def test_an_exception_is_raised_when_it_is_its_turn():
    """A script can fail at once, or in the middle of a reply."""
    model = ScriptedModel([RateLimited("slow down"), ["It ", ReplyCutOff("cut")]])
    with pytest.raises(RateLimited):
        list(Model.of(model).stream(CALL))
    pieces = Model.of(model).stream(CALL)
    assert next(pieces) == TextPiece("It ")
    with pytest.raises(ReplyCutOff):
        next(pieces)


def test_a_dry_script_says_so():
    """A test that asks too often fails with the number of calls."""
    model = ScriptedModel(["only"])
    assert list(Model.of(model).stream(CALL)) == [TextPiece("only"), Done(usage=Usage(calls=1))]
    with pytest.raises(ScriptEnded, match="call 2"):
        model.chat(ASKED)
    assert len(model.calls) == 2


def test_two_models_do_not_share_a_script():
    """What one was asked is not what the other was asked."""
    script = ["reply"]
    first, second = ScriptedModel(script), ScriptedModel(script)
    first.chat(ASKED)
    assert second.calls == []
    assert second.left == 1
