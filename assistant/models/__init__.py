"""The only door to language models.

A model is a LlamaIndex `LLM`: one behind an OpenAI-compatible endpoint, opened here, or any other
that a program hands in. Whatever it is, a reply is read as text pieces and one end.

`model` asks, `attempts` learns what a model does not take, so that it is asked again; the rest are
their tools: `messages` what is said, `openai_like` models by name, `calling` any LlamaIndex model
by the methods it has, `exchange` the HTTP underneath, `replies` what responses tell, `refusals`
what errors tell, `traits` what was learned and is kept, `tokens` how much a text comes to.
"""

from __future__ import annotations

from assistant.models.messages import Done, Message, Piece, Role, TextPiece
from assistant.models.model import Model
from assistant.models.openai_like import list_models, offered_models, open_model
from assistant.models.tokens import count_messages, count_tokens
from assistant.models.traits import TraitsFile

__all__ = [
    "Done",
    "Message",
    "Model",
    "Piece",
    "Role",
    "TextPiece",
    "TraitsFile",
    "count_messages",
    "count_tokens",
    "list_models",
    "offered_models",
    "open_model",
]
