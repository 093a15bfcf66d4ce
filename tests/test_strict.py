"""Strict answers say only what is supported; second verdicts stand beside the first."""

from __future__ import annotations

import asyncio

import pytest

from assistant import Assistant, Finished, ScriptedModel, SentenceReady
from assistant.judge import judgements
from assistant.models import Model
from assistant.repair import mended
from assistant.shown import FENCE
from assistant.types import Verdict
from index.errors import ServerFailed

QUESTION = "How many people were hurt on the Maribel?"
HURT = "Twelve passengers went to hospital, the coastguard said."
WRONG = "Thirty passengers were taken to hospital, the coastguard said."
PAID = "The operator, Corran Lines, paid $1.5 million for repairs."
GUESS = "Experts expect a long dispute."


@pytest.fixture
def ask(library):
    """Asks a model with a script; {words} become the number of the sentence that begins so."""

    def answered(*script, **asking):
        probe = ScriptedModel(["NO ANSWER"])
        Assistant(library, Model.of(probe)).ask(QUESTION)
        numbers = {}
        for line in probe.calls[0][-1].content.splitlines():
            for words in ("Twelve", "The operator"):
                if f"] {words}" in line:
                    numbers[words] = line[1 : line.index("]")]

        def numbered(reply):
            if not isinstance(reply, str):
                return reply
            return reply.replace("{hurt}", numbers["Twelve"]).replace(
                "{paid}", numbers["The operator"]
            )

        model = ScriptedModel([numbered(reply) for reply in script])
        assistant = Assistant(library, Model.of(model))
        events = list(assistant.stream(QUESTION, **asking))
        assert model.left == 0
        assert isinstance(events[-1], Finished)
        return events, model.calls, events[-1].answer

    return answered


REPLY = f"{HURT} [{{hurt}}] {WRONG} [{{hurt}}] {GUESS} {PAID} [{{paid}}]"


def test_what_is_wrong_is_mended_once_or_dropped(ask):
    """The model is told what its sources say; what it does not mend is left out, and noted."""
    mended_reply = f"1: {HURT.replace('Twelve', 'A dozen')} [{{hurt}}]\n2: DROP"
    _, calls, answer = ask(REPLY, mended_reply, strict=True)
    assert [s.text for s in answer.sentences] == [HURT, HURT.replace("Twelve", "A dozen"), PAID]
    assert {s.verdict.status for s in answer.sentences} == {"supported"}
    assert [s.citations for s in answer.sentences] == [(1,), (1,), (2,)]
    assert [s.text for s in answer.dropped] == [GUESS]
    assert f"written anew, since no source supported it: “{WRONG}”" in answer.warnings
    assert any(f"left out, since no source supports it: “{GUESS}”" in w for w in answer.warnings)
    told = calls[1][-1].content
    assert f"1: {WRONG} (Wrong: " in told
    assert told.splitlines()[0] == FENCE[0]
    assert "Twelve passengers were taken to hospital" in told
    assert "loaf" not in told
    assert [stamp.name for stamp in answer.prompts] == ["answer", "repair"]
    assert answer.prompt == answer.prompts[0]
    assert answer.usage.calls == 2


@pytest.mark.parametrize(
    "reply", ["1: DROP\n2: DROP", "1: Forty were hurt [{hurt}].\n2: It was bad.", "I cannot.", ""]
)
def test_a_second_mistake_is_not_forgiven(ask, reply):
    """One round, then it is dropped, whatever the model makes of it."""
    _, _, answer = ask(REPLY, reply, strict=True)
    assert [s.text for s in answer.sentences] == [HURT, PAID]
    assert [s.text for s in answer.dropped] == [WRONG, GUESS]


def test_nothing_left_is_an_abstention(ask):
    """An answer of which nothing is supported says that the articles do not answer."""
    _, _, answer = ask(GUESS, "1: DROP", strict=True)
    assert answer.abstained
    assert answer.closest
    assert answer.dropped[0].text == GUESS


def test_a_supported_answer_is_asked_for_once(ask):
    """Being strict costs nothing where nothing is wrong."""
    events, calls, answer = ask(f"{HURT} [{{hurt}}] {PAID} [{{paid}}]", strict=True)
    assert len(calls) == 1
    assert len(answer.sentences) == 2
    assert sum(isinstance(event, SentenceReady) for event in events) == 2


def test_sentences_are_held_back_until_they_are_judged(ask):
    """While it streams, nothing is shown that may be taken back: not even as a preview."""
    events, _, answer = ask(REPLY, "1: DROP\n2: DROP", strict=True)
    shown = [event for event in events if isinstance(event, SentenceReady)]
    assert [event.sentence for event in shown] == list(answer.sentences)
    assert not any(type(event).__name__ == "Writing" for event in events)


def test_a_failed_repair_drops(ask):
    """An endpoint that fails in the second round costs the sentences, not the answer."""
    _, _, answer = ask(REPLY, ServerFailed("it is down"), strict=True)
    assert [s.text for s in answer.sentences] == [HURT, PAID]
    assert "sentences could not be mended: it is down" in answer.warnings


def test_a_judge_gives_a_second_verdict(ask):
    """One call judges all sentences; ours stay as they are, and both are there."""
    judged = "1: supported\n2: unsupported - the source says twelve\n3. Partly: who says so?\n4 yes"
    _, calls, answer = ask(REPLY, judged, judge=True)
    assert [s.verdict.status for s in answer.sentences] == [
        *("supported", "partial", "unsupported", "supported")
    ]
    assert [s.judgement for s in answer.sentences] == [
        Verdict("supported"),
        Verdict("unsupported", ("the source says twelve",)),
        Verdict("partial", ("who says so?",)),
        Verdict("supported"),
    ]
    assert "- The Harbour Post, 2025-03-05: Twelve passengers" in calls[1][-1].content
    assert [stamp.name for stamp in answer.prompts] == ["answer", "judge"]


def test_a_judge_that_fails_or_rambles(ask):
    """Without second verdicts the answer is what it was, and says so."""
    _, _, answer = ask(HURT, ServerFailed("it is down"), judge=True)
    assert "there are no second verdicts: it is down" in answer.warnings
    _, _, answer = ask(HURT, "As a judge, I find this hard.", judge=True)
    assert "the judge gave 0 verdicts on 1 sentences" in answer.warnings
    assert answer.sentences[0].judgement is None


def test_strict_and_judged_when_awaited(library):
    """The awaited form does the same."""
    model = ScriptedModel([GUESS + f" {PAID}", "1: DROP", "1: supported"])

    async def ask_it():
        return await Assistant(library, Model.of(model)).aask(QUESTION, strict=True, judge=True)

    answer = asyncio.run(ask_it())
    assert [s.text for s in answer.sentences] == [PAID]
    assert answer.sentences[0].judgement == Verdict("supported")


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("1: It sank. [1.2]\n2: DROP", {1: "It sank. [1.2]"}),
        ("**1.** It sank. [1.2]\n\n2) It burned.", {1: "It sank. [1.2]", 2: "It burned."}),
        ("Here you are:\n1 - It sank.\n   It burned.", {1: "It sank. It burned."}),
        ("3: It fell.", {}),
        ("1: DROP.\n2: (drop)", {}),
    ],
)
def test_forms_of_mended_sentences(reply, found):
    """The replies of small models are read with forbearance."""
    assert mended(reply, 2) == found


def test_a_single_sentence_needs_no_number():
    """A model that was given one sentence may simply answer with one."""
    assert mended("It sank. [1.2]", 1) == {1: "It sank. [1.2]"}
    assert mended("DROP", 1) == {}


@pytest.mark.parametrize(
    ("line", "status", "reasons"),
    [
        ("1: supported", "supported", ()),
        ("**1:** Supported.", "supported", ()),
        ("1. fully supported", "supported", ()),
        ("1 - Not supported: it says 12", "unsupported", ("it says 12",)),
        ("1: unsupported (no source)", "unsupported", ("no source)",)),
        ("1: partially supported, no name", "partial", ("no name",)),
        ("[1] partly: no name", "partial", ("no name",)),
    ],
)
def test_forms_of_judgements(line, status, reasons):
    """The words that models use for their verdicts are understood."""
    assert judgements(line, 1) == {1: Verdict(status, reasons)}
