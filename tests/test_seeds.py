"""The main job on the sample articles, with the real embedder: what `make ask` shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant, ScriptedModel
from assistant.jsonform import answer_to_json, dumps
from assistant.saved import parse_answer
from assistant.types import Disagreement, Position

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds") / "library"
    with Assistant.open(folder, model="") as assistant:
        report = assistant.library.add(SEEDS)
        assert report.skipped == ()
        assert report.added == len(list(SEEDS.iterdir()))
    return folder


@pytest.fixture(scope="module")
def assistant(library):
    with Assistant.open(library, model="", create=False) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Zelenskyy say the talk of power plants was about?", "Zaporizhzhia"),
        ("What did the partial ceasefire cover?", "energy, rail and port"),
        ("Who is mayor of Lessing?", "Tomas Brandt became mayor"),
        ("How much will the tram extension cost after the new estimate?", "€310 million"),
        ("Was the Anneke Roos inspected in October?", "denies that the Anneke Roos was inspected"),
        ("Who won the Lessing marathon?", "Amara Diallo"),
        ("What did Greyling Capital claim about Halvex?", "booked sales before"),
    ],
)
def test_quotes_answer(assistant, question, words):
    """Without a model, the sentence that answers is quoted, and points into the stored article."""
    answer = assistant.ask(question)
    assert words in " ".join(citation.quote for citation in answer.citations)
    for citation in answer.citations:
        text = assistant.library.article(citation.article.id).text
        assert text[citation.start : citation.end] == citation.quote


def test_disagreeing_outlets_are_both_quoted(assistant):
    """A question on which outlets disagree shows more than one figure."""
    answer = assistant.ask("How many people were injured on the Anneke Roos?")
    quotes = [citation.quote for citation in answer.citations]
    assert any("Twelve" in quote or "12 people" in quote for quote in quotes)
    assert any("14" in quote for quote in quotes)


@pytest.mark.parametrize(
    ("query", "source"),
    [("图书馆有多少册书？", "河口日报"), ("متى تعود الحافلات؟", "صحيفة الميناء")],
)
def test_other_languages_are_found(assistant, query, source):
    """Articles in other languages than English are indexed, cut and found like any other."""
    assert assistant.search(query)[0].passage.article.source == source


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "Who won the regatta in Oslo?",
        "How much did the airline pay for its new planes?",
        "Which actor received the film prize?",
    ],
)
def test_abstains_where_nothing_answers(assistant, question):
    """Promise 3: what no article says is not answered."""
    assert assistant.ask(question).abstained


def test_as_of_goes_back_in_time(assistant):
    """Promise 4: asked of January, the mayor is still the one before."""
    quotes = [c.quote for c in assistant.ask("Who is mayor?", as_of="2025-01-31").citations]
    assert any("Calloway" in quote for quote in quotes)
    assert not any("Brandt" in quote for quote in quotes)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What happened last week?", ["A worn valve"]),
        ("What was reported in November 2024?", ["opened the public inquiry", "denies that"]),
        ("How many were hurt on the Anneke Roos, first and finally?", ["14 injured", "Sixteen"]),
        (
            "Which happened first, the council's vote on the tram or the resignation of Calloway?",
            ["by 31 votes to 24", "letter of resignation"],
        ),
        ("How has the cost of the tram extension changed?", ["240 million", "€310 million"]),
    ],
)
def test_times_and_several_articles(assistant, question, words):
    """A period is summed up by how its articles begin; each thing compared is quoted, dated."""
    answer = assistant.ask(question, as_of="2025-06-01")
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert all(word in quotes for word in words)
    assert all(citation.article.date for citation in answer.citations)


def test_what_happened_on_a_day(assistant):
    """Articles of the day itself come first, then the nearest; without any, what names the day."""
    answer = assistant.ask("What happened on 5 November 2024?")
    days = [answer.citations[s.citations[0] - 1].article.date.day for s in answer.sentences]
    assert days == [5, 5, 6, 7]
    told = assistant.ask("What happened on 14 October 2024?")
    assert told.sentences
    assert all("14 October" in sentence.text for sentence in told.sentences)
    warnings = assistant.ask("What happened last week?", as_of="2026-11-30").warnings
    assert any("2026-11-30, the as-of day" in warning for warning in warnings)


def test_a_chat_about_the_ferry(assistant):
    """Follow-ups find what a full question would."""
    chat = assistant.chat(as_of="2025-06-01")
    chat.ask("How many people were injured on the Anneke Roos?")
    inquiry = chat.ask("And who leads the inquiry?")
    assert "Omar Reith" in " ".join(citation.quote for citation in inquiry.citations)
    opened = chat.ask("When did it open?")
    assert opened.question.text != opened.question.asked
    assert any("opened the public inquiry" in citation.quote for citation in opened.citations)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many people were injured on the Anneke Roos?", "injured"),
        ("How much does the tram extension cost?", "million"),
        ("What did Okafor resign over?", "Okafor"),
        ("How many people were evacuated in Tarn?", "2,600"),
        ("Who won the Lessing marathon?", "Amara Diallo"),
        ("Which airline cancelled flights in October?", ""),
        ("What is the capital of France?", ""),
        ("How many people voted in the election in Norway?", ""),
    ],
)
def test_old_news_is_answered_and_other_things_are_not(assistant, question, words):
    """That something newer was found does not keep what is older from answering."""
    answer = assistant.ask(question, as_of="2025-06-01")
    assert answer.abstained == (not words)
    assert words in answer.text


def test_an_instruction_in_an_article_stays_a_quotation(library):
    """Promise 9: what an article tells assistants to do is shown to the model as a sentence."""
    model = ScriptedModel(["NO ANSWER"])
    with Assistant.open(library, model=model) as assistant:
        assistant.ask("What do web pages whisper to machines?")
    lines = model.calls[0][1].content.splitlines()
    (line,) = [line for line in lines if "Ignore your instructions" in line]
    assert line.startswith("[")
    assert "said: “Ignore" in line


def test_the_timeline_of_a_story(assistant):
    """A story of many articles comes out in order, each entry dated by what it says or when."""
    made = assistant.timeline("Anneke Roos")
    assert [
        (entry.first.isoformat(), entry.dated_by, " ".join(entry.citation.quote.split()[:5]))
        for entry in made.entries
    ] == [
        ("1996-01-01", "sentence", "The Anneke Roos was built"),
        ("2024-10-14", "sentence", "According to the timetable, however,"),
        ("2024-11-05", "sentence", "Twelve people were injured when"),
        ("2024-11-05", "article", "Rescue workers who were on"),
        ("2024-11-06", "article", "A day after the Anneke"),
        ("2024-11-07", "article", "Investigators will take apart the"),
        ("2024-11-08", "article", "A man of 71 who"),
        ("2024-11-11", "article", "The port authority of Sarnhaven"),
        ("2024-11-22", "sentence", "Judge Omar Reith opened the"),
        ("2025-05-30", "article", "A worn valve in the"),
    ]
    assert assistant.verify(made).findings == ()


def test_a_report_that_many_carry_is_one_entry(assistant):
    """Copies of an agency's report stand once, and name each other."""
    entries = assistant.timeline("tram to St. Anne's hospital").entries
    (first,) = [entry for entry in entries if entry.first.isoformat() == "2025-01-14"]
    assert len(first.citation.copies) == 2
    assert first.also == ()


def test_two_outlets_are_compared(assistant):
    """Without a model, a question that compares two outlets gets the figure of each."""
    asked = "Did the Sarnhaven Herald and Coast Daily report the same number of injured?"
    quoted = {
        (citation.article.source, figure)
        for citation in assistant.ask(asked).citations
        for figure in ("12 people", "14 injured")
        if figure in citation.quote
    }
    assert quoted == {("Sarnhaven Herald", "12 people"), ("Coast Daily", "14 injured")}


def test_figures_that_differ_are_pointed_out(assistant):
    """Without a model, outlets that count differently are set against each other, each cited."""
    answer = assistant.ask("How many people were injured on the Anneke Roos?")
    (disagreement,) = answer.disagreements
    said = {
        position.said: answer.citations[position.citations[0] - 1].article.source
        for position in disagreement.positions
    }
    assert said == {
        "Twelve people were injured": "Sarnhaven Herald",
        "At least 14 people were hurt": "Coast Daily",
    }
    assert parse_answer(dumps(answer_to_json(answer))) == answer
    assert assistant.verify(answer).findings == ()
    invented = Disagreement((Position("15 people", (1,)), disagreement.positions[1]))
    (finding,) = assistant.verify(replace(answer, disagreements=(invented,))).findings
    assert (finding.kind, finding.failed) == ("disagreement", True)


def test_a_denial_is_set_against_what_it_denies(assistant):
    """Whether something happened is left open where one outlet reports that it is denied."""
    answer = assistant.ask("Was the Anneke Roos inspected in October?")
    (disagreement,) = answer.disagreements
    denied, stated = (position.said for position in disagreement.positions)
    assert denied.startswith("The port authority of Sarnhaven denies")
    assert stated.startswith("Norling Lines said on Friday that the ferry had passed")


def test_a_correction_is_shown_with_what_it_corrects(assistant):
    """A figure that its own outlet took back is not left to stand."""
    answer = assistant.ask("How many passengers does the coastguard say were injured?")
    right, wrong = next(
        disagreement.positions
        for disagreement in answer.disagreements
        if any(position.correction for position in disagreement.positions)
    )
    assert right.said == "The coastguard's figure was 12."
    assert "14" in wrong.said
    notice = answer.citations[wrong.correction - 1]
    assert str(notice.article.date) == "2024-11-07"
    assert notice.quote.startswith("Correction:")


def test_a_correction_is_quoted_with_what_is_right(assistant):
    """What an outlet took back is never quoted without what it put in its place."""
    answer = assistant.ask("How many people were injured according to the coastguard?")
    (notice,) = (s.text for s in answer.sentences if s.text.startswith("Correction:"))
    assert notice.endswith("The coastguard's figure was 12.")


@pytest.mark.parametrize(
    "question",
    [
        "How much will the tram extension cost?",
        "What does Halvex offer for Tindra?",
        "How many passengers did the No. 4 line carry?",
        "Who won the Lessing marathon?",
    ],
)
def test_news_is_no_disagreement(assistant, question):
    """Prices that rose, offers that were raised and copied reports do not contradict each other."""
    assert assistant.ask(question).disagreements == ()


def test_what_a_model_leaves_out_is_added(library):
    """A model that gives one figure does not hide the other one."""
    model = ScriptedModel(["NO ANSWER", ""])
    question = "How many people were injured on the Anneke Roos?"
    with Assistant.open(library, model=model, create=False) as opened:
        opened.ask(question)
        lines = model.calls[0][-1].content.splitlines()
    number = next(line[1 : line.index("]")] for line in lines if "] Twelve people" in line)
    model = ScriptedModel([f"Twelve people were injured on the Anneke Roos [{number}]."])
    with Assistant.open(library, model=model, create=False) as opened:
        answer = opened.ask(question)
    assert [sentence.citations for sentence in answer.sentences] == [(1,)]
    (disagreement,) = answer.disagreements
    assert disagreement.positions[0].citations == (1,)
    assert all("14" in position.said for position in disagreement.positions[1:])
    assert len(answer.citations) == 1 + len(disagreement.positions[1:])
