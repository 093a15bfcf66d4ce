"""Embedders that are LlamaIndex objects: behind an OpenAI-compatible endpoint, or any other."""

from __future__ import annotations

import weakref
from contextlib import nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any

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
PROBE = "dimension"


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
        size = self._embedding.embed_batch_size
        for start in range(0, len(texts), size):
            batch = list(texts[start : start + size])
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

    Args:
        model: Any embedding model that the endpoint knows.
        endpoint: Where it is; the environment is not consulted.
        batch: Texts a request.
        dimension: What the library recorded; spares the probe.
    """

    def __init__(
        self, model: str, endpoint: Endpoint, *, batch: int = BATCH, dimension: int | None = None
    ) -> None:
        self.name = model
        self._fingerprint = f"openai:{model}"
        self._dimension = dimension
        self.endpoint = endpoint
        self._batch = batch

    @cached_property
    def _embedding(self) -> BaseEmbedding:  # type: ignore[override]  # made when it is first used
        from llama_index.embeddings.openai_like import (  # noqa: PLC0415 - heavy
            OpenAILikeEmbedding,
        )
        from openai import DefaultHttpxClient  # noqa: PLC0415 - heavy

        class TriedByClient(OpenAILikeEmbedding):  # type: ignore[misc]  # it ships no types
            """Leaves trying again to the client; LlamaIndex would multiply its attempts."""

            def _create_retry_decorator(self) -> Callable[[Any], Any]:
                return lambda attempt: attempt

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
            embed_batch_size=self._batch,
        )

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """`embed_passages`: models behind such endpoints know one kind of text; one request."""
        return self.embed_passages(texts)


def _listed(numbers: set[int]) -> str:
    return " or ".join(str(number) for number in sorted(numbers))
