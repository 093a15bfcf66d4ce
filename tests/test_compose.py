"""Replies become answers: cited, aligned where they cite nothing, checked, and never made up."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from conftest import FERRY, INQUIRY
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from replies import REPLIES

from assistant.compose import Composition
from assistant.reply.reader import ReplyReader
from assistant.shown import Shown
from assistant.types import Question, SentenceReady, Withdrawn
from index.embed.fake import FakeEmbedder
from index.types import Hit, Passage

QUESTION = Question("How many were hurt?", "How many were hurt?", dt.date(2025, 5, 1))
TOLD = "Use only what the passages say.\nThe zorgon is green. [0.1]\nQuestion: How many?"


@pytest.fixture
def hits(articles):
    """Each sample article as one passage: the ferry is 1, the inquiry 2, the bakery 3."""
    return tuple(Hit(Passage(a.info, 0, 0, len(a.text), a.text), 1.0) for a in articles)


@pytest.fixture
def compose(hits):
    """Composes an answer of a reply, or of its pieces."""

    def composed(*pieces, cut=False):
        composition = Composition(QUESTION, hits, Shown.of(hits), instructions=TOLD)
        for piece in pieces:
            composition.feed(piece)
        return composition.finish(cut=cut)[1]

    return composed


def quotes(answer, sentence):
    cited = {citation.number: citation for citation in answer.citations}
    return [cited[number].quote for number in sentence.citations]


# without usable citations

HURT = "Twelve passengers were taken to hospital, the coastguard said."
UNMARKED = [
    "The coastguard said twelve passengers were taken to hospital.",
    "The coastguard said twelve passengers were taken to hospital [9.9].",
    "The coastguard said twelve passengers were taken to hospital [1].",
    "According to passage 1, twelve passengers were taken to hospital.",
]


@pytest.mark.parametrize("reply", UNMARKED)
def test_small_models_that_cite_badly(compose, reply):
    """Without a number that exists, the sentence is aligned by its words, and said to be."""
    answer = compose(reply)
    (sentence,) = answer.sentences
    assert quotes(answer, sentence) == [HURT]
    assert sentence.aligned == sentence.citations == (1,)
    assert answer.text.endswith(" [~1]")
    assert any("found for one sentence by Dateline" in warning for warning in answer.warnings)


def test_an_aligned_sentence_is_checked(compose):
    """What is wrong in a sentence without a citation is said by what it should have cited."""
    (sentence,) = compose(
        "Thirty passengers were taken to hospital, the coastguard said."
    ).sentences
    assert sentence.aligned == (1,)
    assert sentence.verdict.status == "partial"
    assert "not thirty" in sentence.verdict.reasons[0].lower().replace("30", "thirty")


@pytest.mark.parametrize(
    "reply", ["Experts agree on that.", "So it was.", "Lessing is a town of forty thousand people."]
)
def test_what_no_source_says_is_not_aligned(compose, reply):
    """A sentence from the model's memory gets no source for sharing a word with one."""
    (sentence,) = compose(reply).sentences
    assert sentence.citations == sentence.aligned == ()
    assert sentence.verdict.status == "unsupported"


def test_citations_of_the_model_stay_its_own(compose):
    """Only what Dateline found is marked, sentence by sentence and number by number."""
    answer = compose(
        "Twelve passengers were taken to hospital [1.2]. "
        "Judge Omar Reith said that 14 people had been hurt. "
        "The operator paid $1.5 million for repairs [2]."
    )
    assert [s.aligned for s in answer.sentences] == [(), (2,), (3,)]
    assert answer.citations[2].quote.endswith("paid $1.5 million for repairs.")
    assert answer.text.startswith("Twelve passengers were taken to hospital. [1] ")


def test_two_sources_may_be_needed(compose):
    """A sentence that draws on two articles is aligned with a sentence of each."""
    answer = compose(
        "Twelve passengers were taken to hospital, the coastguard said, but Judge Omar Reith said"
        " that 14 people had been hurt."
    )
    assert {citation.article.url for citation in answer.citations} == {FERRY, INQUIRY}


def test_a_wrong_passage_is_not_believed(compose):
    """A passage that does not say it gives way to one that does."""
    answer = compose("Twelve passengers were taken to hospital, the coastguard said [3].")
    assert answer.citations[0].article.url == FERRY


def test_an_embedder_helps_where_words_differ(hits):
    """Sentences that share few words are compared by their embeddings, and only those."""
    asked = []

    class Alike(FakeEmbedder):
        name = "local"

        def embed_passages(self, texts):
            asked.extend(texts)
            return np.ones((len(texts), 1), np.float32)

    for embedder, aligned in ((None, ()), (Alike(), (1,))):
        composition = Composition(QUESTION, hits, Shown.of(hits), embedder)
        composition.feed("A dozen travellers ended up in hospital, as the coastguard said.")
        (sentence,) = composition.finish()[1].sentences
        assert sentence.aligned == aligned
    assert HURT in asked


# what models write besides an answer


def test_a_repeated_prompt_is_left_out(compose):
    """Instructions and the example in them are no answer, and their citations cite nothing."""
    answer = compose(
        "Use only what the passages say.\nThe zorgon is green. [0.1]\n"
        "Twelve passengers were taken to hospital. [1.2]"
    )
    assert [s.text for s in answer.sentences] == ["Twelve passengers were taken to hospital."]
    assert "instructions" in answer.warnings[0]


def test_an_example_that_leaks_into_a_sentence_is_found_out(compose):
    """The number of the example exists nowhere, so it is reported like any invented one."""
    answer = compose("The zorgon is blue, they said. [0.1]")
    assert answer.citations == ()
    assert answer.sentences[0].verdict.reasons[0] == "cites 0.1, which it was not shown"


def test_repeated_passages_are_quotes(compose, hits):
    """A model that repeats what it was shown has at least cited it rightly."""
    answer = compose(Shown.of(hits).text())
    for sentence in answer.sentences:
        if len(sentence.text.split()) > 6 and "|" not in sentence.text:
            assert sentence.verdict.status == "supported", sentence


def test_numbers_alone_are_quoted(compose):
    """A model that answers with nothing but a number gets the sentence quoted."""
    answer = compose("[1.2]")
    assert answer.sentences[0].text == HURT
    assert answer.sentences[0].citations == (1,)


def test_listed_sources_that_do_not_exist_are_reported(compose):
    """A list of sources is not shown, but what it invents is said."""
    answer = compose(f"{HURT} [1.2]\n\nSources:\n[1.2] The Harbour Post\n[7.7] Nobody's Gazette\n")
    assert len(answer.sentences) == 1
    assert "the model cited 7.7, which it was not shown" in answer.warnings


def test_no_answer_beside_an_answer(compose):
    """The words that mean an abstention are no sentence of an answer."""
    answer = compose(f"NO ANSWER. {HURT} [1.2] NO ANSWER")
    assert [s.text for s in answer.sentences] == [HURT]


def test_reasoning_that_only_ends_is_taken_back(hits):
    """Sentences that turn out to be reasoning are withdrawn, and numbering begins again."""
    composition = Composition(QUESTION, hits, Shown.of(hits))
    early = composition.feed(f"Let me see what is there. {HURT} [1.2] I think so. </think> ")
    late, answer = composition.finish()
    assert [type(event) for event in early] == [SentenceReady, SentenceReady, Withdrawn]
    assert early[-1].sentences == 2
    assert late == []
    assert answer.abstained
    assert answer.citations == ()


def test_reasoning_without_an_end(compose):
    """A reply that never gets beyond its reasoning is no answer, and the reader learns why."""
    answer = compose("<think>", f"{HURT} [1.2]")
    assert answer.abstained
    assert "in the middle of its reasoning" in answer.warnings[0]


def test_a_sentence_without_its_end_is_not_shown(compose):
    """Half a sentence may say the opposite of the whole one; it is kept in a note."""
    answer = compose(f"{HURT} [1.2] The judge found him not", cut=True)
    assert [s.text for s in answer.sentences] == [HURT]
    assert answer.warnings[0].endswith("left out here: “The judge found him not”")
    assert len(compose(f"{HURT} [1.2] Nobody died.", cut=True).sentences) == 2


def test_foreign_links_are_reported(compose):
    """A link that no source contains is removed, noted, and counts against its sentence."""
    answer = compose(f"{HURT[:-1]} at https://evil.example/?q=12. [1.2]")
    assert answer.sentences[0].text.endswith("at [link removed].")
    assert answer.sentences[0].verdict.reasons[0] == "had a link that no source contains"
    assert "removed from the reply: evil.example" in answer.warnings[0]


# promise 1


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(reply=REPLIES, cut=st.booleans())
def test_every_quote_is_the_text_at_its_offsets(compose, hits, reply, cut):
    """Promise 1: whatever a model writes, citations point at what they quote, and all exist."""
    answer = compose(*reply, cut=cut)
    texts = {hit.passage.article: hit.passage.text for hit in hits}
    for place, citation in enumerate(answer.citations, 1):
        assert citation.number == place
        assert texts[citation.article][citation.start : citation.end] == citation.quote
    used = [number for sentence in answer.sentences for number in sentence.citations]
    assert list(dict.fromkeys(used)) == [citation.number for citation in answer.citations]
    assert all(set(s.aligned) <= set(s.citations) for s in answer.sentences)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(reply=REPLIES)
@example(reply="It sank. NO ANSWER[9.9]")
def test_every_invented_number_is_reported(compose, hits, reply):
    """Promise 1: a number that does not exist is reported, never dropped and never cited."""
    shown = Shown.of(hits)
    reader = ReplyReader(shown)
    written = [*reader.feed(reply), *reader.finish()]
    marks = [mark for one in written if hasattr(one, "marks") for mark in one.marks]
    answer = compose(reply)
    if any(not hasattr(one, "marks") for one in written):
        return  # what was withdrawn is not reported on
    for mark in (*marks, *reader.loose, *reader.listed):
        exists = shown.range(mark.passage, mark.first, mark.last) if mark.first else None
        if exists is None and not (mark.first == 0 and shown.holds(mark.passage)):
            assert f"the model cited {mark}, which it was not shown" in answer.warnings
