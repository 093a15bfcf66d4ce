"""What a question is about."""

import pytest

from assistant.question.matter import matter


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What happened in Lessing?", "what in Lessing?"),
        ("And what has happened to the Tarn dam?", "what to the Tarn dam?"),
        ("What did the council decide last week?", "What did the council decide week?"),
        ("What happened?", "What happened?"),
        ("Who said what happened on the ferry?", "Who said what happened on the ferry?"),
        ("What was her last film?", "What was her last film?"),
    ],
)
def test_words_that_only_ask_are_left_out(question, left):
    """“Happened” and the “last” of “last week” stand in no sentence that answers."""
    assert matter(question) == left
