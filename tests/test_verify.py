"""Answers checked again: untouched, tampered with, and after the library has moved on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from conftest import BAKERY, FERRY, INQUIRY
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant import Assistant, ScriptedModel
from assistant.compose import Composition
from assistant.models import Model
from assistant.shown import Shown
from assistant.types import Answer, AnswerSentence, Citation, Question, Verdict
from assistant.verify import verify_answer
from index.types import Filters, Hit, Passage

QUESTION = "How many people were hurt on the Maribel?"
SUPPORTED = Verdict("supported")


@pytest.fixture
def ask(library):
    """Asks a model that says what is given; {words} become the number of the sentence there."""

    def says(model):
        return Assistant(library, Model("scripted", lambda: model)).ask(QUESTION)

    def asked(reply):
        probe = ScriptedModel(["NO ANSWER"])
        says(probe)
        lines = probe.calls[-1][-1].content.splitlines()
        for words in ("Twelve passengers", "Its chair", "The operator"):
            number = next(line[1 : line.index("]")] for line in lines if f"] {words}" in line)
            reply = reply.replace("{" + words + "}", number)
        return says(ScriptedModel([reply]))

    return asked


@pytest.fixture
def written(ask):
    """An answer by a model, of two sentences that each cite one article."""
    return ask(
        "The coastguard said 12 passengers went to hospital [{Twelve passengers}]. "
        "Judge Omar Reith said that 14 people had been hurt [{Its chair}]."
    )


@pytest.fixture
def quoted(library):
    """An answer without a model."""
    return Assistant(library).ask("How many passengers were taken to hospital?")


def with_citation(answer, number, **fields):
    """The answer with one of its citations replaced."""
    citations = tuple(
        replace(citation, **fields) if citation.number == number else citation
        for citation in answer.citations
    )
    return replace(answer, citations=citations)


def with_article(answer, number, **fields):
    """The answer with what one citation says of its article replaced."""
    return with_citation(
        answer, number, article=replace(answer.citations[number - 1].article, **fields)
    )


def with_sentence(answer, place, **fields):
    """The answer with one sentence replaced, in its text too."""
    old = answer.sentences[place]
    new = replace(old, **fields)
    sentences = (*answer.sentences[:place], new, *answer.sentences[place + 1 :])
    return replace(answer, sentences=sentences, text=answer.text.replace(old.text, new.text))


def kinds(verification):
    return [finding.kind for finding in verification.findings]


# untouched


def test_an_untouched_answer_holds(written, library):
    """What was just answered is verified, and the verification keeps the answer."""
    found = Assistant(library).verify(written)
    assert found.verified
    assert found.findings == ()
    assert found.answer is written


def test_an_untouched_answer_of_quotes_holds(quoted, library):
    """An answer without a model is verified too."""
    assert quoted.mode == "extractive"
    assert quoted.sentences
    assert verify_answer(quoted, library).findings == ()


def test_an_abstention_holds(ask, library):
    """That the articles do not answer can be saved and checked like anything else."""
    answer = ask("NO ANSWER")
    assert answer.abstained
    assert verify_answer(answer, library).findings == ()


def test_poor_verdicts_that_were_saved_as_such_hold(ask, library):
    """The record is verified, not the answer: one that says it is wrong is a true record."""
    answer = ask(
        "Thirty passengers were taken to hospital [{Twelve passengers}]. "
        "The operator paid $1.5 million for repairs [{The operator}, 88.1]. Experts agree. "
        "So it was [77.1]."
    )
    assert [s.verdict.status for s in answer.sentences] == [
        *("partial", "partial", "unsupported", "unsupported")
    ]
    assert verify_answer(answer, library).findings == ()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(pieces=["1", "2. ", "1"])
@given(pieces=st.lists(st.sampled_from([*"aB1.-\n *“”", " [1.1]", "[1.2]", " Then. ", "2. "])))
def test_whatever_a_model_writes_holds(pieces, library, articles):
    """Lists, stray marks and numbers that do not exist are no sign of tampering."""
    article = articles[0]
    passage = Passage(article.info, 0, 0, len(article.text), article.text)
    question = Question(QUESTION, QUESTION, dt.date(2025, 5, 1))
    composition = Composition(question, (Hit(passage, 1.0),), Shown((passage,)))
    composition.feed("".join(pieces))
    _, answer = composition.finish()
    assert verify_answer(answer, library).findings == ()


# tampered with


@pytest.mark.parametrize(
    ("fields", "kind", "message"),
    [
        (
            {"quote": "Thirty passengers were taken to hospital, the coastguard said."},
            "altered",
            "the quote is not what version 1 says there: [-Thirty-] {+Twelve+} passengers were",
        ),
        ({"start": 0}, "altered", "the quote is not what version 1 says there"),
        ({"start": -3}, "altered", "no range -3 to"),
        ({"end": 10**30}, "altered", "version 1 has 180 characters and no range"),
        ({"quote": "", "end": 59, "start": 59}, "altered", "no range 59 to 59"),
    ],
)
def test_a_quote_that_was_never_there(written, library, fields, kind, message):
    """Other words, or other offsets, are caught; the other citation is not touched."""
    found = verify_answer(with_citation(written, 1, **fields), library)
    assert not found.verified
    first = found.findings[0]
    assert (first.kind, first.failed, first.sentence) == (kind, True, written.sentences[0])
    assert message in first.message
    assert all(f.sentence is written.sentences[0] for f in found.findings)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(-5, 200), end=st.integers(-5, 200))
def test_only_true_offsets_pass(start, end, articles, library):
    """A quote is verbatim at its offsets, or it fails; for every pair of offsets."""
    info, text = articles[0].info, articles[0].text
    quote = "Twelve passengers were taken to hospital, the coastguard said."
    answer = Answer(
        Question(QUESTION, QUESTION, dt.date(2025, 5, 1)),
        "extractive",
        f"{quote} [1]",
        abstained=False,
        sentences=(AnswerSentence(quote, (1,), SUPPORTED),),
        citations=(Citation(1, info, start, end, quote),),
    )
    place = text.index(quote)
    truly = (start, end) == (place, place + len(quote))
    assert verify_answer(answer, library).verified == truly
    found = verify_answer(with_citation(answer, 1, start=place, end=place + len(quote)), library)
    assert found.verified


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"date": dt.date(2025, 3, 6)}, "date is 2025-03-05, not 2025-03-06"),
        ({"date": None}, "date is 2025-03-05, not none"),
        ({"source": "The Tribune"}, "outlet is The Harbour Post, not The Tribune"),
        ({"title": "Ferry sinks"}, "title is Ferry runs aground off Corran Point, not Ferry sinks"),
        ({"authors": ()}, "authors is Nell Gray, not empty"),
        ({"opening": "It sank."}, "not It sank."),
    ],
)
def test_an_article_that_is_misdescribed(written, library, fields, message):
    """A true quote under a wrong name or date is as bad as a wrong quote."""
    found = verify_answer(with_article(written, 1, **fields), library)
    assert not found.verified
    assert kinds(found) == ["misdescribed"]
    assert message in found.findings[0].message


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "https://nowhere.example"},
        {"url": INQUIRY + "/"},
        {"version": 2},
        {"version": 0},
        {"version": 10**30},
    ],
)
def test_an_article_that_is_not_there(written, library, fields):
    """What the library does not hold cannot be vouched for, and supports nothing."""
    found = verify_answer(with_article(written, 1, **fields), library)
    assert kinds(found) == ["unknown", "verdict"]
    assert f"no version {fields.get('version', 1)} of the article" in found.findings[0].message
    assert found.findings[1].message == "supported when saved, unsupported (cites no source) now"


def test_a_verdict_that_claims_too_much(ask, library):
    """Whoever marks a wrong sentence as supported is found out, with the reason."""
    answer = ask("Thirty passengers were taken to hospital [{Twelve passengers}].")
    found = verify_answer(with_sentence(answer, 0, verdict=SUPPORTED), library)
    assert not found.verified
    (finding,) = found.findings
    assert finding.kind == "verdict"
    assert finding.message.startswith("supported when saved, partial (")
    assert "30" in finding.message or "Thirty" in finding.message


def test_a_verdict_that_claims_too_little(written, library):
    """A verdict that was better than said is only remarked."""
    modest = with_sentence(written, 0, verdict=Verdict("partial", ("who knows",)))
    found = verify_answer(modest, library)
    assert found.verified
    (finding,) = found.findings
    assert finding.message == "partial (who knows) when saved, supported now"


def test_a_changed_sentence(written, library):
    """Another figure in a sentence and in the text does not pass under the old verdict."""
    found = verify_answer(
        with_sentence(written, 1, text="Judge Omar Reith said that 40 people had been hurt."),
        library,
    )
    assert not found.verified
    assert kinds(found) == ["verdict"]


def test_a_quote_that_is_none(quoted, library):
    """Without a model, a sentence that differs from its source is not a quote."""
    text = quoted.sentences[0].text.replace("Twelve", "Thirty")
    found = verify_answer(with_sentence(quoted, 0, text=text), library)
    assert not found.verified
    assert "is not the sentence that it cites" in found.findings[0].message


def test_a_number_that_stands_for_nothing(written, library):
    """A number without a citation behind it is named and is no support."""
    found = verify_answer(replace(written, citations=written.citations[1:]), library)
    assert not found.verified
    assert kinds(found) == ["unlisted", "verdict"]
    assert found.findings[0].message == "cites [1], which the answer does not list"


def test_a_citation_that_nothing_cites(written, library):
    """A source that was slipped into the list is checked too."""
    forged = replace(written.citations[0], number=3, quote="It sank.")
    found = verify_answer(replace(written, citations=(*written.citations, forged)), library)
    (finding,) = found.findings
    assert (finding.kind, finding.sentence, finding.citation) == ("altered", None, forged)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text + " It sank.", "the text has “It sank.”, which is none"),
        (lambda text: "It sank. " + text, "the text has “It sank.”, which is none"),
        (lambda text: text.replace("[2]", "[1]"), "the text lacks “Judge"),
        (lambda text: text.replace("12", "20"), "the text lacks “The coastguard"),
        (lambda text: "", "the text lacks"),
    ],
)
def test_a_text_that_is_not_its_sentences(written, library, change, message):
    """Nothing can be slipped into the text beside the sentences that were checked."""
    found = verify_answer(replace(written, text=change(written.text)), library)
    assert not found.verified
    assert kinds(found) == ["text"]
    assert message in found.findings[0].message


def test_an_abstention_that_says_something(ask, library):
    """An answer cannot hide under the mark of none, nor an abstention lose its mark."""
    none = ask("NO ANSWER")
    assert kinds(verify_answer(replace(none, text="Nobody was hurt."), library)) == ["text"]
    assert kinds(verify_answer(replace(none, text="", abstained=False), library)) == ["text"]


# after the library has moved on


def change(library, articles, old, new):
    text = articles[0].text
    assert old in text
    library.add(replace(articles[0], text=text.replace(old, new)))


def test_a_new_version_that_still_says_so(written, library, articles):
    """A correction elsewhere in the article is only remarked."""
    change(library, articles, "The ferry", "Corrected on Friday.\n\nThe ferry")
    found = verify_answer(written, library)
    assert found.verified
    (finding,) = found.findings
    assert (finding.kind, finding.failed, finding.citation.number) == ("changed", False, 1)
    assert finding.message.endswith("has the quoted words at another place")


def test_a_new_version_that_no_longer_says_so(written, library, articles):
    """When the outlet has corrected the very sentence, the answer fails; its verdict was right."""
    change(library, articles, "Twelve", "Fourteen")
    found = verify_answer(written, library)
    assert not found.verified
    assert kinds(found) == ["gone"]
    assert "[-Twelve-] {+Fourteen+}" in found.findings[0].message


def test_a_removed_article(written, library):
    """What was taken out of the library is no longer vouched for, though its text is kept."""
    library.remove(INQUIRY)
    found = verify_answer(written, library)
    assert not found.verified
    assert kinds(found) == ["removed"]
    library.remove(FERRY)
    assert kinds(verify_answer(written, library)) == ["removed", "removed"]


def test_an_article_that_came_back(written, library, articles):
    """A removal that was taken back leaves no trace."""
    library.remove(FERRY)
    library.add(articles[0])
    assert verify_answer(written, library).findings == ()


def test_a_text_that_was_changed_back(written, library, articles):
    """A version that says the same again has a number of its own, and the quote stands."""
    change(library, articles, "Twelve", "Fourteen")
    library.add(articles[0])
    found = verify_answer(written, library)
    assert found.verified
    assert "version 3 is current and still has the quoted words" in found.findings[0].message


@pytest.mark.parametrize(
    "filters",
    [
        Filters(until=dt.date(2025, 3, 31)),
        Filters(since=dt.date(2025, 4, 1)),
        Filters(sources=("lessing courier",)),
        Filters(sources=("Another Post",)),
    ],
)
def test_a_source_outside_of_the_question(written, library, filters):
    """What was published after the as-of day, or elsewhere, cannot be what the answer cites."""
    question = replace(written.question, filters=filters)
    checked = verify_answer(replace(written, question=question), library)
    outside = {f.citation.article.url for f in checked.findings if f.kind == "outside"}
    inside = {
        FERRY: filters.sources == () and filters.until is not None,
        INQUIRY: filters.since is not None or "lessing courier" in filters.sources,
    }
    assert outside == {url for url, passes in inside.items() if not passes}
    assert not checked.verified
    parts = (replace(question, filters=Filters()),)
    wide = replace(written, question=replace(question, parts=parts))
    assert "outside" not in kinds(verify_answer(wide, library))


def test_a_copy_that_is_none(written, library):
    """Who else is said to carry a report has to carry it."""
    bakery = library.article(BAKERY).info
    wrong = replace(bakery, source="Reuters")
    unknown = replace(bakery, url="https://reuters.example/1")
    for copies, failed in (((bakery,), [False]), ((wrong,), [True]), ((unknown,), [True])):
        checked = verify_answer(with_citation(written, 1, copies=copies), library)
        assert [f.failed for f in checked.findings if f.kind == "copy"] == failed


def test_two_citations_of_one_number(written, library):
    """A reader who looks for [1] must not find two."""
    doubled = replace(written, citations=(*written.citations, written.citations[0]))
    (finding,) = [f for f in verify_answer(doubled, library).findings if f.kind == "unlisted"]
    assert finding.message == "the answer lists [1] twice"
    assert finding.failed


def test_a_citation_of_two_sentences_is_told_for_both(written, library):
    """Every sentence that rests on a bad citation is named."""
    both = with_sentence(written, 1, citations=(1,))
    both = replace(both, text=both.text.replace("[2]", "[1]"), citations=written.citations[:1])
    library.remove(FERRY)
    removed = [f for f in verify_answer(both, library).findings if f.kind == "removed"]
    assert [f.sentence for f in removed] == list(both.sentences)
