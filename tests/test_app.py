"""The assistant from Python: ask, stream, search and chat, with a model and without."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from conftest import BAKERY, FERRY, INQUIRY, make_article

from assistant import (
    Assistant,
    Retrieved,
    ScriptedModel,
    Sent,
    SentenceReady,
    Writing,
    load_answer,
    save_answer,
)
from assistant.chat import Chat
from assistant.jsonform import answer_to_json, dumps
from assistant.saved import parse_answer
from index.embed.fake import FakeEmbedder
from index.errors import EmptyLibrary, NoLibrary, NotConfigured, ReplyCutOff, UsageError
from index.library import Library


@pytest.fixture
def opened(library):
    """Opens assistants on the sample library, with a script for their model."""
    assistants = []

    def open_(*script, **options):
        model = ScriptedModel(list(script)) if script else None
        assistant = Assistant.open(library.folder, model=model, embedder=FakeEmbedder(), **options)
        assistants.append(assistant)
        return (assistant, model) if script else assistant

    yield open_
    for assistant in assistants:
        assistant.close()


def cited_texts(assistant, answer):
    """Promise 1, checked: every quote is the stored text at its offsets."""
    for citation in answer.citations:
        article = assistant.library.article(citation.article.id, citation.article.version)
        assert article.text[citation.start : citation.end] == citation.quote
    return [citation.quote for citation in answer.citations]


def numbered(model, words: str) -> str:
    """The number under which the model was shown a sentence that begins with these words."""
    prompt = model.calls[-1][-1].content if model.calls else ""
    return next(line[1 : line.index("]")] for line in prompt.splitlines() if f"] {words}" in line)


def shown_number(opened, question, words):
    """What a sentence's number will be, found by asking once."""
    assistant, model = opened("NO ANSWER")
    assistant.ask(question)
    return numbered(model, words)


QUESTION = "How many people were hurt on the Maribel?"


def test_model_answer_points_at_the_source(opened):
    """A cited sentence number becomes an exact range of the stored article."""
    number = shown_number(opened, QUESTION, "Twelve passengers")
    assistant, _ = opened(f"The coastguard said 12 passengers went to hospital [{number}].")
    answer = assistant.ask(QUESTION)
    assert answer.mode == "model"
    assert cited_texts(assistant, answer) == [
        "Twelve passengers were taken to hospital, the coastguard said."
    ]
    assert answer.citations[0].article.url == FERRY
    assert answer.sentences[0].citations == (1,)
    assert answer.sentences[0].verdict.status == "supported"
    assert answer.text == "The coastguard said 12 passengers went to hospital. [1]"
    assert answer.prompt.name == "answer"


def test_wrong_number_in_a_sentence_is_marked(opened):
    """A figure that the cited sentence does not hold is never shown as supported."""
    number = shown_number(opened, QUESTION, "Twelve passengers")
    assistant, _ = opened(f"Thirty passengers were taken to hospital [{number}].")
    (sentence,) = assistant.ask(QUESTION).sentences
    assert sentence.verdict.status != "supported"
    assert any(
        "12" in r or "twelve" in r.lower() or "30" in r or "thirty" in r.lower()
        for r in sentence.verdict.reasons
    )


def test_unknown_number_is_reported_and_not_cited(opened):
    """Promise 1: an invented number is neither dropped in silence nor shown as a citation."""
    assistant, _ = opened("The Maribel sank [99.7].")
    answer = assistant.ask(QUESTION)
    assert answer.citations == ()
    assert answer.sentences[0].verdict.status == "unsupported"
    assert "99.7" in answer.sentences[0].verdict.reasons[0]
    assert any("99.7" in warning for warning in answer.warnings)


def test_sentence_without_citation_is_unsupported(opened):
    """What a model says from memory is marked."""
    assistant, _ = opened("Lessing is a town of forty thousand.")
    assert assistant.ask(QUESTION).sentences[0].verdict.status == "unsupported"


@pytest.mark.parametrize(
    "reply",
    ["NO ANSWER", "No answer.", "The passages do not say anything about that.", "**NO ANSWER**"],
)
def test_abstains_when_the_model_finds_no_answer(opened, reply):
    """Promise 3: it says that it does not know, and shows what came closest."""
    assistant, _ = opened(reply)
    answer = assistant.ask("Who won the regatta?")
    assert answer.abstained
    assert answer.sentences == ()
    assert answer.closest
    assert answer.text == "The articles do not answer this."


def test_a_caveat_beside_an_answer_is_no_abstention(opened):
    """A reply that answers in part is not thrown away for saying what is missing."""
    number = shown_number(opened, QUESTION, "Twelve passengers")
    assistant, _ = opened(
        "The passages do not name them. "
        f"Twelve passengers went to hospital, the coastguard said [{number}]."
    )
    answer = assistant.ask(QUESTION)
    assert not answer.abstained
    assert [s.verdict.status for s in answer.sentences] == ["unsupported", "supported"]


def test_whole_passage_cited_becomes_its_best_sentence(opened):
    """A model that cites only a passage still leads to one sentence."""
    number = shown_number(opened, QUESTION, "Twelve passengers").split(".")[0]
    assistant, _ = opened(f"Twelve passengers were taken to hospital [{number}].")
    answer = assistant.ask(QUESTION)
    assert cited_texts(assistant, answer)[0].startswith("Twelve passengers")


def test_citations_are_numbered_in_order_and_once(opened):
    """Readers see 1, 2, 3, and the same source keeps its number."""
    first = shown_number(opened, QUESTION, "Its chair")
    second = shown_number(opened, QUESTION, "Twelve passengers")
    assistant, _ = opened(
        f"Judge Omar Reith said that 14 people had been hurt [{first}]. "
        f"Twelve passengers were taken to hospital [{second}, {first}]."
    )
    answer = assistant.ask(QUESTION)
    assert [s.citations for s in answer.sentences] == [(1,), (2, 1)]
    assert [c.number for c in answer.citations] == [1, 2]


def test_stream_gives_sentences_before_the_end(opened):
    """Each sentence comes with its citations and verdict as soon as it is complete."""
    number = shown_number(opened, QUESTION, "Twelve passengers")
    pieces = [f"Twelve passengers were hurt [{number[0]}", f"{number[1:]}]. ", "Nobody ", "died."]
    assistant, _ = opened(pieces)
    events = list(assistant.stream(QUESTION))
    assert isinstance(events[0], Retrieved)
    assert isinstance(events[1], Sent)
    ready = [event for event in events if isinstance(event, SentenceReady)]
    assert ready[0].citations[0].quote.startswith("Twelve")
    assert events[-1].answer.sentences == tuple(event.sentence for event in ready)
    assert QUESTION in events[1].messages[-1][1]


def test_stream_shows_sentences_while_they_are_written(opened):
    """What has come of a sentence is there piece by piece, without citation marks, unchecked."""
    number = shown_number(opened, QUESTION, "Twelve passengers")
    pieces = ["Twelve ", f"passengers [{number[0]}", f"{number[1:]}]", ". Nobody ", "died."]
    assistant, _ = opened(pieces)
    seen = [event.text for event in assistant.stream(QUESTION) if isinstance(event, Writing)]
    assert seen[0] == "Twelve"
    assert seen[-1].startswith("Nobody")
    assert not any("[" in text for text in seen)


def test_cut_reply_keeps_what_came(opened):
    """A reply that breaks off is an error, after the sentences that came and a warning."""
    assistant, _ = opened(["Nobody died. The ferry ", ReplyCutOff("the connection broke")])
    came = []

    def collect():
        for event in assistant.stream(QUESTION):
            came.append(event)  # noqa: PERF402 - what came before the error has to stay

    with pytest.raises(ReplyCutOff):
        collect()
    assert "incomplete" in came[-1].answer.warnings[0]
    assert came[-1].answer.warnings[1].endswith("left out here: “The ferry”")
    assert came[-1].answer.sentences[0].text == "Nobody died."


def test_without_a_model_it_quotes(opened):
    """Without a model the answer is made of verbatim sentences, and says so by its mode."""
    assistant = opened()
    answer = assistant.ask("What did the operator Corran Lines pay for repairs?")
    assert answer.mode == "extractive"
    assert cited_texts(assistant, answer)[0].endswith("paid $1.5 million for repairs.")
    assert all(s.verdict.status == "supported" for s in answer.sentences)


def test_without_a_model_it_abstains(opened):
    """Promise 3 holds without a model too."""
    answer = opened().ask("Which planet did the astronomers photograph in Kyoto?")
    assert answer.abstained
    assert answer.sentences == ()


def test_as_of_hides_later_articles(opened):
    """Promise 4: what was published after the day is neither quoted nor shown to a model."""
    assistant, model = opened("NO ANSWER")
    answer = assistant.ask("What happened to the Maribel?", as_of="2025-03-31")
    assert {hit.passage.article.url for hit in answer.closest} == {FERRY}
    assert "Courier" not in model.calls[0][-1].content
    assert "Today is 2025-03-31." in model.calls[0][-1].content


def test_what_happened_on_a_day_is_how_its_articles_begin(opened):
    """Long articles of a day take no place from how others begin, and no week fills it up."""
    assistant = opened()
    day = dt.date(2025, 5, 6)
    towns = {"Brack": "boats", "Tarn": "mills", "Orla": "barns"}
    for town, what in towns.items():
        plain = " ".join(f"{town} has {n} {what} and no other ones." for n in range(30))
        told = " ".join(f"It happened on 6 May 2025 in {town}, {n} {what} say." for n in range(99))
        text = f"{town} lost its old bridge on Tuesday.\n\n{plain}\n\n{told}"
        assistant.library.add(make_article(f"https://x.example/{town}", text, date=day))
    text, later = "A fair will open here quite soon.", day + dt.timedelta(days=4)
    assistant.library.add(make_article("https://x.example/fair", text, date=later))
    answer = assistant.ask("What happened on 6 May 2025?", as_of="2025-06-01")
    quotes = {citation.quote for citation in answer.citations}
    assert quotes == {f"{town} lost its old bridge on Tuesday." for town in towns}


def test_undated_articles_left_out_are_mentioned(opened):
    """A limit on dates says how many articles it could not judge."""
    assistant = opened()
    assistant.library.add(make_article("https://x.example/undated", "The Maribel floats again."))
    answer = assistant.ask("Who chairs the Maribel inquiry?", since="2025-01-01")
    assert "1 article" in " ".join(answer.warnings)


def test_search_finds_hits(opened):
    """`search` takes the filters of `ask`, with days as text or dates."""
    assistant = opened()
    assert assistant.search("loaf", k=1)[0].passage.article.url == BAKERY
    found = assistant.search("Maribel", since=dt.date(2025, 3, 20), sources=["Lessing Courier"])
    assert {hit.passage.article.url for hit in found} == {INQUIRY}


def test_chat_keeps_the_conversation_in_mind(opened):
    """A follow-up is completed by the model first, and the model sees the turns before."""
    assistant, model = opened(
        "The chair is Omar Reith.",
        "Where was the inquiry into the Maribel opened?",
        "It opened in Lessing.",
    )
    chat = assistant.chat()
    first = chat.ask("Who chairs the inquiry into the Maribel?")
    answer = chat.ask("And where was it opened?")
    assert answer.question.asked == "And where was it opened?"
    assert answer.question.text == "Where was the inquiry into the Maribel opened?"
    assert "A: The chair is Omar Reith." in model.calls[1][-1].content
    assert "A: The chair is Omar Reith." in model.calls[2][-1].content
    assert (first.usage.calls, answer.usage.calls) == (1, 2)
    assert chat.turns[0].answer.text == "The chair is Omar Reith. [~1]"
    chat.reset()
    assert chat.turns == ()


def test_stopped_answer_is_kept_in_the_chat(opened):
    """Ctrl-C keeps the sentences that came."""
    assistant, _ = opened(["Nobody died. ", "The ferry ", "floats. ", "It is blue."])
    chat = assistant.chat()
    events = chat.stream(QUESTION)
    while not isinstance(next(events), SentenceReady):
        pass
    events.close()
    (turn,) = chat.turns
    assert turn.answer.text == "Nobody died."
    assert "stopped" in turn.answer.warnings[0]


def test_a_question_stopped_before_its_answer_is_talked_about(opened):
    """Ctrl-C before the first sentence, or before the search, leaves what a follow-up is about."""
    assistant = opened()
    asked = ("Who chairs the inquiry into the Maribel?", "And where was it opened?")
    opened_where = "Where was the inquiry into the Maribel opened?"
    chat = assistant.chat()
    first = chat.stream(asked[0])
    assert isinstance(next(first), Retrieved)
    first.close()
    assert chat.turns == ()
    assert chat.ask(asked[1]).question.text == opened_where
    early = Chat(_once_stopped(assistant))
    with pytest.raises(KeyboardInterrupt):
        early.ask(asked[0])
    assert early.ask(asked[1]).question.text == opened_where


def test_a_stopped_question_asked_again_is_no_follow_up_of_itself(opened):
    """Whoever asks once more what was stopped asks the same, and an error changes nothing."""
    assistant = opened()
    chat = assistant.chat()
    chat.ask("Who chairs the inquiry into the Maribel?")
    for stop in (True, False):
        events = chat.stream("And where was it opened?")
        text = next(events).question.text
        assert text == "Where was the inquiry into the Maribel opened?"
        if stop:
            events.close()
            with pytest.raises(UsageError):
                chat.ask("?")
    assert len(chat.turns) == 1


def test_one_of_the_quotes_is_asked_about(opened):
    """“The second one” is the article of the second quote, which alone is searched; saved, too."""
    chat = opened().chat()
    first = chat.ask("What happened to the Maribel?")
    articles = [place.article for place in first.citations]
    assert [article.url for article in articles] == [INQUIRY, FERRY]
    for text, understood in (
        ("Tell me more about the second one", "What happened to the Maribel?"),
        ("What about [2]?", "What happened to the Maribel?"),
        ("What does the first one say about Lessing?", "What does the article say about Lessing?"),
    ):
        meant = articles[0 if "first" in text else 1]
        answer = chat.ask(text)
        assert (answer.question.text, answer.question.article) == (understood, meant)
        assert {place.article for place in answer.citations} <= {meant}
        assert {hit.passage.article for hit in chat.turns[-1].hits} == {meant}
        assert parse_answer(dumps(answer_to_json(answer)), "it").question == answer.question
    other = chat.ask("And the other one?").question
    assert (other.article, other.text) == (articles[1], "What does the article say about Lessing?")
    with pytest.raises(UsageError, match="the last answer has 2 quotes, no “the fifth one”"):
        chat.ask("and the fifth one?")


def test_a_limit_holds_for_an_article_that_was_quoted(opened):
    """What may not be used any more is not, though it is asked about by its number."""
    assistant = opened()
    chat = assistant.chat()
    asked = chat.ask("What happened to the Maribel?")
    assert asked.citations[0].article.url == INQUIRY
    events = assistant.stream("What does [1] say?", history=chat.turns, as_of="2025-03-06")
    found = next(event for event in events if isinstance(event, Retrieved))
    assert found.question.article == asked.citations[0].article
    assert found.hits == ()


def _once_stopped(assistant):
    """Answers of an assistant; the first question is broken off before it is looked at."""
    breaks = iter([KeyboardInterrupt()])

    def answering(question, history):
        for stop in breaks:
            raise stop
        yield from assistant.stream(question, history=history)

    return answering


def test_await_gives_the_same(opened):
    """The awaited forms answer as the others do."""
    assistant, _ = opened("Nobody died.", "Nobody died.")

    async def ask():
        events = [event async for event in assistant.astream(QUESTION)]
        hits = await assistant.asearch("loaf", k=1)
        return await assistant.aask(QUESTION), events, hits

    answer, events, hits = asyncio.run(ask())
    assert answer.text == events[-1].answer.text == "Nobody died."
    assert isinstance(events[0], Retrieved)
    assert hits[0].passage.article.url == BAKERY


def test_empty_question_and_bad_day(opened):
    """Mistakes are named before anything is searched."""
    assistant = opened()
    with pytest.raises(UsageError):
        assistant.ask("  ")
    with pytest.raises(UsageError, match="as_of"):
        assistant.ask("Who?", as_of="tomorrow")


def test_bytes_that_are_no_letters(opened, tmp_path):
    """What a shell passes on for broken bytes can be asked, sent and saved."""
    assistant, model = opened("Nobody died.")
    answer = assistant.ask("Who was \udcff hurt on the Maribel?")
    assert "Who was ? hurt" in model.calls[0][-1].content
    save_answer(answer, tmp_path / "answer.json")
    assert load_answer(tmp_path / "answer.json") == answer
    assert assistant.search("\ud800 loaf")


def test_open_makes_a_library_only_when_told(tmp_path):
    """A mistyped folder is not created by a question."""
    with pytest.raises(NoLibrary):
        Assistant.open(tmp_path / "none", create=False)
    with Assistant.open(tmp_path / "new", embedder=FakeEmbedder()) as assistant:
        with pytest.raises(EmptyLibrary):
            assistant.ask("Who?")
        assert assistant.model_name == ""


def test_warming_up_asks_nothing(opened):
    """What is loaded beforehand is not asked for anything."""
    assistant, model = opened("Nobody died.")
    assistant.warm_up()
    assert model.calls == []
    assert assistant.ask(QUESTION).text == "Nobody died."


def test_named_model_needs_its_key(library):
    """OpenAI without a key is refused at once, with the fix named."""
    with pytest.raises(NotConfigured) as caught:
        Assistant.open(library.folder, model="gpt-4o-mini", embedder=FakeEmbedder())
    assert "OPENAI_API_KEY" in caught.value.help
    with Library(library.folder, embedder=FakeEmbedder()) as again:
        assert again.status().articles == 3
