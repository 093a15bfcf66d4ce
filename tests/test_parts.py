"""Questions that compare or chain are searched in parts and answered together."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from conftest import BAKERY, FERRY, INQUIRY
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant, Finished, ScriptedModel
from assistant.merge import merged, shares
from assistant.question.parts import split
from index.embed.fake import FakeEmbedder
from index.types import ArticleInfo, Hit, Passage

OUTLETS = {
    "usa today": "usatoday.com",
    "cnn": "cnn.com",
    "harbour post": "The Harbour Post",
    "lessing courier": "Lessing Courier",
}


def outlet(name):
    return OUTLETS.get(name.lower(), "")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "How do Trump and Zelenskyy differ on power plants?",
            ["How do Trump differ on power plants?", "How do Zelenskyy differ on power plants?"],
        ),
        (
            "Which happened first, the vote on the tram or the resignation of Ines Calloway?",
            ["the vote on the tram", "the resignation of Ines Calloway"],
        ),
        (
            "Who raised more money, Trump or Biden?",
            ["Who raised more money, Trump?", "Who raised more money, Biden?"],
        ),
        (
            "Is Germany's inflation higher than France's?",
            ["Is Germany's inflation?", "Is France's inflation?"],
        ),
        (
            "Who won the Lessing marathon and how much does the tram cost?",
            ["Who won the Lessing marathon?", "how much does the tram cost? (Lessing)"],
        ),
        (
            "Who won the Veldran election, and who did he beat?",
            ["Who won the Veldran election?", "who did he beat? (won the Veldran election)"],
        ),
        (
            "What did Okafor tell the council and which dam did she visit?",
            ["What did Okafor tell the council?", "which dam did Okafor visit?"],
        ),
        (
            "How much does the tram in Lessing cost and who pays for it?",
            ["How much does the tram in Lessing cost?", "who pays for the tram in Lessing?"],
        ),
        (
            "What is the difference between the coastguard's figure and the union's claim?",
            ["the coastguard's figure", "the union's claim"],
        ),
        (
            "Did the coastguard and the rescue workers report the same number?",
            ["the coastguard report the number", "the rescue workers report the number"],
        ),
        (
            "Who leads the company that bought Tindra Systems?",
            [
                "Who leads the company that bought Tindra Systems?",
                "company that bought Tindra Systems",
            ],
        ),
        (
            "Did the inquiry open before the passenger died?",
            ["the inquiry open", "the passenger died"],
        ),
    ],
)
def test_taken_apart(text, parts):
    """Each named thing gets a search of its own."""
    assert [part.asked for part in split(text, outlet)] == parts


@pytest.mark.parametrize(
    "text",
    [
        "Who is mayor of Lessing?",
        "When did Trump and Putin speak?",
        "What happened in Kyiv and Lviv last week?",
        "Which party did Boris Johnson lead before he resigned?",
        "Why and when did the mayor resign?",
        "How many people were hurt on the Anneke Roos?",
        "Who won more than 12,000 votes in Lessing?",
        "What is the name of the storm that has battered Britain this week?",
        "Jennifer Lopez and Ben Affleck married, years after their first engagement. Where?",
        "What did the first report of the Harbour Post say?",
    ],
)
def test_left_whole(text):
    """A simple question is searched for as it is."""
    assert split(text, outlet) == []


def test_first_and_finally():
    """The first and the last figure are looked for among the oldest and the newest articles."""
    for text in ("How many were hurt, first and finally?", "How has the cost of the tram changed?"):
        assert [part.order for part in split(text, outlet)] == ["oldest", "newest"]


def test_outlets_are_searched_one_by_one():
    """An article does not name its own outlet, so that the name becomes a filter."""
    parts = split("Did the Harbour Post and Lessing Courier report the same toll?", outlet)
    assert [part.source for part in parts] == ["The Harbour Post", "Lessing Courier"]
    assert [part.asked for part in parts] == [
        "Did the Harbour Post report the toll?",
        "Did the Lessing Courier report the toll?",
    ]
    assert "Courier" not in parts[1].text


def test_outlets_known_by_their_addresses():
    """An outlet may stand in the library as its host."""
    parts = split("Did CNN and USA Today report the same number of deaths?", outlet)
    assert [part.source for part in parts] == ["cnn.com", "usatoday.com"]


@given(st.text(max_size=80))
def test_any_text(text):
    """No text is too odd, and nothing falls into one part or into too many."""
    assert len(split(text, outlet)) in {0, 2, 3, 4}


# merging


def hit(n: int, score: float = 1.0) -> Hit:
    return Hit(Passage(ArticleInfo(url=f"https://x.example/{n}"), 0, 0, 1, "x"), score)


@given(
    st.lists(st.lists(st.integers(0, 9), unique=True, max_size=8), max_size=4), st.integers(1, 9)
)
def test_merged(rows, k):
    """Every search has its best hit in, as long as there is room, and nothing stands twice."""
    found = [[hit(n) for n in row] for row in rows]
    hits = merged(found, k)
    places = [h.passage.id for h in hits]
    assert len(places) == len(set(places)) == min(k, len({n for row in rows for n in row}))
    for row in found[:k]:
        assert not row or row[0].passage.id in places
    for row, share in zip(found, shares(found, hits), strict=True):
        assert all(h in row and h.passage.id in places for h in share)


# answers


COMPARISON = "Did the Harbour Post and Lessing Courier report the same number of hurt passengers?"
SIMPLE = "How many people were hurt on the Maribel?"


@pytest.fixture
def opened(library):
    """Opens assistants on the sample library, with a script for their model."""
    assistants = []

    def open_(*script):
        model = ScriptedModel(list(script)) if script else None
        assistants.append(Assistant.open(library.folder, model=model, embedder=FakeEmbedder()))
        return assistants[-1], model

    yield open_
    for each in assistants:
        each.close()


def test_a_simple_question_takes_one_call(opened):
    """No surprise cost: the model is asked once, and the answer says so."""
    assistant, model = opened("Nobody died.")
    answer = assistant.ask(SIMPLE)
    assert len(model.calls) == answer.usage.calls == 1
    assert answer.question.parts == ()


def test_a_comparison_is_planned_once(opened):
    """One call more, its searches are used, and the model sees what all of them found."""
    assistant, model = opened("Who chairs the inquiry?\nWho gave the loaf away?", "Nobody died.")
    answer = assistant.ask(COMPARISON)
    assert len(model.calls) == answer.usage.calls == 2
    assert [p.text for p in answer.question.parts] == [
        "Who chairs the inquiry?",
        "Who gave the loaf away?",
    ]
    assert COMPARISON in model.calls[0][-1].content
    assert "The baker gave it away." in model.calls[1][-1].content
    assert "Omar Reith" in model.calls[1][-1].content


def test_a_plan_that_is_none_is_not_followed(opened):
    """A model that explains itself instead of planning does not spoil the search."""
    assistant, _ = opened("I would first look at the Harbour Post.", "Nobody died.")
    answer = assistant.ask(COMPARISON)
    assert [p.filters.sources for p in answer.question.parts] == [
        ("The Harbour Post",),
        ("Lessing Courier",),
    ]


def test_a_follow_up_that_compares_takes_three_calls(opened):
    """Completing, planning, answering: each at most once."""
    assistant, model = opened("Nobody died.", COMPARISON, "ONE", "Nobody died.")
    chat = assistant.chat()
    chat.ask(SIMPLE)
    answer = chat.ask("And did the two papers report the same?")
    assert len(model.calls) == 4
    assert answer.usage.calls == 3


def test_awaiting_takes_the_same_calls(opened):
    """The awaited forms plan as the others do, without holding up the event loop."""
    assistant, model = opened("a loaf\nan inquiry", "Nobody died.", "Nobody died.")

    async def ask():
        ticks = []

        async def tick():
            while True:
                ticks.append(1)
                await asyncio.sleep(0)

        ticking = asyncio.ensure_future(tick())
        events = [event async for event in assistant.astream(COMPARISON)]
        answer = await assistant.aask(SIMPLE)
        ticking.cancel()
        return events, answer, len(ticks)

    events, answer, ticks = asyncio.run(ask())
    assert isinstance(events[-1], Finished)
    assert (events[-1].answer.usage.calls, answer.usage.calls) == (2, 1)
    assert ticks > 10
    assert model.left == 0


def test_without_a_model_each_part_is_quoted(opened):
    """The quotes cover both outlets, with their dates."""
    assistant, _ = opened()
    answer = assistant.ask("Did the Harbour Post and Lessing Courier both report the Maribel?")
    articles = {citation.article.url for citation in answer.citations}
    assert articles == {FERRY, INQUIRY}
    assert all(citation.article.date for citation in answer.citations)
    for sentence in answer.sentences:
        for number in sentence.citations:
            cited = answer.citations[number - 1]
            assert cited.number == number
            assert " ".join(cited.quote.split()) == sentence.text


def test_a_part_that_nothing_answers_is_named(opened):
    """Half an answer says which half is missing."""
    assistant, _ = opened()
    answer = assistant.ask(
        "Who chairs the inquiry into the grounding of the Maribel"
        " and which planet did astronomers photograph in Kyoto?"
    )
    assert not answer.abstained
    assert [w for w in answer.warnings if "planet" in w and w.startswith("nothing answers")]


def test_each_thing_has_a_passage(opened):
    """However few passages are wanted, each thing that is named has its share of them."""
    assistant, _ = opened()
    answer = assistant.ask("Which came first, the millionth loaf or the Maribel inquiry?", k=2)
    found = {c.article.url for c in answer.citations} or {
        h.passage.article.url for h in answer.closest
    }
    assert BAKERY in found
    assert INQUIRY in found


def test_nothing_later_than_the_as_of_day_in_any_part(opened):
    """Promise 4 holds for every part."""
    assistant, _ = opened()
    answer = assistant.ask(COMPARISON, as_of="2025-03-31")
    assert all(p.filters.until == dt.date(2025, 3, 31) for p in answer.question.parts)
    assert {c.article.url for c in answer.citations} <= {FERRY}
