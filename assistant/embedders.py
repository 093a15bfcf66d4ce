"""The embedder that the settings, or the library, name: by name, or an object handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from index.errors import NotConfigured

if TYPE_CHECKING:
    from collections.abc import Callable

    from llama_index.core.base.embeddings.base import BaseEmbedding

    from assistant.settings import Settings
    from index.embed import Embedder
    from index.endpoint import Endpoint
    from index.library import Library

__all__ = ["open_embedder"]


def open_embedder(
    given: str | Embedder | BaseEmbedding,
    library: Library,
    settings: Settings,
    say: Callable[[str], None],
    *,
    rebind: bool = False,
) -> Embedder:
    """An embedder by name, the one that the library was made with, or the object handed in.

    Args:
        given: A name, empty for the library's, or an object.
        library: What it is for.
        settings: Where endpoints are, and what may be sent there.
        say: Is told, in a clause, of preparations that take long.
        rebind: Whether it may be another than the library was made with.

    Raises:
        EmbedderMismatch: When the library was made with one of another name.
        NotConfigured: When it is not known where it is, or what key it needs.
    """
    if not isinstance(given, str):
        if hasattr(given, "get_text_embedding_batch"):
            from index.embed.openai_like import LlamaIndexEmbedder  # noqa: PLC0415 - rarely used

            return LlamaIndexEmbedder(cast("BaseEmbedding", given))
        return given
    bound = library.bound
    name = given or bound.name or "local"
    if not rebind:
        library.expect(name)
    if name == "local":
        from index.embed.local import LocalEmbedder  # noqa: PLC0415 - only where it is used

        return LocalEmbedder(allow_fetch=settings.fetch, say=say)
    from index.embed.openai_like import OpenAILikeEmbedder  # noqa: PLC0415 - likewise

    return OpenAILikeEmbedder(
        name,
        _endpoint(library, settings),
        dimension=bound.dimension if name == bound.name else None,
        side_by_side=settings.embedder_requests,
    )


def _endpoint(library: Library, settings: Settings) -> Endpoint:
    """Where the embedder is: as the settings say, else where the library last found it.

    What a library says is no more than data: questions go to an address that it alone names only
    when that is on this machine, or when a key is stored for it.
    """
    place = library.bound.endpoint
    if not place or settings.origins["embedder_base_url"] != "base_url":
        return settings.embedder_endpoint()
    known = settings.known_endpoint(place)
    if known is None:
        raise NotConfigured(
            f"the library was embedded with {library.bound.name} at {place},"
            " to which nothing was sent from here yet",
            help=f"add --embedder-base-url {place}, or put"
            f' embedder_base_url = "{place}" into {settings.file}',
        )
    return known
