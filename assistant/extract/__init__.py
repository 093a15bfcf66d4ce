"""Answers without a model: the sentences that best answer, quoted, or the word that none does."""

from assistant.extract.leads import quote_leads
from assistant.extract.parts import quote_parts
from assistant.extract.quotes import answerable, best_quotes, quote
from assistant.extract.quoting import usable

__all__ = ["answerable", "best_quotes", "quote", "quote_leads", "quote_parts", "usable"]
