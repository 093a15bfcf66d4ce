"""Models by name, behind any OpenAI-compatible endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from index.endpoint import translating
from index.errors import EndpointError, UsageError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from index.endpoint import Endpoint

__all__ = ["known_window", "list_models", "look_up_window", "offered_models", "open_model"]

LISTING_TIMEOUT = 5.0

# How servers name the window in their list of models: vLLM and SGLang, LM Studio, OpenRouter and
# Together, Groq, Mistral, Anthropic.
_WINDOW = (
    "max_model_len",
    "loaded_context_length",
    "context_length",
    "context_window",
    "max_context_length",
    "max_input_tokens",
)


def open_model(name: str, endpoint: Endpoint, *, context_window: int = 0) -> LLM:
    """Make a chat model behind an OpenAI-compatible endpoint; nothing is sent yet.

    Args:
        name: Any model name that the endpoint knows.
        endpoint: Where it is; the environment is not consulted.
        context_window: Tokens that fit; by default what is known of OpenAI's own models, and
            LlamaIndex's cautious default for others.

    Raises:
        UsageError: The name is of a model that chat endpoints do not serve.
    """
    from llama_index.llms.openai.utils import is_chatcomp_api_supported  # noqa: PLC0415 - heavy

    from assistant.models.named import NamedModel  # noqa: PLC0415 - heavy

    if not is_chatcomp_api_supported(name):
        raise UsageError(
            f"the model {name!r} is not served through chat completions",
            help="choose another with --model",
        )
    made: LLM = NamedModel.at(endpoint, name, context_window or known_window(name))
    return made


def known_window(name: str) -> int:
    """Tokens that one of OpenAI's own models takes; 0 for other names."""
    from llama_index.llms.openai.utils import ALL_AVAILABLE_MODELS  # noqa: PLC0415 - heavy

    return int(ALL_AVAILABLE_MODELS.get(name, 0))


def list_models(endpoint: Endpoint) -> list[str]:
    """Names of the models that an endpoint offers, sorted; none when it does not say."""
    try:
        return offered_models(endpoint)
    except EndpointError:
        return []


def offered_models(endpoint: Endpoint) -> list[str]:
    """Names of the models that an endpoint offers, sorted.

    Raises:
        EndpointError: When it does not say.
    """
    return sorted(str(_part(model, "id")) for model in _listed(endpoint))


def look_up_window(name: str, endpoint: Endpoint) -> int:
    """Tokens that a model takes by the endpoint's list of models; 0 when that does not say."""
    try:
        models = _listed(endpoint)
    except EndpointError:
        return 0
    fitting = [m for m in models if name in (_part(m, "id"), *(_part(m, "aliases") or ()))]
    # A server of one model often takes any name for it.
    chosen = fitting[:1] or (models if len(models) == 1 else [])
    for model in chosen:
        # llama.cpp tells how it was started and, beside that, what the model was trained for.
        found = [_part(_part(model, "meta"), "n_ctx"), *(_part(model, each) for each in _WINDOW)]
        # OpenRouter tells what the best of the providers takes, and what the one it asks takes.
        found.append(_part(_part(model, "top_provider"), "context_length"))
        windows = [n for n in found if type(n) is int and n > 0]
        return min(windows[:1] + windows[-1:], default=0)
    return 0


def _listed(endpoint: Endpoint) -> list[Any]:
    """The endpoint's models, as it describes them."""
    from assistant.models.named import client  # noqa: PLC0415 - heavy

    timeout = min(endpoint.timeout, LISTING_TIMEOUT)
    with client(endpoint, timeout=timeout, max_retries=0) as asked, translating(endpoint):
        return list(asked.models.list().data)


def _part(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
