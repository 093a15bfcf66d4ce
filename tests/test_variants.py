"""Queries are searched as others would have written them, too."""

from __future__ import annotations

import pytest

from index.variants import variants


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("the US and us", {"U.S.", "United States", "USA"}),
        ("Who is who?", set()),
        ("what the WHO said", {"World Health Organization", "World Health Organisation"}),
        ("artificial intelligence", {"AI"}),
        ("twelve people", {"12"}),
        ("40 people", {"forty"}),
        ("the theatre programme", {"theater", "program"}),
        ("organisers", set()),
        ("What did SCOTUS rule?", {"Supreme Court"}),
        ("Where was FLOTUS?", {"first lady"}),
        ("What did POTUS say?", {"president"}),
        ("the president spoke", set()),
        ("who replaced Lund", {"successor", "succeeded", "took over"}),
        ("Who will take over from Lund?", {"successor", "replaced"}),
        ("the lock was replaced", set()),
        ("our or", set()),
    ],
)
def test_variants(query, expected):
    """Acronyms, spellings and numbers have other forms; common words do not."""
    assert expected <= set(variants(query))
    assert bool(expected) == bool(set(variants(query)))
