from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import split_passages
from index.sentences import split_sentences


def sentence(words: int) -> str:
    return " ".join(["Word", *["word"] * (words - 1)]) + "."


def article(*paragraphs: list[int]) -> str:
    """Return a text of paragraphs, given as the numbers of words of their sentences."""
    return "\n\n".join(" ".join(map(sentence, sizes)) for sizes in paragraphs)


def lengths(text: str, words: int) -> list[int]:
    passages = split_passages(text, split_sentences(text), words)
    return [len(text[start:end].split()) for start, end in passages]


def test_an_empty_text_has_no_passages():
    """Nothing to read gives nothing to find."""
    assert split_passages("", []) == []


def test_a_short_article_is_one_passage():
    """What fits is not taken apart, paragraphs or not."""
    text = f"  {article([30, 40], [50], [100])}\n"
    assert split_passages(text, split_sentences(text)) == [(2, len(text) - 1)]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([[10] * 30], [100, 100, 100]),
        ([[10] * 7, [10] * 7, [10] * 7, [10] * 7], [70, 70, 70, 70]),
        ([[10] * 11, [10] * 19], [110, 100, 90]),
        ([[10] * 4, [10] * 26], [100, 100, 100]),
    ],
    ids=["no paragraphs", "short of the length", "past the length", "too far from it"],
)
def test_passages_end_with_a_paragraph_near_the_wanted_length(
    paragraphs: list[list[int]], expected: list[int]
):
    """Paragraphs stay whole where their ends lie between 60 and 115 percent of the length."""
    assert lengths(article(*paragraphs), 100) == expected


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [([[10] * 12], [60, 60]), ([[10] * 9, [10] * 3], [90, 30]), ([[10] * 22], [100, 60, 60])],
)
def test_the_last_two_passages_share_the_rest(paragraphs: list[list[int]], expected: list[int]):
    """A full passage is not followed by a scrap, unless a paragraph ends there."""
    assert lengths(article(*paragraphs), 100) == expected


def test_a_long_sentence_is_a_passage_alone():
    """A sentence that fills a passage does not make its neighbours' passages too long."""
    assert lengths(article([20, 20, 101, 20, 150, 30]), 100) == [40, 101, 20, 150, 30]


def test_chinese_and_thai_are_counted_without_spaces():
    """Scripts without spaces between words do not make one endless passage."""
    chinese = "今天天气很好我们去公园。" * 100
    assert len(split_passages(chinese, split_sentences(chinese), 200)) == 4
    thai = "วันนี้อากาศดีมากเราไปสวนสาธารณะ\n\n" * 100
    assert len(split_passages(thai, split_sentences(thai), 200)) >= 3


TEXTS = st.one_of(
    st.lists(st.lists(st.integers(1, 60), min_size=1, max_size=12), max_size=8).map(
        lambda paragraphs: article(*paragraphs)
    ),
    st.text(st.sampled_from("Ab. 。字\n")),
    st.text(),
)


@given(TEXTS, st.integers(1, 60))
def test_every_sentence_is_in_exactly_one_passage(text: str, words: int):
    """Passages begin and end with sentences and leave none out."""
    sentences = split_sentences(text)
    passages = split_passages(text, sentences, words)
    inside = [
        [each for each in sentences if start <= each.start and each.end <= end]
        for start, end in passages
    ]
    assert [each for group in inside for each in group] == sentences
    assert [(group[0].start, group[-1].end) for group in inside] == passages


@given(TEXTS.filter(str.isascii), st.integers(1, 60))
def test_no_passage_of_several_sentences_is_too_long(text: str, words: int):
    """Only a sentence that is too long by itself makes a passage longer than 115 percent."""
    sentences = split_sentences(text)
    for start, end in split_passages(text, sentences, words):
        several = sum(start <= each.start < end for each in sentences) > 1
        assert not several or len(text[start:end].split()) <= words * 1.15
