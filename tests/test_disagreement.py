"""Where sources contradict each other: what is claimed, and above all what is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from assistant.bearing import bears_on, tells
from assistant.disagreement import with_disagreements
from assistant.shown import Shown
from assistant.support.conflicts.between import denial, find_conflict, number_conflict
from assistant.support.conflicts.corrections import find_corrections
from assistant.support.conflicts.told import Told
from assistant.types import Answer, Citation, Position, Question
from index.types import ArticleInfo, Hit, Passage

DAY = dt.date(2025, 3, 5)
NEXT = dt.date(2025, 3, 6)
TITLE = "Ferry Maribel runs aground off Corran Point"


def told(text, day=DAY, title=TITLE):
    return Told(text, day, f"{title}\n{text}")


ONE = "Twelve people were injured when the ferry Maribel ran aground off Corran Point."


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (
            ONE,
            "At least 14 people were hurt as the ferry Maribel ran aground off Corran Point.",
            ("Twelve people were injured", "At least 14 people were hurt"),
        ),
        (
            ONE,
            "Rescuers counted 14 injured passengers after the ferry Maribel ran aground.",
            ("Twelve people were injured", "14 injured"),
        ),
        (
            "Corran Lines paid $1.5 million for repairs of the ferry Maribel.",
            "Corran Lines spent $2.1 million on repairs of the ferry Maribel.",
            ("$1.5 million for repairs", "$2.1 million on repairs"),
        ),
    ],
)
def test_figures_that_cannot_both_be_right(one, other, said):
    """Two reports of one day that count one thing differently are told apart by their own words."""
    found = number_conflict(told(one), told(other))
    assert (found.one, found.other) == said
    back = number_conflict(told(other), told(one))
    assert (back.other, back.one) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            told(ONE),
            told("Four people were killed when the ferry Maribel ran aground off Corran Point."),
            id="other things",
        ),
        pytest.param(
            told(ONE),
            told("Two passengers were injured when the ferry Maribel ran aground off Corran."),
            id="some of them",
        ),
        pytest.param(
            told(ONE),
            told(
                "Of those hurt as the ferry Maribel ran aground, 3 people of them were flown out."
            ),
            id="a part",
        ),
        pytest.param(
            told("Twelve people were injured on Monday when the ferry Maribel hit Corran Point."),
            told("14 people were injured on Tuesday when the ferry Maribel hit Corran Point."),
            id="other days",
        ),
        pytest.param(
            told(ONE),
            told("15 people were injured when the ferry Maribel ran aground at Corran.", NEXT),
            id="a total that grew",
        ),
        pytest.param(
            told("About 30 people were injured when the ferry Maribel ran aground."),
            told("31 people were injured when the ferry Maribel ran aground."),
            id="about",
        ),
        pytest.param(
            told("More than 200 people were rescued when the ferry Maribel ran aground."),
            told("The ferry Maribel ran aground; 211 people were rescued from the ferry Maribel."),
            id="more than",
        ),
        pytest.param(
            told("4,000 people were evacuated from Corran when the ferry Maribel burned."),
            told("When the ferry Maribel burned, 3,870 people were evacuated from Corran."),
            id="rounded",
        ),
        pytest.param(
            told(ONE),
            told(
                "14 people were injured when the ferry Anneke ran aground off Sarnhaven.",
                title="Ferry Anneke runs aground off Sarnhaven",
            ),
            id="another event",
        ),
        pytest.param(
            told("In a poll by Corran News, 37% of people in Corran back the ferry Maribel."),
            told("The ferry Maribel is backed by 41% of people in Corran, a survey shows."),
            id="polls",
        ),
        pytest.param(
            told("The ferry Maribel of Corran Lines is worth $20 million."),
            told(
                "Corran Lines wants $30 million for the ferry Maribel, which is worth as much.",
                DAY + dt.timedelta(days=40),
            ),
            id="values change",
        ),
        pytest.param(
            told(ONE), replace(told(ONE.replace("Twelve", "14")), date=None), id="no date"
        ),
        pytest.param(
            told(ONE),
            told("40 people died or were injured when the ferry Maribel ran aground off Corran."),
            id="two things together",
        ),
        pytest.param(told(ONE), told(f"{ONE} Others spoke of 14 people injured."), id="knows both"),
    ],
)
def test_what_does_not_conflict(one, other):
    """A false claim that sources disagree is worse than none."""
    assert number_conflict(one, other) is None
    assert number_conflict(other, one) is None


# rates, ages, and who did it

PLACES = "Sarnhaven and Lessing after the storm at Corran Point"


def whose(text, day=DAY):
    return told(text, day, PLACES)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (
            "Inflation in Norland was 8.2 percent in September, the statistics office said.",
            "Norland's inflation rate reached 8.7 percent in September.",
            ("Inflation in Norland was 8.2 percent", "inflation rate reached 8.7 percent"),
        ),
        (
            "The Bank of Norland raised its key interest rate to 4.25 percent on Thursday.",
            "The Bank of Norland raised the key interest rate to 4.75% on Thursday.",
            ("key interest rate to 4.25 percent", "key interest rate to 4.75%"),
        ),
        (
            "Turnout in Lessing was 61% in the election of Sunday.",
            "In Lessing, turnout in the election on Sunday was 56 percent.",
            ("61% in the election", "election on Sunday was 56 percent"),
        ),
        (
            "The driver of the bus, Omar Reith, 34, was arrested in Sarnhaven.",
            "Omar Reith, 43, drove the bus in Sarnhaven and was arrested.",
            ("Omar Reith, 34", "Omar Reith, 43"),
        ),
        (
            "The driver, 34, was arrested in Sarnhaven after the bus hit Corran Bridge.",
            "The 43-year-old driver was arrested after the bus hit Corran Bridge in Sarnhaven.",
            ("The driver, 34", "The 43-year-old driver"),
        ),
        (
            "The gunman at the Sarnhaven market was identified as Omar Reith.",
            "Police named the gunman at the market of Sarnhaven as Jonas Vell.",
            (
                "The gunman at the Sarnhaven market was identified as Omar Reith",
                "named the gunman at the market of Sarnhaven as Jonas Vell",
            ),
        ),
        (
            "The Northern Front claimed responsibility for the bomb at Corran Point.",
            "The bomb at Corran Point was claimed by the Harbour Brigade.",
            ("Northern Front claimed responsibility", "claimed by the Harbour Brigade"),
        ),
        (
            "Mina Tarrow won the Lessing Book Prize for a novel about Sarnhaven.",
            "Paul Orsk, a poet, has won the Lessing Book Prize for his novel.",
            (
                "Mina Tarrow won the Lessing Book Prize",
                "Paul Orsk, a poet, has won the Lessing Book Prize",
            ),
        ),
        (
            "Mina Tarrow was appointed head of Corran Lines on Monday, the ferry company said.",
            "Paul Orsk was named as the head of Corran Lines, said the ferry company.",
            (
                "Mina Tarrow was appointed head of Corran Lines",
                "Paul Orsk was named as the head of Corran Lines",
            ),
        ),
    ],
)
def test_rates_ages_and_doers(one, other, said):
    """One rate of one period, an age, and who alone did it, are set side by side."""
    found = find_conflict(whose(one), whose(other))
    assert (found.one, found.other) == said
    back = find_conflict(whose(other), whose(one))
    assert (back.other, back.one) == said


RATE = "Inflation in Norland was 8.2 percent in September."
AGED = "The driver of the bus, Omar Reith, 34, was arrested in Sarnhaven."
NAMED = "The gunman at the Sarnhaven market was identified as Omar Reith."
WON = "Mina Tarrow won the Lessing Book Prize for a novel about Sarnhaven."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(RATE, "Inflation in Norland was 8.7 percent in August.", id="other months"),
        pytest.param(RATE, "Core inflation in Norland was 6.1 percent in September.", id="core"),
        pytest.param(RATE, "Inflation in Vallia was 8.7 percent in September.", id="elsewhere"),
        pytest.param(RATE, "Inflation in Norland was 8 percent in September.", id="rounded"),
        pytest.param(
            RATE, "Inflation in Norland is expected to be 8.7 percent in September.", id="expected"
        ),
        pytest.param(
            "A poll in Lessing sees the mayor of Sarnhaven at 41 percent.",
            "A poll in Lessing sees the mayor of Sarnhaven at 37 percent.",
            id="two polls",
        ),
        pytest.param(
            "In Lessing, 41 percent of women voted for the mayor of Sarnhaven.",
            "In Lessing, 37 percent of men voted for the mayor of Sarnhaven.",
            id="two groups",
        ),
        pytest.param(AGED, "Omar Belling, 43, was arrested in Sarnhaven.", id="another person"),
        pytest.param(AGED, "Omar Reith, then 21, drove a bus in Sarnhaven.", id="long ago"),
        pytest.param(AGED, "Omar Reith, 71, won by two strokes in Sarnhaven.", id="a score"),
        pytest.param(
            "The driver, 34, was arrested in Sarnhaven after the bus hit Corran Bridge.",
            "The other driver, 43, was hurt in Sarnhaven as the bus hit Corran Bridge.",
            id="two drivers",
        ),
        pytest.param(
            NAMED, "The gunman at the Sarnhaven market was identified as Reith.", id="surname"
        ),
        pytest.param(
            NAMED, "The gunman at the Sarnhaven market was named as Umar Reyth.", id="spelling"
        ),
        pytest.param(
            NAMED,
            "The gunman at the Lessing station was identified as Jonas Vell, not Omar Reith.",
            id="knows him",
        ),
        pytest.param(
            NAMED,
            "The driver at the Sarnhaven market was identified as Jonas Vell.",
            id="another part",
        ),
        pytest.param(WON, "Paul Orsk won the Corran Book Prize for his novel.", id="another prize"),
        pytest.param(
            WON, "Paul Orsk has not won the Lessing Book Prize for his novel.", id="has not"
        ),
        pytest.param(
            WON, "Paul Orsk may have won the Lessing Book Prize for his novel.", id="may have"
        ),
        pytest.param(
            "Mina Tarrow won the gold medal in Lessing.",
            "Paul Orsk won the gold medal in Lessing.",
            id="many medals",
        ),
    ],
)
def test_other_rates_ages_and_doers(one, other):
    """Another month, group, poll, person, prize, or spelling is no contradiction."""
    assert find_conflict(whose(one), whose(other)) is None
    assert find_conflict(whose(other), whose(one)) is None


def test_one_place_is_enough_for_a_rate():
    """Reports on a rate may name nothing else in common than whose it is."""
    other = "Inflation in Norland reached 8.7 percent in September."
    one = told(RATE, title="Prices rise")
    assert find_conflict(one, told(other, title="Bread costs more"))


def test_a_birthday_is_no_contradiction():
    """A year more is one day's news; on the same day it is somebody's mistake."""
    older = AGED.replace("34", "35")
    assert find_conflict(whose(AGED), whose(older, NEXT)) is None
    assert find_conflict(whose(AGED), whose(older))


INSPECTED = "Corran Lines said that the Maribel had passed a full inspection in October."
DENIED = "The port authority denies that the Maribel was inspected in October."


def test_a_statement_and_its_denial():
    """What one outlet has somebody state and another has somebody deny are set side by side."""
    found = denial(told(INSPECTED), told(DENIED, NEXT))
    assert (found.one, found.other) == (INSPECTED, DENIED)
    assert denial(told(DENIED, NEXT), told(INSPECTED)).other == INSPECTED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told(DENIED), told(DENIED.replace("port authority", "minister"))),
        (told(DENIED), told("The Maribel was not inspected in October, said the minister.")),
        (told(DENIED), told("The Maribel carried a hundred people in October.")),
        (told(DENIED), told(INSPECTED, DAY - dt.timedelta(days=60))),
        (told(DENIED), told(INSPECTED, NEXT)),
        (told("Congress denied the Maribel an inspection in October."), told(INSPECTED)),
        (
            told(DENIED.replace("Maribel", "Anneke Roos"), title="Port authority speaks"),
            told(INSPECTED),
        ),
    ],
)
def test_what_is_no_denial(one, other):
    """Neither two denials, nor one of something else, nor other meanings of the word."""
    assert denial(one, other) is None
    assert denial(other, one) is None


def test_a_total_that_shrank():
    """What can only grow contradicts an earlier report when it is smaller later."""
    early = told("14 people were injured when the ferry Maribel ran aground off Corran Point.")
    assert number_conflict(early, told(ONE, NEXT))


@pytest.mark.parametrize(
    ("sentences", "wrong"),
    [
        (
            [
                "Correction: An earlier version said that the coastguard counted 14 injured.",
                "The coastguard's figure was 12.",
            ],
            {"14"},
        ),
        (["Correction: The repairs cost $1.5 million, not $2.1 million."], {"2.1e+06"}),
        (
            [
                "An earlier version of this article gave the judge's name as Omar Reed.",
                "He is Omar Reith.",
            ],
            {"reed"},
        ),
        (
            [
                "In an article of 10 April we wrote that the new roof would cost 870,000 dollars.",
                "The correct figure is 1.2 million dollars.",
            ],
            {"870000"},
        ),
        (
            [
                "On Thursday we reported that the roof would cost 870,000 dollars.",
                "In fact it will cost 1.2 million dollars.",
            ],
            {"870000"},
        ),
        (
            [
                "An article on Thursday misstated the cost of the roof.",
                "It is 1.2 million dollars, not 870,000.",
            ],
            {"870000"},
        ),
        (
            ["An earlier version gave the cost as 870,000 dollars.", "It is 1.2 million."],
            {"870000"},
        ),
        (["The age of the driver is 43, not 34 as we reported on Thursday."], {"34"}),
        (
            [
                "An earlier version of this article misspelled the name of the director.",
                "She is Hedda Myhre, not Hilda Myhre.",
            ],
            {"hilda"},
        ),
        (["This article has been corrected: 17 people were injured, not 22."], {"22"}),
        (
            ["This article was amended on 3 May to say that 17 people were injured, not 22."],
            {"22"},
        ),
        (
            [
                "The mayor said on Thursday that we reported 14 fires.",
                "In fact, there were 12.",
            ],
            set(),
        ),
        (["“The roof was dear.", "In fact, it cost 12 million, not 10.”"], set()),
        (["“It began badly.", "On Thursday we reported 14 fires.", "In fact it was 12.”"], set()),
        (["“He is 43, not 34 as we reported,” said the head of the police."], set()),
        (["On Thursday we reported 14 fires.", "The town counted 12 more on Friday."], set()),
        (["The driver is 43, not 34, the police reported."], set()),
        (["This article was updated to say that 3 men were not charged in 12 cases."], set()),
        (
            [
                "News: An earlier version misspelled a name. https://post.example/2025/03/21/a",
                "Money: One of 2 videos was replaced.",
            ],
            set(),
        ),
        (["The coastguard corrected its course.", "It counted 12."], set()),
        (["An earlier version of the plan had 14 stops.", "It now has 12."], set()),
    ],
)
def test_corrections(sentences, wrong):
    """A notice takes back the figure or name that it replaces, and nothing else is a notice."""
    found = find_corrections(sentences)
    assert {word for each in found for word in each.wrong} == wrong
    assert all(each.last == len(sentences) - 1 for each in found)


# in an answer


def hit(source, text, day=DAY, copies=()):
    info = ArticleInfo(TITLE, day, source, (), f"https://{source.lower()}.example/{day}", "", 1, "")
    return Hit(Passage(info, 0, 0, len(text), text), 1.0, {}, {}, copies)


def answered(*hits, cited=1, asked="How many?"):
    """An answer that cites the first sentence of the first hits."""
    shown = Shown.of(hits)
    ranges = [next(shown.sentences(number)) for number in range(1, cited + 1)]
    citations = tuple(
        Citation(number, part.passage.article, part.start, part.end, part.text)
        for number, part in enumerate(ranges, 1)
    )
    question = Question(asked, asked, NEXT)
    answer = Answer(question, "model", "Twelve.", abstained=False, citations=citations)
    return with_disagreements(answer, hits)


OTHER = "Fourteen people were injured when the ferry Maribel ran aground off Corran Point."


def test_what_was_not_cited_is_cited_for_it():
    """The source that says otherwise is cited, even where the answer has left it out."""
    answer = answered(hit("Post", ONE), hit("Courier", OTHER))
    (disagreement,) = answer.disagreements
    assert disagreement.positions == (
        Position("Twelve people were injured", (1,)),
        Position("Fourteen people were injured", (2,)),
    )
    assert [citation.quote for citation in answer.citations] == [ONE, OTHER]


def test_each_position_is_told_once():
    """Sources that say the same stand together, and each disagreement once."""
    answer = answered(hit("Post", ONE), hit("Courier", OTHER), hit("Echo", ONE), cited=3)
    (disagreement,) = answer.disagreements
    assert [position.citations for position in disagreement.positions] == [(1, 3), (2,)]


def test_copies_of_a_report_do_not_contradict_it():
    """An article that carries the same report is no further source."""
    other = hit("Courier", OTHER)
    first = hit("Post", ONE, copies=(other.passage.article,))
    assert answered(first, other).disagreements == ()


def test_a_correction_wins():
    """What an outlet has taken back stands last, with the day on which it was corrected."""
    notice = (
        "Correction: An earlier version of our report said that 14 people were injured on the"
        " Maribel. The figure is 12."
    )
    answer = answered(hit("Post", OTHER), hit("Post", notice, NEXT))
    (disagreement,) = answer.disagreements
    assert disagreement.positions == (
        Position("The figure is 12.", (2,)),
        Position(OTHER, (1,), correction=2),
    )
    assert answer.citations[1].article.date == NEXT
    assert answered(hit("Post", OTHER), hit("Courier", notice, NEXT)).disagreements == ()
    assert answered(hit("Post", OTHER, NEXT), hit("Post", notice, DAY)).disagreements == ()


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        (
            "On Wednesday we reported that 14 were injured on the Maribel. In fact it was 12.",
            "In fact it was 12.",
        ),
        (
            "A report misstated how many were injured on the Maribel. It was 12 people, not 14.",
            "It was 12 people, not 14.",
        ),
    ],
)
def test_a_correction_is_told_by_its_last_sentence(notice, said):
    """What is shown as right is the sentence that says so, not the mistake that it repeats."""
    (disagreement,) = answered(hit("Post", OTHER), hit("Post", notice, NEXT)).disagreements
    assert disagreement.positions == (Position(said, (2,)), Position(OTHER, (1,), correction=2))


@pytest.mark.parametrize(
    ("question", "concerns"),
    [
        ("Maribel", True),
        ("What happened on the Maribel?", True),
        ("How many were wounded on the Maribel?", True),
        ("Who was hurt on the Maribel?", True),
        ("Why did the ferry run aground?", False),
        ("What caused the accident of the ferry?", False),
        ("Who is the captain of the ferry?", False),
        ("When did the ferry run aground?", False),
    ],
)
def test_a_figure_that_was_not_asked_for(question, concerns):
    """Who asks for a name, a day or a reason is not told that a number is in dispute."""
    answer = answered(hit("Post", ONE), hit("Courier", OTHER), asked=question)
    assert bool(answer.disagreements) == concerns
    assert len(answer.citations) == 1 + concerns


@pytest.mark.parametrize(
    ("question", "concerns"),
    [
        ("Who won the race round Corran Point?", True),
        ("Who was the winner of the race?", True),
        ("Why did the race begin so late?", False),
        ("Who paid for the prize of the race?", False),
    ],
)
def test_a_name_that_was_not_asked_for(question, concerns):
    """Where names differ, it is what was done that a question has to ask about."""
    asked = Question(question, question, NEXT)
    sentence = "Ada Finch won the race round Corran Point."
    assert bears_on(asked, ["Ada Finch", "Nell Gray"], sentence) == concerns


def test_a_figure_that_a_model_tells_unasked():
    """What a model writes itself is in dispute, too, where nobody had asked for it."""
    said = "Twelve people were injured"
    assert tells("Its rudder broke, and 12 people were hurt.", said)
    assert not tells("Its rudder broke off Corran Point.", said)
    assert tells("The authority denies that the ferry was inspected.", "It denies an inspection.")
    assert not tells("The ferry is old.", "The port denies an inspection of the ferry in spring.")
