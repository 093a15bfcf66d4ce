"""Answers without a model are quotes, chosen by signs that are told here."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pytest
from conftest import make_article

from assistant.extract import best_quotes, quote, quote_parts
from assistant.extract.quotes import rank
from assistant.types import Question, QuestionTime
from index.dates import Period
from index.embed.fake import FakeEmbedder
from index.types import Hit, Passage


def hit(text: str, score: float = 1.0, title: str = "", url: str = "https://x.example/1") -> Hit:
    info = make_article(url, text, title=title).info
    return Hit(Passage(info, 0, 0, len(text), text), score)


def best(question: str, *hits: Hit, embedder=None) -> str:
    return rank(question, hits, embedder)[0][0].source.text


def ask(question: str, *hits: Hit):
    return quote(Question(question, question, dt.date(2025, 1, 1)), hits, None)


def test_words_of_the_question_count():
    """The sentence that shares the telling words is chosen."""
    found = hit("The harbour was calm that day. The ferry Maribel sank at noon.")
    assert best("When did the Maribel sink?", found) == "The ferry Maribel sank at noon."


def test_what_is_no_sentence_of_the_story_is_not_quoted():
    """A caption and a link to another article do not answer, however many words they share."""
    found = hit(
        "Photos: The ferry Maribel sinks The ferry Maribel sinks at noon. "
        "Of all ships it was the Maribel that sank.\n\n"
        "More:Ferry Maribel sinks at noon with a hundred people"
    )
    assert best("Which ferry sank?", found) == "Of all ships it was the Maribel that sank."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who bombed the theatre?", "The army bombed the theater."),
        ("Who met Zelenskyy at the harbour?", "Ada Finch met Zelensky at the harbor."),
        ("Who left the UN?", "The island left the United Nations."),
    ],
)
def test_other_spellings_and_names_are_the_same_words(question, sentence):
    """A sentence that spells it otherwise says as much of the question."""
    signs = rank(question, [hit(sentence)], None)[0][0].signs
    assert signs["words"] == 1


@pytest.mark.parametrize(("day", "counts"), [("2024-03-15", True), ("2024-07-01", False)])
def test_articles_of_the_time_asked_about_need_not_say_it(day, counts):
    """“In March 2024” is told by the day of an article, when that is of March 2024."""
    march = Period(dt.date(2024, 3, 1), dt.date(2024, 3, 31))
    time = QuestionTime("in March 2024", march, "preference")
    text = "The council closed the harbour."
    info = make_article("https://x.example/1", text, date=dt.date.fromisoformat(day)).info
    found = Hit(Passage(info, 0, 0, len(text), text), 1.0)
    question = "What did the council close in March 2024?"
    signs = rank(question, [found], None, time)[0][0].signs
    assert (signs["words"] == 1) is counts


class ReadingEmbedder(FakeEmbedder):
    """Takes sentences with one word for the answer, and remembers what it was asked."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word
        self.asked: list[str] = []

    def read(self, question: str, sentences, titles):
        self.asked.append(question)
        return np.array([5.0 * (self.word in one) for one in sentences], dtype=np.float32)

    def load_reader(self) -> None:
        """Nothing to load."""


def test_what_a_reader_takes_for_the_answer_counts():
    """An embedder that reads moves a sentence up."""
    found = hit("The ferry Maribel sank near Oru. The ferry Maribel sank near Tal.")
    question = "Where did the ferry Maribel sink?"
    for place in ("Oru", "Tal"):
        assert place in best(question, found, embedder=ReadingEmbedder(place))


def test_questions_in_other_scripts_are_not_read():
    """The reader, which has learnt from English, is not asked what it cannot know."""
    embedder = ReadingEmbedder("渡轮")
    best("渡轮在哪里沉没？", hit("渡轮在奥鲁附近沉没。港口当天很平静。"), embedder=embedder)
    assert not embedder.asked


def test_rare_words_count_more():
    """A word that most sentences hold tells less than one that few hold."""
    found = hit(
        "The ferry left on time today. The ferry was very full. The ferry met an iceberg. "
        "An iceberg was seen by nobody else."
    )
    assert best("ferry iceberg", found) == "The ferry met an iceberg."


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many people died on the ferry?", "Twelve people died on the ferry."),
        ("Who died on the ferry?", "Those who died on the ferry include Ada Finch."),
    ],
)
def test_the_kind_of_thing_asked_for_counts(question, expected):
    """Of sentences with the same words, the one with a number answers “how many”."""
    found = hit("Some people died on the ferry. " + expected)
    assert best(question, found) == expected


def test_what_happened_is_answered_by_what_happened():
    """No sentence says “happened”, so that its absence is no doubt."""
    found = hit("Sarnhaven was hit by a storm. The storm took the roof off the town hall there.")
    plain, asked = ask("Sarnhaven?", found)[1], ask("What happened in Sarnhaven?", found)[1]
    assert asked.confidence == pytest.approx(plain.confidence)


def test_another_year_does_not_answer():
    """A figure for another year than the one asked about is not put first."""
    found = hit(
        "The line carried 18.4 million passengers in 2023. In 2024 it carried 19.1 million."
    )
    question = "How many passengers did it carry in 2024?"
    assert best(question, found) == "In 2024 it carried 19.1 million."


def test_a_better_hit_counts():
    """Of the same sentence in two articles, the one of the better hit is quoted."""
    text = "The mayor opened the bridge."
    low, high = hit(text, 0.4, url="https://low.example"), hit(text, 1.2)
    ranked = rank("Who opened the bridge?", [high, low], None)
    assert ranked[0][0].source.passage.article.url == "https://x.example/1"


def test_similar_sentences_are_quoted_once():
    """Three reports of the same sentence are one quote."""
    text = "The mayor Tomas Brandt opened the bridge over the Orrin."
    hits = [hit(text, 1.0, url=f"https://{n}.example") for n in "abc"]
    ready, answer = ask("Who opened the bridge over the Orrin?", *hits)
    assert len(ready) == len(answer.citations) == 1


def test_embeddings_change_the_order():
    """With an embedder, nearness of meaning counts beside words."""
    found = hit("Ferry ferry ferry harbour. Something else entirely here.")
    assert best("ferry", found, embedder=FakeEmbedder()).startswith("Ferry")


def test_captions_are_not_quoted():
    """A line of three words is a heading, not an answer."""
    found = hit("Ferry Maribel sank\n\nThe Maribel, a ferry of 1931, sank off Corran Point.")
    assert best("Where did the ferry Maribel sink?", found).endswith("Corran Point.")


def test_what_is_found_in_the_asking_sentence_counts():
    """What led to a question is not what it asks for."""
    question = "A ferry ran aground off Corran Point on Tuesday. Which judge leads the inquiry?"
    found = hit(
        "A ferry ran aground off Corran Point on Tuesday morning. "
        "The inquiry has Judge Reith as its leader."
    )
    assert best(question, found) == "The inquiry has Judge Reith as its leader."


def test_questions_are_not_quoted():
    """A sentence that asks the same does not answer."""
    found = hit("Who opened the bridge? Mayor Brandt opened the bridge.")
    assert best("Who opened the bridge?", found) == "Mayor Brandt opened the bridge."


def test_what_articles_agree_on_counts():
    """Of sentences with the same words, the one whose thing other articles name too is first."""
    hits = [
        hit("The ferry rammed the pier, said Ada Finch.", 1.0, url="https://a.example"),
        hit("The ferry rammed the pier, said Tomas Brandt.", 1.0, url="https://b.example"),
        hit("The ferry that rammed the pier was steered by Brandt.", 0.9, url="https://c.example"),
    ]
    assert "Brandt" in best("Who rammed the pier with the ferry?", *hits)


def test_no_sentence_is_quoted_twice():
    """What would need a sentence that is quoted already to be understood is not quoted with it."""
    found = hit(
        "Under the partial truce that Varga accepted on the phone, attacks on mines and harbours "
        "would stop. He added a condition: if the truce was broken, his army would strike back."
    )
    asked = "What did the partial truce cover?"
    question = Question(asked, asked, dt.date(2025, 1, 1))
    quotes = best_quotes(question, [found], None, 3)
    assert sum("mines and harbours" in quote for quote in quotes) == 1


def test_a_sentence_whose_neighbour_is_quoted_already_is_quoted_alone():
    """What “he” said is not lost because the sentence that names him is quoted with another."""
    found = hit(
        "The partial truce of mines and harbours would cover much, said Varga and envoys in Odessa."
        " Varga said the truce was partial. "
        "He named rigs, ferries, cranes, silos and lighthouses that the truce covers."
    )
    asked = "What did Varga say the partial truce would cover?"
    quotes = best_quotes(Question(asked, asked, dt.date(2025, 1, 1)), [found], None, 3)
    assert sum("Varga said" in quote for quote in quotes) == 1
    assert any("rigs, ferries" in quote for quote in quotes)


def test_what_is_quoted_already_is_no_neighbour_of_another_quote():
    """A sentence that the first quote took in is not quoted again with the one before it."""
    found = hit(
        "Envoys from the partial truce talks named mines. Varga put it more narrowly. "
        "He said the partial truce would cover rigs, ferries, cranes, silos and lighthouses."
    )
    asked = "What did Varga say the partial truce would cover?"
    question = Question(asked, asked, dt.date(2025, 1, 1))
    quotes = best_quotes(question, [found], None, 3)
    assert len(quotes) > 1
    assert sum("Varga put it" in quote for quote in quotes) == 1


def test_parts_of_a_question_do_not_quote_one_sentence_twice():
    """What the first part quoted with its neighbour is not quoted without it by the second."""
    found = hit(
        "With 40 people the ferry Maribel sank. The ferry Maribel had 31 people on board. "
        "Weather that day was calm and mild, as it is in most years in spring and in autumn."
    )
    asked = (
        "How many people were on board when the ferry Maribel sank?",
        "With how many people sank the ferry?",
    )
    day = dt.date(2025, 1, 1)
    parts = tuple(Question(each, each, day) for each in asked)
    _, answer = quote_parts(Question("", " ".join(asked), day, parts=parts), [[found]] * 2, None)
    ranges = sorted((one.start, one.end) for one in answer.citations)
    assert [one.number for one in answer.citations] == [*range(1, len(ranges) + 1)]
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(ranges))
    texts = [" ".join(one.quote.split()) for one in answer.citations]
    assert {each.text for each in answer.sentences} <= set(texts)


def test_a_neighbour_that_is_as_good_is_quoted_too():
    """Two sentences in a row that are about as good are one quote, as they stand."""
    text = (
        "With 40 people the ferry Maribel sank. The ferry Maribel had 31 people on board. "
        "Weather that day was calm and mild, as it is in most years in spring and in autumn."
    )
    question = "How many people were on board when the ferry Maribel sank?"
    asked = Question(question, question, dt.date(2025, 1, 1))
    assert best_quotes(asked, [hit(text)], None, 1) == [text[: text.index(" Weather")]]


def test_a_further_quote_says_something_new():
    """The second quote is the one that names somebody else, of two that are about as good."""
    first = hit("The vote on the bridge was lost by Ada Finch.", 1.0, url="https://a.example")
    again = hit(
        "Ada Finch it was who lost the bridge vote, they say.", 0.9, url="https://b.example"
    )
    other = hit(
        "The bridge vote has one more loser, it is Tom Brandt.", 0.9, url="https://c.example"
    )
    question = "Who lost the vote on the bridge?"
    asked = Question(question, question, dt.date(2025, 1, 1))
    quotes = best_quotes(asked, [first, again, other], None, 2)
    assert "Finch" in quotes[0]
    assert "Brandt" in quotes[1]


def test_confidence_tells_an_answer_from_none():
    """The probability is high where a sentence answers, low where none does, and decides."""
    found = hit("The mayor Tomas Brandt opened the bridge over the Orrin.", title="Bridge opens")
    _, answered = ask("Who opened the bridge over the Orrin?", found)
    _, abstained = ask("Which airline cancelled flights in October?", found)
    assert answered.confidence > 0.6
    assert not answered.abstained
    assert abstained.confidence < 0.2
    assert abstained.abstained


def test_best_quotes_are_given_even_when_nothing_answers():
    """What would be quoted can be looked at although the answer abstains."""
    question = "Which airline cancelled flights in October?"
    hits = [
        hit("The mayor cancelled it."),
        hit("The baker sold bread in October.", url="https://b.example"),
    ]
    found = best_quotes(Question(question, question, dt.date(2025, 1, 1)), hits, None, 5)
    assert len(found) == 2


def test_nothing_found_is_an_abstention():
    """Without hits there is nothing to quote."""
    ready, answer = ask("Who?")
    assert ready == []
    assert answer.abstained
