"""Follow-ups: which questions need the turns before them, and what becomes of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.complete import complete
from assistant.question.follow_ups import is_follow_up
from assistant.question.limits import Limits
from assistant.question.pasted import parted
from assistant.question.replies import read_plan, read_rewritten
from assistant.question.time_words import find_time_words
from assistant.question.understand import resolve
from assistant.types import Answer, AnswerSentence, Question, Turn, Verdict
from index.errors import UsageError

TODAY = dt.date(2025, 6, 1)
NOTHING = SimpleNamespace(dated=lambda _: 0, outlet=lambda _: "")
TABLE = Path(__file__).parent / "data" / "follow_ups.txt"


def turn(asked: str, said: str) -> Turn:
    question = Question(asked, asked, TODAY)
    sentences = tuple(
        AnswerSentence(f"{part.rstrip('.')}.", (), Verdict("supported"))
        for part in said.replace("Dr. ", "Dr ").split(". ")
    )
    return Turn(
        question, Answer(question, "extractive", said, abstained=False, sentences=sentences)
    )


def rows():
    for line in TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(part.strip() for part in line.split("|"))


@pytest.mark.parametrize(("asked", "said", "text", "completed"), list(rows()))
def test_without_a_model(asked, said, text, completed):
    """A follow-up becomes a question that stands alone; one that does already stays as it is."""
    needed = is_follow_up(text, find_time_words(text, TODAY), asked)
    assert needed == (completed != "=")
    if needed:
        assert complete(text, [turn(asked, said)], TODAY) == completed


def test_a_chain_of_follow_ups():
    """Each refers to the completed form of the one before, so that the topic is not lost."""
    history = [turn("Who leads the inquiry into the Anneke Roos?", "Judge Omar Reith")]
    for text, completed in (
        ("When did it open?", "When did the inquiry into the Anneke Roos open?"),
        ("And when did it end?", "When did the inquiry into the Anneke Roos end?"),
        ("Why?", "Why did the inquiry into the Anneke Roos end?"),
    ):
        assert complete(text, history, TODAY) == completed
        history.append(turn(completed, "In November"))


def test_what_was_put_behind_stays_behind():
    """“It” is what the follow-up before asked about, not what that was completed with."""
    history = [turn("Who leads the inquiry? (the Anneke Roos)", "Judge Omar Reith")]
    completed = complete("When did it open?", history, TODAY)
    assert completed == "When did the inquiry open? (leads the inquiry; the Anneke Roos)"


def test_what_is_behind_does_not_grow():
    """However long a chat goes on, its beginning and the last question are what is kept."""
    history = [
        turn("Which ferry hit the breakwater of Sarnhaven, at Tarn?", "The Anneke Roos did.")
    ]
    for text in ("Who leads the inquiry?", "And who paid the divers?", "And who saw the fire?"):
        completed = complete(text, history, TODAY)
        history.append(turn(completed, "Nobody knows"))
    assert completed == (
        "Who saw the fire? (paid the divers; ferry hit the breakwater of Sarnhaven, at Tarn)"
    )


def test_the_person_may_be_of_an_earlier_turn():
    """“He” looks back further when the last turn names nobody."""
    history = [
        turn("Who leads the inquiry?", "Judge Omar Reith opened it"),
        turn("How much did the repairs cost?", "They cost $1.5 million"),
    ]
    assert complete("And what did he say?", history, TODAY) == "What did Omar Reith say?"


def talk(*turns: tuple[str, str]) -> list[str]:
    """What each question of a chat is completed to, given what the chat answers."""
    history: list[Turn] = []
    for text, said in turns:
        question = resolve(text, Limits(TODAY), NOTHING, history)
        history.append(replace(turn(text, said), question=question))
    return [each.question.text for each in history]


def test_nobody_is_both_he_and_she():
    """Who was “he” is not “she” later: somebody else of the chat is, or nobody is put there."""
    she = ("What did she say about the tram?", "")
    mayor = ("Who is the mayor of Lessing?", "Tomas Brandt became mayor after Ines Roth left.")
    age = ("How old is he?", "He is 47.")
    assert talk(mayor, she)[-1] == "What did Ines Roth say about the tram?"
    assert talk(mayor, age, she)[-1] == "What did Ines Roth say about the tram?"
    alone = ("Who is the mayor of Lessing?", "Tomas Brandt became mayor of Lessing on Monday.")
    assert talk(alone, age, she)[1:] == [
        "How old is Tomas Brandt? (the mayor of Lessing)",
        "What did she say about the tram? (Tomas Brandt; the mayor of Lessing)",
    ]
    keeper = ("Which old keeper saw the Anneke Roos?", "The old keeper of Tarn did.")
    assert talk(keeper, age, she)[1:] == [
        "How old is the old keeper? (saw the Anneke Roos)",
        "What did she say about the tram? (the old keeper; saw the Anneke Roos)",
    ]
    unknown = (
        "Who is the mayor of Lessing?",
        "The mayor of Lessing is Okke Tarnov, says Anna Roth",
    )
    assert talk(unknown, age, ("And who did he replace?", "Nobody"), she)[-1] == (
        "What did Anna Roth say about the tram?"
    )


def test_a_guess_binds_nobody():
    """Who was taken for “he” is “she” where nobody else can be, rather than a company."""
    head = ("What did Murati say about Halvex?", "Murati said it would go on.")
    assert talk(head, ("Where was he born?", ""), ("What did she do before?", ""))[1:] == [
        "Where was Murati born? (Murati say about Halvex)",
        "What did Murati do before? (Murati born; Murati say about Halvex)",
    ]
    leads = ("Who leads Tindra?", "Robin Vale, 47, leads Tindra.")
    assert talk(leads, ("How old is he?", "She is 47."), ("Is she married?", ""))[-1] == (
        "Is Robin Vale married? (Robin Vale; leads Tindra)"
    )
    race = ("Who won the race?", "Sasha Moss, 30, beat Robin Vale, 31, in the race.")
    assert talk(race, ("How old is he?", ""), ("What did she say about the tram?", ""))[1:] == [
        "How old is Robin Vale? (won the race)",
        "What did Sasha Moss say about the tram?",
    ]


def test_why_of_nothing():
    """Where “why?” asks of nothing, or was asked already, it is said what to ask instead."""
    for before in ([], [turn("What did he say?", "No")], [turn("How old is Ada Okafor?", "47")]):
        with pytest.raises(UsageError, match="cannot be told") as caught:
            resolve("how come?", Limits(TODAY), NOTHING, before)
        assert caught.value.help == "ask it in full: “Why did …?”"
    history = [turn("Why did Okafor resign?", "She was tired")]
    with pytest.raises(UsageError, match=r"“Why did Okafor resign\?” was asked already") as caught:
        resolve("but why?", Limits(TODAY), NOTHING, history)
    assert caught.value.help.startswith("ask for the reason of something that the answer says")


def test_one_of_two_names():
    """“The latter” and “the other” are names that stand side by side, if it can be told which."""
    both = ("What did Halvex and Tindra say about rail?", "Nothing")
    assert talk(both, ("And the latter?", ""))[-1] == "What did Tindra say about rail?"
    assert talk(both, ("When did the first one pay?", ""))[-1] == (
        "When did Halvex pay? (Halvex say about rail)"
    )
    said = ("What did Halvex and Tindra say about rail?", "Halvex said that it is late")
    for other in ("and the other?", "What about the other one?"):
        assert talk(said, (other, ""))[-1] == "What did Tindra say about rail?"
        assert talk(both, ("What did Halvex say about ports?", ""), (other, ""))[-1] == (
            "What did Tindra say about ports?"
        )
        with pytest.raises(UsageError, match="cannot be told what “the other"):
            talk(both, (other, ""))


def test_one_of_what_was_counted():
    """“The first one” of companies is a company; with nothing counted it is searched as it is."""
    many = ("How many companies left Lessing?", "Nine")
    leave = ("When did the last one leave?", "")
    assert talk(many, leave)[-1] == "When did the last company leave? (companies left Lessing)"
    assert talk(("Who left Lessing?", "Nobody"), leave)[-1] == (
        "When did the last one leave? (left Lessing)"
    )


def test_one_of_no_quotes():
    """Where nothing was quoted or named side by side, it is said that “the second one” is open."""
    for text in ("the second one", "And the other?", "Tell me more about [2]", "the latter?"):
        with pytest.raises(UsageError, match="cannot be told what"):
            talk(("Who left Lessing?", "Nobody"), (text, ""))


@pytest.mark.parametrize(
    "text",
    [
        "Who was the first one to see the Anneke Roos?",
        "Which team won the first round of the Sarnhaven Cup?",
        "When was the first report about the Tarn dam published?",
        "What did the former mayor Ines Roth say about the Tarn dam?",
        "Was it the first?",
    ],
)
def test_what_picks_nothing(text):
    """Ordinals that say of what they are refer to nothing before."""
    completed = talk(("Who owns the ferry?", "Norling Lines"), (text, ""))[-1]
    assert completed in {text, "Was the ferry the first?"}


PASTED = """TARN, 3 May 2019 (Agency) – The dam at Upper Veldra broke on Tuesday, Ada Okafor said.

Omar Reith, 61, who has kept the dam since March 2004, had warned of cracks in the dam last week.
“Okafor knew,” Reith said. She answered in a letter that nobody had told her of any crack."""


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (f"Who built the Orrin bridge?\n{PASTED}", "Who built the Orrin bridge?"),
        (f"{PASTED}\n\nWho built the Orrin bridge?", "Who built the Orrin bridge?"),
        (f"{PASTED} Who built the Orrin bridge?", "Who built the Orrin bridge?"),
        (f"{PASTED}\nIs this true?", "Is this true? (Upper Veldra, Ada Okafor, dam broke)"),
        (f"Why?\n\n{PASTED}", "Why did this happen? (Upper Veldra, Ada Okafor, dam broke)"),
        (
            f"{PASTED}\n\nWhat else did he say?",
            "What else did Omar Reith say? (Upper Veldra, Ada Okafor, dam broke)",
        ),
        (f"Summarise this: {PASTED}", "Upper Veldra, Ada Okafor, dam broke"),
        (PASTED, "Upper Veldra, Ada Okafor, dam broke"),
    ],
)
def test_a_pasted_text(typed, text):
    """The question is what is asked; the times of the text limit nothing, nor do earlier turns."""
    before = [turn("Who won the race?", "Mara Roth won it")]
    for history in ([], before):
        question = resolve(typed, Limits(TODAY), NOTHING, history)
        assert (question.text, question.time, question.asked) == (text, None, typed)


def test_the_time_of_a_question_beside_a_text():
    """A time that the question itself says counts."""
    typed = f"{PASTED}\n\nDid he resign last week?"
    question = resolve(typed, Limits(TODAY), NOTHING, [])
    assert question.text.startswith("Did Omar Reith resign last week?")
    assert question.time is not None
    assert question.time.words == "last week"


def test_a_long_question_is_no_pasted_text():
    """Who asks in one long sentence has asked it, with its times."""
    long = f"How many people in {'the old, cold and ' * 12}wet valley left in March 2024?"
    question = resolve(long, Limits(TODAY), NOTHING, [])
    assert question.text == long
    assert question.time is not None


def test_names_in_small_letters():
    """A name that the chat has spelled is one in small letters, too, and other words are none."""
    cup = ("Who won the Sarnhaven Cup?", "On Sunday the Lessing Herons won the cup. So did Brandt.")
    coach = ("Who is their coach?", "It was Ole Reith.")
    for alone in ("who won the sarnhaven cup", "how many people saw the lessing herons"):
        assert talk(cup, coach, (alone, ""))[-1] == alone
    assert (
        talk(cup, coach, ("what did reith say?", ""))[-1]
        == "What did Reith say? (the Lessing Herons’ coach; won the Sarnhaven Cup)"
    )
    assert talk(cup, ("who lost the cup?", ""))[-1] == "Who lost the cup? (won the Sarnhaven Cup)"


def test_a_question_asked_again():
    """What stood alone once does so again; what did not is completed by what is talked of now."""
    cost = ("How much did it cost to build Tarn Bridge?", "It cost 40 million.")
    opened = ("Why?", "The ground is soft.")
    herons = ("Who leads the Lessing Herons?", "Ole Reith does.")
    assert talk(cost, opened, ("how much did it cost to build tarn bridge", ""))[-1] == (
        "how much did it cost to build tarn bridge"
    )
    assert talk(cost, opened, herons, ("Why?", ""))[-1] == "Why? (leads the Lessing Herons)"


@given(st.text(st.sampled_from(" \n.?:A–abw"), min_size=80, max_size=400))
def test_any_pasted_text(text):
    """No text is too odd to be taken apart."""
    pasted = parted(text)
    assert pasted is None or pasted.standing_alone(TODAY).strip() or not text.strip()


@given(
    st.text(max_size=60).filter(lambda text: any(c.isalnum() for c in text)), st.text(max_size=40)
)
def test_any_words(text, asked):
    """No follow-up is too odd to be completed to something."""
    history = [turn(asked or "Who?", "Nobody")]
    assert complete(" ".join(text.split()), history, TODAY).strip()
    assert is_follow_up(text, find_time_words(text, TODAY), asked) in {True, False}


@pytest.mark.parametrize(
    ("reply", "question"),
    [
        ("What did Zelenskyy say about rail?", "What did Zelenskyy say about rail?"),
        ("“What did he say?”\n", "What did he say?"),
        ("**Question:** Who leads the inquiry?", "Who leads the inquiry?"),
        ("Rewritten question: Who leads it?", "Who leads it?"),
        ("```\nWho leads the inquiry?\n```", "Who leads the inquiry?"),
        ("- Who leads the inquiry?", "Who leads the inquiry?"),
        ("", ""),
        ("He said that rail was covered.", ""),
        ("Sure!\nHere it is:\nWho leads the inquiry?", ""),
        (f"Who {'x' * 400}?", ""),
    ],
)
def test_what_a_model_rewrote(reply, question):
    """A question is taken out of its wrapping; an answer or a speech is not taken for one."""
    assert read_rewritten(reply) == question


@pytest.mark.parametrize(
    ("reply", "searches"),
    [
        ("Who won in May?\nWho won in June?", ["Who won in May?", "Who won in June?"]),
        ("1. Who won in May?\n2) Who won in June?", ["Who won in May?", "Who won in June?"]),
        ("- injured Herald\n- injured Daily", ["injured Herald", "injured Daily"]),
        ("ONE", []),
        ("One.", []),
        ("Who won?", []),
        ("Who won?\nWho won?", []),
        ("a\nb\nc\nd\ne", []),
        ("", []),
    ],
)
def test_what_a_model_planned(reply, searches):
    """Two to four searches, one a line; anything else is no plan."""
    assert read_plan(reply) == searches
