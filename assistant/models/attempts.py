"""One question to a model, over all the attempts that it takes: what is left out, and learned."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.models import openai_like
from assistant.models.calling import Call
from assistant.models.messages import Done, Message, Piece
from assistant.models.refusals import refused_part
from assistant.models.tokens import count_messages
from assistant.prices import with_cost
from assistant.types import Usage
from index.endpoint import Endpoint, translate, translating
from index.errors import EndpointError, PromptTooLong, RequestRefused, UsageError

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatMessage
    from llama_index.core.llms import LLM

    from assistant.models.model import Model

__all__ = ["Attempts"]

# Names of models that an error lists.
_LISTED = 8
# More refusals than there are parts to leave out.
_ATTEMPTS = 6
# Every window holds a prompt of so many tokens, and of fewer the chat template is a large part.
_SMALL = 800
# Nothing is cut to less; some servers count only what they had not read before.
_SMALLEST = 500
# A prompt of which a smaller share was read was cut: tokenisers differ by less. Of scripts that
# `count_tokens` does not know well, some read a third of what it counts.
_SURELY_CUT, _SURELY_CUT_ELSEWHERE = 0.6, 0.25
# Models have between half and four times the tokens that `count_tokens` counts.
_SCALES = (0.5, 4.0)
# What a retry leaves out when the endpoint does not say how much it takes.
_LESS = 0.7


class Attempts:
    """One question to a model, over all the attempts that it takes."""

    def __init__(self, model: Model, messages: Sequence[Message]) -> None:
        self.model = model
        self.messages = messages
        self.place = model.endpoint or _endpoint_of(model.llm)
        self.counted = count_messages(messages)
        self.refused = model.traits.refused
        self.attempts = 0

    def call(self) -> Call:
        """The next attempt."""
        self.attempts += 1
        llm, sent = self.model.llm, self._sent()
        options: dict[str, Any] = {}
        if _is_openai(llm):
            if "stream_options" in sent:
                options["stream_options"] = {"include_usage": True}
            if "temperature" in self.refused:
                from openai import omit  # noqa: PLC0415 - heavy; the model has imported it

                options["temperature"] = omit
            for name in ("max_tokens", "max_completion_tokens"):
                if name in sent:
                    options[name] = self.model.max_tokens
        return Call(llm, self._conversation(), options, streamed="stream" in sent)

    def _sent(self) -> set[str]:
        """The parts of the request that can be left out, but for those that are."""
        parts = {"stream"}
        if any(message.role == "system" for message in self.messages):
            parts.add("system")
        if _is_openai(self.model.llm):
            parts |= {"temperature", "stream_options"}
            if self.model.max_tokens:
                refused = "max_tokens" in self.refused
                parts.add("max_completion_tokens" if refused else "max_tokens")
        if "stream" in self.refused:
            parts.discard("stream_options")
        return parts - self.refused

    def _conversation(self) -> list[ChatMessage]:
        from llama_index.core.base.llms.types import (  # noqa: PLC0415 - heavy
            ChatMessage,
            MessageRole,
        )

        messages = list(self.messages)
        if "system" in self.refused:
            messages = _without_system(messages)
        return [ChatMessage(role=MessageRole(m.role), content=m.content) for m in messages]

    @contextmanager
    def translating(self) -> Iterator[None]:
        """Turns what clients raise into this project's errors, also those of other vendors.

        Their clients are mostly built like openai's; what is none of a client's errors passes.
        """
        try:
            with translating(self.place, model=self.model.name):
                yield
        except Exception as error:  # looked at by its form, since its class is not known
            known = None if isinstance(error, EndpointError) else _of_a_client(error)
            if known is None:
                raise
            raise translate(known, self.place, model=self.model.name) from error

    def has_other_way(self, refusal: RequestRefused) -> bool:
        """Whether leaving something out may help, which the next attempt then does."""
        if isinstance(refusal, PromptTooLong):
            self._learn_room(refusal)
            return False
        part = refused_part(refusal, self._sent())
        if part is None or self.attempts >= _ATTEMPTS:
            return False
        self.refused |= {part}
        return True

    def _learn_room(self, refusal: PromptTooLong) -> None:
        """Notes how much the model takes; it is less than was sent, whatever is said of it."""
        traits = self.model.traits
        scale = traits.scale
        if refusal.tokens:
            scale = max(scale, min(refusal.tokens / self.counted, _SCALES[1]))
        most = int(self.counted * scale * _LESS)
        window = refusal.window or most
        self.model.learn(window=min(window, self.model.window or window), scale=scale)
        if (self.model.room or 0) >= self.counted:
            self.model.learn(window=most)

    def explained(self, refusal: RequestRefused) -> RequestRefused:
        """The refusal of an unknown model with the names of some that are known."""
        status = getattr(refusal.__cause__, "status_code", None)
        names = openai_like.list_models(self.model.endpoint) if (
            self.model.endpoint and status == 404
        ) else []  # fmt: skip
        if not names:
            return refusal
        more = ", …" if len(names) > _LISTED else ""
        return RequestRefused(
            refusal.message,
            help=f"choose another with --model; there are {', '.join(names[:_LISTED])}{more}",
        )

    def completed(self, end: Sequence[Piece]) -> Generator[Piece]:
        """The end of a reply, after what has been learned from it is noted."""
        if self.refused != self.model.traits.refused:
            self.model.learn(refused=self.refused)
        for piece in end:
            if isinstance(piece, Done):
                warnings = (*piece.warnings, *self._look_at(piece.usage))
                usage = with_cost(replace(piece.usage, calls=1), self.model.price)
                yield Done(piece.finish_reason, usage, warnings)
            else:
                yield piece

    def _look_at(self, usage: Usage) -> tuple[str, ...]:
        """Learns the model's tokens, and notices when it was not given all of the prompt.

        Ollama and LM Studio cut a prompt that is too long without a word, from its beginning.
        """
        read, traits = usage.prompt_tokens, self.model.traits
        expected = self.counted * traits.scale
        if 0 < read < _LESS * min(traits.window, expected):
            # Less than was read before of a prompt that fits that: the endpoint counts otherwise.
            self.model.learn(scale=max(read / self.counted, _SCALES[0]))
            return ()
        if read < _SMALLEST or self.counted < _SMALL:
            return ()
        counted_before = traits.scale != 1.0
        text = "".join(message.content for message in self.messages)
        least = _SURELY_CUT if counted_before or _is_latin(text) else _SURELY_CUT_ELSEWHERE
        if _is_a_window(read):
            least = max(least, 0.9 if counted_before else 0.8)
        scale = min(max(read / self.counted, _SCALES[0]), _SCALES[1])
        if read >= expected * least:
            if abs(scale - traits.scale) > 0.05 * traits.scale:
                self.model.learn(scale=scale)
            return ()
        if self.model.is_set and not _is_a_window(read):
            self.model.learn(scale=scale)  # somebody knows that more fits
            return ()
        self.model.learn(window=read)
        given = f"the model was given only {read:,} of about {expected:,.0f} tokens of its prompt"
        return (f"{given}: start it with a larger context (with Ollama, OLLAMA_CONTEXT_LENGTH)",)


def _is_latin(text: str) -> bool:
    return len(text.encode(errors="replace")) < 1.1 * len(text)


def _is_a_window(tokens: int) -> bool:
    """Whether it is a size that a server cuts prompts to: Ollama keeps all, or half and two."""
    return any(size > 0 and size % 1024 == 0 for size in (tokens, tokens - 2, tokens + 1))


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """The system's part as the beginning of what the person says."""
    system = [message.content for message in messages if message.role == "system"]
    others = [message for message in messages if message.role != "system"]
    if not others:
        return [Message("user", "\n\n".join(system))]
    first = "\n\n".join([*system, others[0].content])
    return [Message(others[0].role, first), *others[1:]]


def _is_openai(llm: LLM) -> bool:
    """Whether it is one of LlamaIndex's models that speak OpenAI's protocol."""
    from llama_index.llms.openai import OpenAI  # noqa: PLC0415 - heavy

    return isinstance(llm, OpenAI)


def _of_a_client(error: Exception) -> Exception | None:
    """What tells of an HTTP exchange: the error, or what it comes from; None where nothing does."""
    import httpx  # noqa: PLC0415 - heavy; a client has imported it by now

    if isinstance(getattr(error, "status_code", None), int):
        return error
    return error.__cause__ if isinstance(error.__cause__, httpx.HTTPError) else None


def _endpoint_of(llm: LLM) -> Endpoint | None:
    """The endpoint of a model that was handed in, for messages; None where it is not known."""
    base = getattr(llm, "api_base", None)
    if not _is_openai(llm) or not base:
        return None
    try:
        return Endpoint(base, getattr(llm, "api_key", None) or "")
    except UsageError:
        return None
