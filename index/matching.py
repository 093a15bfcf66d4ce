"""Which part of a passage matches a query."""

from __future__ import annotations

from index.lexical import query_words, stems
from index.sentences import split_sentences

__all__ = ["matching_part"]


def matching_part(query: str, text: str, limit: int) -> tuple[int, int]:
    """The whole sentences of a text around the one that holds most words of a query.

    Args:
        query: Plain words; without any, the part is the beginning.
        text: The text of a passage.
        limit: How many characters the part may have; a longer sentence is a part alone.

    Returns:
        A half-open range of characters.
    """
    sentences = split_sentences(text)
    if not sentences:
        return 0, len(text)
    asked = {stem for word in query_words(query) for stem in stems(word)}
    held = [len(asked & set(stems(text[s.start : s.end]))) for s in sentences]
    first = last = held.index(max(held))
    # What follows explains more often than what stands before.
    while True:
        if last + 1 < len(sentences) and sentences[last + 1].end - sentences[first].start <= limit:
            last += 1
        elif first and sentences[last].end - sentences[first - 1].start <= limit:
            first -= 1
        else:
            return sentences[first].start, sentences[last].end
