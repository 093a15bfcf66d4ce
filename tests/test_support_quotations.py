"""Quotations of a sentence against the words of its source."""

from __future__ import annotations

import pytest

from assistant.support.quotations import check_quotations, quotations

SOURCE = (
    "“Until we agree on a document,” he said, “I think everything will fly.” It's the workers' pay."
)


@pytest.mark.parametrize(
    "sentence",
    [
        'He said "everything will fly".',
        "He said “Everything will fly.”",
        "He said ‘everything will fly’.",
        "He said 'everything will fly'.",
        "He said «everything will fly».",
        "He said „everything will fly“.",
        "He said “until we agree … everything will fly”.",
        "He said “until [they] agree on a document”.",
        "He said “Until we agree on a document, I think everything will fly”.",
        "He spoke of “the workers’ pay”.",
    ],
)
def test_verbatim_words_are_found_in_any_marks(sentence):
    """Glyphs, the first letter's case, cuts and an interrupting "he said" do not matter."""
    outcome = check_quotations(sentence, [SOURCE])
    assert (outcome.checked, outcome.reasons) == (1, ())


def test_changed_words_are_flagged():
    """One changed word is enough, and the reason quotes the words."""
    outcome = check_quotations("He said “everything will burn”.", [SOURCE])
    assert outcome.reasons == ("the words “everything will burn” are not in the source",)


def test_parts_have_to_come_in_their_order():
    """An ellipsis does not let the parts of a quotation change places."""
    assert check_quotations("He said “everything will fly … we agree”.", [SOURCE]).reasons


def test_part_of_a_word_is_not_the_word():
    """Whole words are compared."""
    assert check_quotations("He said “thing will fly”.", [SOURCE]).reasons


@pytest.mark.parametrize(
    "sentence",
    [
        "The workers' pay and the bosses' pay don't match, they're told.",
        "He called it “frank”.",
        "It is 6' 2\" tall.",
    ],
)
def test_apostrophes_and_single_words_are_no_quotations(sentence):
    """Only two words or more in quotation marks count."""
    assert quotations(sentence) == []


def test_japanese_marks_are_quotation_marks():
    """A quotation in a script without spaces is compared too."""
    assert (
        check_quotations("彼は「平和が必要だ」と言った。", ["「平和が必要だ」と述べた。"]).reasons
        == ()
    )
    assert check_quotations(
        "彼は「戦争が必要だ」と言った。", ["「平和が必要だ」と述べた。"]
    ).reasons


def test_a_title_in_quotation_marks_may_stand_in_the_context():
    """A title is a name, which the context may have; what somebody says has to be in the source."""
    source, context = "She sang it in Arlon.", "Why Venn sings “Slow River” again"
    assert check_quotations("She sang “Slow River” in Arlon.", [source], [context]).reasons == ()
    assert check_quotations("She sang “Slow Train” in Arlon.", [source], [context]).reasons
    assert check_quotations("It is, she said, “her slow river”.", [source], [context]).reasons
