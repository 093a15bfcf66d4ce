"""The LlamaIndex model behind an OpenAI-compatible endpoint, with clients of our own.

Imported when the first model is made, since its base is heavy.
"""

from __future__ import annotations

import asyncio
import weakref
from typing import Any, Self

import openai
import openai.resources.chat  # else the first question pays for it
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.llms.openai_like import OpenAILike

from assistant.models.exchange import async_http_client, http_client
from index.endpoint import Endpoint

__all__ = ["NamedModel", "client"]


class NamedModel(OpenAILike):  # type: ignore[misc]  # it ships no types
    """A chat model by name.

    It has an asynchronous client for each event loop, since one client cannot serve two.
    """

    _endpoint: Endpoint = PrivateAttr()
    _clients: Any = PrivateAttr(default_factory=weakref.WeakKeyDictionary)

    @classmethod
    def at(cls, endpoint: Endpoint, name: str, window: int = 0) -> Self:
        """The model of this name at an endpoint; `window` are the tokens that it takes."""
        synchronous = client(endpoint)
        made = cls(
            model=name,
            api_key=endpoint.key_to_send,
            api_base=endpoint.base_url,
            timeout=endpoint.timeout,
            max_retries=0,  # the client's own are enough; LlamaIndex would multiply them
            openai_client=synchronous,
            is_chat_model=True,
            temperature=0.0,
            **({"context_window": window} if window else {}),
        )
        made._endpoint = endpoint
        weakref.finalize(made, synchronous.close)
        return made

    def _get_aclient(self) -> openai.AsyncOpenAI:
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            made = openai.AsyncOpenAI(
                http_client=async_http_client(self._endpoint.timeout), **_options(self._endpoint)
            )
            self._clients[loop] = _bare(made, self._endpoint)
        found: openai.AsyncOpenAI = self._clients[loop]
        return found


def client(endpoint: Endpoint, **options: Any) -> openai.OpenAI:
    """A client for an endpoint; `options` replace what is said there."""
    options = {**_options(endpoint), **options}
    timeout = options.pop("timeout", endpoint.timeout)
    made: openai.OpenAI = openai.OpenAI(http_client=http_client(timeout), **options)
    _bare(made, endpoint)
    return made


def _options(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "api_key": endpoint.key_to_send,
        "base_url": endpoint.base_url,
        "max_retries": endpoint.retries,
    }


def _bare(client: Any, endpoint: Endpoint) -> Any:
    """The client without what it took from the environment, which is meant for OpenAI alone."""
    if not endpoint.at_openai:
        client.organization = client.project = client.admin_api_key = None
        client._custom_headers = {}  # noqa: SLF001 - they have no public name
    return client
