"""Embedders that are LlamaIndex objects: behind an OpenAI-compatible endpoint, or any other."""

from __future__ import annotations

import threading
import weakref
from contextlib import nullcontext
from contextvars import ContextVar
from functools import cached_property
from typing import TYPE_CHECKING, Any

from index.embed.many import estimated_tokens
from index.endpoint import translating
from index.errors import ServerFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    import numpy as np
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from numpy.typing import NDArray

    from index.endpoint import Endpoint

__all__ = ["LlamaIndexEmbedder", "OpenAILikeEmbedder"]

BATCH = 64
# Requests under way at once, where nobody says otherwise.
SIDE_BY_SIDE = 4
PROBE = "dimension"
# Whether a request that fails is left to the caller, who tries again.
_ONCE = ContextVar("once", default=False)


class LlamaIndexEmbedder:
    """Any LlamaIndex embedding model as an embedder of this project.

    Args:
        embedding: The model; its own `embed_batch_size` holds.
        name: What the library records, by default the model's own name.
        fingerprint: What vectors of the model are kept under. The dimension is appended. By
            default the class of the model and the name.
        dimension: Numbers in a vector; learned from the first one when not given.
        endpoint: Where the model is, if that is known: for messages, and to tell whether what
            is embedded leaves this machine.

    Attributes:
        batch: Texts a call, the model's own `embed_batch_size`.
        side_by_side: Calls at once, the model's own `num_workers`.
        tokens: 0: LlamaIndex does not pass on what was counted.
    """

    def __init__(
        self,
        embedding: BaseEmbedding,
        name: str = "",
        fingerprint: str = "",
        *,
        dimension: int | None = None,
        endpoint: Endpoint | None = None,
    ) -> None:
        self._embedding = embedding
        self.name = name or embedding.model_name
        self._fingerprint = fingerprint or f"{embedding.class_name()}:{self.name}"
        self._dimension = dimension
        self.endpoint = endpoint
        self.batch = embedding.embed_batch_size
        # Not every model can be called from several threads.
        self.side_by_side = embedding.num_workers or 1
        self.tokens = 0

    @property
    def dimension(self) -> int:
        """Numbers in a vector; a first look sends one short text when nothing was embedded yet.

        Raises:
            EndpointError: The endpoint did not give a vector.
        """
        if self._dimension is None:
            self.embed_query(PROBE)
        assert self._dimension is not None
        return self._dimension

    @property
    def fingerprint(self) -> str:
        """What makes vectors comparable: the model and the dimension; may send like `dimension`."""
        return f"{self._fingerprint}:{self.dimension}"

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts to be found.

        Returns:
            One row a text, shape `(len(texts), dimension)`, each of length 1.

        Raises:
            EndpointError: The endpoint failed, or sent too few vectors or unusable ones.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        parts = []
        for start in range(0, len(texts), self.batch):
            batch = list(texts[start : start + self.batch])
            with self._translating():
                vectors = self._embedding.get_text_embedding_batch(batch)
            parts.append(self._checked(vectors, len(batch)))
        return np.concatenate(parts) if parts else np.zeros((0, self.dimension), np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Embed a question.

        Returns:
            A vector of length 1, shape `(dimension,)`.

        Raises:
            EndpointError: As for `embed_passages`.
        """
        with self._translating():
            vector = self._embedding.get_query_embedding(text)
        row: NDArray[np.float32] = self._checked([vector], 1)[0]
        return row

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed several questions, one by one, as some models embed them unlike passages.

        Returns:
            One row a text, shape `(len(texts), dimension)`, each of length 1.

        Raises:
            EndpointError: As for `embed_passages`.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        return np.stack([self.embed_query(text) for text in texts])

    def _translating(self) -> AbstractContextManager[None]:
        # Without an endpoint nothing tells whose errors they are; the model's own then say it best.
        if self.endpoint is None:
            return nullcontext()
        return translating(self.endpoint, model=self.name)

    def _checked(self, vectors: Sequence[Sequence[float]], count: int) -> NDArray[np.float32]:
        """The vectors as rows of length 1, if there are as many and as long ones as there must."""
        import numpy as np  # noqa: PLC0415 - heavy

        who = self.endpoint.label if self.endpoint else f"the embedder {self.name!r}"
        if len(vectors) != count:
            raise ServerFailed(
                f"{who} sent {len(vectors)} vectors for {count} texts", help="try again"
            )
        lengths = {len(vector) for vector in vectors}
        expected = self._dimension if self._dimension is not None else len(vectors[0])
        if lengths != {expected} or not expected:
            raise ServerFailed(
                f"{who} sent vectors of {_listed(lengths)} numbers where {expected} belong",
                help=f"check that {self.name!r} is the model that the library was embedded with",
            )
        rows = np.asarray(vectors, dtype=np.float32)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or not norms.all():
            raise ServerFailed(
                f"{who} sent a vector that is empty of meaning (zeros, or not numbers)",
                help=f"check that {self.name!r} is an embedding model",
            )
        self._dimension = expected
        unit: NDArray[np.float32] = rows / norms
        return unit


class OpenAILikeEmbedder(LlamaIndexEmbedder):
    """An embedder behind an OpenAI-compatible endpoint; making one imports and sends nothing.

    Passages are sent once: whoever embeds many tries again, and then waits for all that is under
    way. A question is tried again here.

    Args:
        model: Any embedding model that the endpoint knows.
        endpoint: Where it is; the environment is not consulted.
        batch: Texts a request.
        side_by_side: Requests under way at once.
        dimension: What the library recorded; spares the probe.

    Attributes:
        tokens: What the endpoint has counted so far, or an estimate where it does not count.
    """

    def __init__(
        self,
        model: str,
        endpoint: Endpoint,
        *,
        batch: int = BATCH,
        side_by_side: int = SIDE_BY_SIDE,
        dimension: int | None = None,
    ) -> None:
        self.name = model
        self._fingerprint = f"openai:{model}"
        self._dimension = dimension
        self.endpoint = endpoint
        self.batch = batch
        self.side_by_side = side_by_side
        self.tokens = 0
        self._lock = threading.Lock()

    @cached_property
    def _embedding(self) -> BaseEmbedding:  # type: ignore[override]  # made when it is first used
        from llama_index.embeddings.openai_like import (  # noqa: PLC0415 - heavy
            OpenAILikeEmbedding,
        )
        from openai import DefaultHttpxClient  # noqa: PLC0415 - heavy

        count = self._count

        class TriedByClient(OpenAILikeEmbedding):  # type: ignore[misc]  # it ships no types
            """Leaves trying again to others, and tells what was paid for.

            LlamaIndex would multiply the client's attempts, and drops the count of tokens.
            """

            def _create_retry_decorator(self) -> Callable[[Any], Any]:
                return lambda attempt: attempt

            def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
                client = self._get_client()
                if _ONCE.get():
                    client = client.with_options(max_retries=0)
                # Line ends are spaces in what LlamaIndex sends, and so in the vectors of others.
                lines = [text.replace("\n", " ") for text in texts]
                reply = client.embeddings.create(
                    input=lines, model=self._text_engine, **self.additional_kwargs
                )
                count(reply.usage, lines)
                return [one.embedding for one in reply.data]

        assert self.endpoint is not None
        client = DefaultHttpxClient()
        weakref.finalize(self, client.close)
        return TriedByClient(
            http_client=client,
            model_name=self.name,
            api_key=self.endpoint.key_to_send,
            api_base=self.endpoint.base_url,
            timeout=self.endpoint.timeout,
            max_retries=self.endpoint.retries,
            embed_batch_size=self.batch,
        )

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As of every embedder, but each request is sent once."""
        token = _ONCE.set(True)
        try:
            return super().embed_passages(texts)
        finally:
            _ONCE.reset(token)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Like passages, for models behind such endpoints know one kind of text; one request."""
        return super().embed_passages(texts)

    def _count(self, usage: Any, texts: Sequence[str]) -> None:
        """Adds what a reply says it has cost; not every service says it."""
        tokens = getattr(usage, "total_tokens", None) or estimated_tokens(sum(map(len, texts)))
        with self._lock:
            self.tokens += tokens


def _listed(numbers: set[int]) -> str:
    return " or ".join(str(number) for number in sorted(numbers))
