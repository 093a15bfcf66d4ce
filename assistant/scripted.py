"""A language model for tests: it says what its script says and remembers what it was asked.

It is a LlamaIndex model like any other, so it can be handed in wherever one is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseAsyncGen,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_chat_callback, llm_completion_callback

from assistant.models import Message, Role

__all__ = ["Line", "ScriptEnded", "ScriptedModel"]

Line = str | Exception | Sequence[str | Exception]


class ScriptEnded(RuntimeError):
    """The model was asked more often than its script has replies."""


class ScriptedModel(CustomLLM):
    """A model whose replies are written beforehand.

    Args:
        script: The replies, one a call: a text, its pieces as they are to be streamed, or an
            exception to raise; an exception among pieces is raised when it is its turn.
        context_window: What the model says of itself.

    Raises:
        ScriptEnded: From a call beyond the end of the script.

    Example:
        >>> model = ScriptedModel(["Kyiv said so [1].", ["It was ", "Tuesday [2]."]])
        >>> model.complete("Who said so?").text
        'Kyiv said so [1].'
        >>> model.calls[0][0].content
        'Who said so?'
    """

    _script: list[Line] = PrivateAttr()
    _calls: list[tuple[Message, ...]] = PrivateAttr()
    _context_window: int = PrivateAttr()

    def __init__(self, script: Sequence[Line], *, context_window: int = 8192) -> None:
        super().__init__()
        self._script = list(script)
        self._calls = []
        self._context_window = context_window

    @classmethod
    def class_name(cls) -> str:
        return "ScriptedModel"

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(
            model_name="scripted", context_window=self._context_window, is_chat_model=True
        )

    @property
    def calls(self) -> list[tuple[Message, ...]]:
        """The messages of each call, oldest first."""
        return list(self._calls)

    @property
    def left(self) -> int:
        """How many replies have not been asked for."""
        return len(self._script)

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002 - LlamaIndex's signature
        return CompletionResponse(text="".join(self._speak((Message("user", prompt),))))

    @llm_completion_callback()
    def stream_complete(
        self,
        prompt: str,
        formatted: bool = False,  # noqa: ARG002 - LlamaIndex's signature
        **kwargs: Any,  # noqa: ARG002
    ) -> CompletionResponseGen:
        def pieces() -> CompletionResponseGen:
            text = ""
            for piece in self._speak((Message("user", prompt),)):
                text += piece
                yield CompletionResponse(text=text, delta=piece)

        return pieces()

    @llm_chat_callback()
    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:  # noqa: ARG002
        return _response("".join(self._speak(_plain(messages))))

    @llm_chat_callback()
    async def achat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:  # noqa: ARG002
        return _response("".join(self._speak(_plain(messages))))

    @llm_chat_callback()
    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:  # noqa: ARG002
        return self._responses(_plain(messages))

    @llm_chat_callback()
    async def astream_chat(
        self,
        messages: Sequence[ChatMessage],
        **kwargs: Any,  # noqa: ARG002
    ) -> ChatResponseAsyncGen:
        async def pieces() -> ChatResponseAsyncGen:
            for response in self._responses(_plain(messages)):
                yield response

        return pieces()

    def _responses(self, messages: tuple[Message, ...]) -> ChatResponseGen:
        text = ""
        for piece in self._speak(messages):
            text += piece
            yield _response(text, piece)

    def _speak(self, messages: tuple[Message, ...]) -> Iterator[str]:
        """Record a call, then say the pieces of the next reply."""
        self._calls.append(messages)
        if not self._script:
            raise ScriptEnded(f"the script is at its end and this was call {len(self._calls)}")
        line = self._script.pop(0)
        for piece in [line] if isinstance(line, str | Exception) else line:
            if isinstance(piece, Exception):
                raise piece
            yield piece


def _plain(messages: Sequence[ChatMessage]) -> tuple[Message, ...]:
    """The messages in our own words; roles that we do not use are a person's."""
    roles: dict[str, Role] = {"system": "system", "assistant": "assistant"}
    return tuple(Message(roles.get(m.role.value, "user"), m.content or "") for m in messages)


def _response(text: str, delta: str | None = None) -> ChatResponse:
    message = ChatMessage(role=MessageRole.ASSISTANT, content=text)
    return ChatResponse(message=message, delta=delta)
