"""The verdict that the checks come to together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.support import Evidence, check, score
from assistant.types import Verdict

SOURCE = Evidence(
    "Marco Rubio said on Tuesday that 12 soldiers had crossed the river near Kharkiv.",
    dt.date(2025, 3, 20),
    "The Secretary of State spoke in Paris.",
)


def test_a_sentence_supports_itself():
    """Whatever is cited for its own words is supported, without reasons."""
    assert check(SOURCE.text, [SOURCE]) == Verdict("supported")


def test_a_faithful_paraphrase_is_supported():
    """Another form of number, date and name is no reason."""
    sentence = "Twelve soldiers had crossed the river near Kharkiv, Rubio said on 18 March 2025."
    assert check(sentence, [SOURCE]) == Verdict("supported")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("12", "21", "the source says 12, not 21"),
        ("Tuesday", "Monday", "the source says Tuesday, not Monday"),
        ("Rubio", "Vance", "“Marco Vance” is not in the source"),
        (
            "crossed the river",
            "“left the river”",
            "the words “left the river” are not in the source",
        ),
    ],
)
def test_one_wrong_fact_is_partial_at_best(old, new, reason):
    """A single wrong number, date, name or quotation is told and never passes."""
    assert check(SOURCE.text.replace(old, new), [SOURCE]) == Verdict("partial", (reason,))


def test_mostly_wrong_facts_are_unsupported():
    """When most of what is stated is missing, alike wording does not help."""
    sentence = "JD Vance said on Monday that 21 soldiers had crossed the river near Kharkiv."
    verdict = check(sentence, [SOURCE])
    assert verdict.status == "unsupported"
    assert len(verdict.reasons) == 3


def test_other_words_are_unsupported():
    """A sentence about something else is not backed by a source that happens to be cited."""
    verdict = check("The bakery raised the price of bread again.", [SOURCE])
    assert verdict == Verdict("unsupported", ("says more than the source does",))


def test_meanings_count_where_words_are_few():
    """Other words for the same are supported; alike words about something else are not."""
    source = Evidence("The office said on Friday that enough rivals remained.", None)
    for sentence, near, status in (
        ("There are still plenty of competitors left, the office said.", 0.8, "supported"),
        ("There are still plenty of competitors left, the office said.", 0.2, "partial"),
        ("The office sells pencils to competitors and paper to schools.", 0.1, "unsupported"),
    ):
        found = check(sentence, [source], likeness=lambda _, texts, near=near: [near] * len(texts))
        assert found.status == status
    assert check(sentence, [source], likeness=lambda *_: None).status == "partial"


def test_no_source_is_unsupported():
    """A sentence that cites nothing is never supported."""
    nothing = Verdict("unsupported", ("cites no source",))
    assert check("It rained.", []) == check("It rained.", [Evidence(" ", None)]) == nothing
    assert score("It rained.", []) == 0.0


def test_a_number_is_not_taken_from_the_context():
    """Only the cited words back a number, while a name may stand next to them."""
    evidence = Evidence(
        "He said soldiers had crossed the river.", None, "Rubio counted 12 soldiers."
    )
    assert check("Rubio said soldiers had crossed the river.", [evidence]).status == "supported"
    verdict = check("Rubio said 12 soldiers had crossed the river.", [evidence])
    assert verdict.reasons == ("12 is not in the source",)


def test_several_sources_back_one_sentence():
    """What one source lacks another may state."""
    other = Evidence("Germany sent 40 tanks.", dt.date(2025, 3, 19))
    sentence = "12 soldiers crossed the river near Kharkiv, Rubio said, and Germany sent 40 tanks."
    assert check(sentence, [SOURCE, other]).status == "supported"


GERMAN = (
    "Der Minister für Verkehr, Jan Keller, sagte am Dienstag, die Brücke werde für 38 Millionen"
    " Euro erneuert. Nach Angaben der Polizei wurden zwölf Menschen verletzt."
)
CHINESE = "图书馆有三层楼，每天开放到晚上九点。建设费用为6000万元。"
ARABIC = "قال رئيس البلدية سامي الحداد إن تكلفة الإصلاح بلغت 3 ملايين دينار."
ENGLISH = (
    "Captain J. K. Marsh said that twelve people were injured and that repairs cost $1.5 million."
)


@pytest.mark.parametrize(
    ("source", "sentence", "status", "reason"),
    [
        (GERMAN, "Zwölf Menschen wurden verletzt.", "supported", ""),
        (GERMAN, "Laut Polizei gab es 12 Verletzte.", "supported", ""),
        (GERMAN, "Dreizehn Menschen wurden verletzt.", "partial", "Dreizehn is not in the source"),
        (GERMAN, "Laut Peter Vogel wird die Brücke erneuert.", "partial", "Peter Vogel"),
        (GERMAN, "Niemand wurde verletzt.", "partial", "niemand"),
        (GERMAN, "Rubio said that 12 people were hurt.", "partial", "another language"),
        (CHINESE, "图书馆每天开放到晚上九点。", "supported", ""),
        (CHINESE, "图书馆有五层楼。", "partial", "五"),
        (CHINESE, "建设费用为9000万元。", "partial", "9000"),
        (ARABIC, "بلغت تكلفة الإصلاح 3 ملايين دينار.", "supported", ""),
        (ARABIC, "قال أحمد منصور إن تكلفة الإصلاح بلغت 3 ملايين دينار.", "partial", "منصور"),
        (ENGLISH, "Zwölf Menschen wurden verletzt.", "partial", "another language"),
        (ENGLISH, "Quinze personnes ont été blessées.", "partial", "Quinze is not in the source"),
        (ENGLISH, "15人受伤。", "partial", "15 is not in the source"),
        (ENGLISH, "Kapitän Peter Vogel sagte es.", "partial", "“Peter Vogel” is not in the source"),
    ],
)
def test_what_cannot_be_checked_in_a_language_is_said(source, sentence, status, reason):
    """Words, numbers and names are compared in any language, and nothing else is claimed to be."""
    found = check(sentence, [Evidence(source, None)])
    assert found.status == status
    assert reason in " ".join(found.reasons)


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Kanzler hat am Montag mit 12 Ministern über das Gesetz gesprochen.",
        "首相は月曜日に12人の閣僚と会談した。",
        "Премьер встретился с 12 министрами в понедельник.",
    ],
)
def test_other_languages_support_themselves(sentence):
    """No check raises a false alarm on a sentence that repeats its source in another language."""
    assert check(sentence, [Evidence(sentence, None)]) == Verdict("supported")


def test_better_support_scores_higher():
    """The score orders the sentence itself, a paraphrase, a wrong number and another subject."""
    ranked = [
        SOURCE.text,
        "Rubio said that 12 soldiers were near Kharkiv.",
        "Rubio said that 21 soldiers were near Kharkiv.",
        "The bakery raised the price of bread again.",
    ]
    scores = [score(sentence, [SOURCE]) for sentence in ranked]
    assert scores == sorted(set(scores), reverse=True)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gets_a_verdict(sentence, source):
    """No text, however odd, makes the checks fail, and the score stays between 0 and 1."""
    evidence = [Evidence(source, dt.date(1, 1, 1), source)]
    verdict = check(sentence, evidence, as_of=dt.date(9999, 12, 31))
    assert (verdict.status == "supported") == (verdict.reasons == ())
    assert 0.0 <= score(sentence, evidence) <= 1.0


@dataclass(frozen=True)
class Reading:
    """Reads everything as equally doubtful, and takes some words for what it doubts."""

    odds: float
    words: str = ""

    def doubt(self, sentence: str, sources):
        return [self.odds for _ in sources]

    def doubted(self, sentence: str, source: str, context: str) -> str:
        return self.words


def test_what_is_read_as_something_else_is_doubted_though_no_rule_says_so():
    """A network that reads both is believed when it is sure, and the words it doubts are told."""
    said = "The mayor closed the old bridge after an engineer found cracks in it."
    sentence = "The mayor closed the old bridge because of cracks that an engineer found in it."
    source = Evidence(said, None)
    assert check(sentence, [source], doubts=Reading(1.0)).status == "supported"
    found = check(sentence, [source], doubts=Reading(3.0, "because of cracks"))
    assert found == Verdict("partial", ("the source may not say “because of cracks”",))


def test_dates_are_left_to_the_rules():
    """The network does not know what day an article calls Tuesday, so it cannot doubt one."""
    source = Evidence("The old bridge was closed to cars on Tuesday.", dt.date(2024, 3, 5))
    sentence = "The old bridge was closed to cars on 5 March 2024."
    assert check(sentence, [source], doubts=Reading(3.0, "5 March")).status == "supported"


def test_who_reads_does_not_doubt_numbers():
    """Rules know every form of a number; to who reads, twelve is another word than 12."""
    source = Evidence("Norling Lines sold 12 of its ferries to a company in Corran.", None)
    sentence = "Norling Lines sold twelve of its ferries to a company in Corran."
    assert check(sentence, [source], doubts=Reading(3.0, "twelve")).status == "supported"
    assert check(sentence, [source], doubts=Reading(3.0, "sold")).status == "partial"


def test_what_is_read_as_the_same_in_other_words_stands():
    """Of what is put freely it is believed that it says no more, but no number is, nor a quote."""
    source = Evidence(
        "Fire crews took four hours to bring the blaze at the mill under control.", None
    )
    freely = "Firefighters needed four hours until the flames in the factory were tamed."
    assert check(freely, [source]).status == "unsupported"
    assert check(freely, [source], doubts=Reading(-1.0)).status == "supported"
    for wrong in (freely.replace("four", "six"), freely.replace("tamed", "“as good as out”")):
        assert check(wrong, [source], doubts=Reading(-1.0)).status != "supported"


def test_what_repeats_its_source_is_left_to_the_rules():
    """A change in a sentence that is otherwise its source's is told, whatever is read there."""
    source = Evidence("Dana Ruiz beat Ola Berg in the final of the open on Sunday.", None)
    swapped = "Ola Berg beat Dana Ruiz in the final of the open on Sunday."
    assert check(swapped, [source], doubts=Reading(-3.0)).status == "partial"


def test_several_sources_are_read_alone_and_together():
    """What one of them supports, or both together, is supported; the least doubt counts."""
    asked = []

    class Together(Reading):
        def doubt(self, sentence, sources):
            asked.extend(text for text, _ in sources)
            return [3.0 if text in {"It rained.", "It was cold."} else 0.0 for text, _ in sources]

    both = [Evidence("It rained.", None), Evidence("It was cold.", None)]
    assert check("It rained and was cold.", both, doubts=Together(0.0)).status == "supported"
    assert asked == ["It rained. It was cold.", "It rained.", "It was cold."]
    long = Evidence(" ".join(f"On day {n} the rain went on as before." for n in range(40)), None)
    asked.clear()
    check("The rain went on.", [long], doubts=Together(0.0))
    assert len(asked) > 1
    assert all(len(text.split()) <= 110 for text in asked)
