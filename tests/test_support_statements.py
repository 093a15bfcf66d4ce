"""What a sentence says of its facts, against what its source says of them."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.support import Evidence, check
from assistant.support.facts import check_changes, check_places, check_statements
from assistant.support.text.frames import frames
from assistant.support.text.meanings import are_opposite, root
from assistant.types import Verdict

DAY = dt.date(2025, 3, 20)


def unlike(_, others):
    return [0.1 for _ in others]


def verdict(sentence, source):
    return check(sentence, [Evidence(source, DAY)], as_of=DAY)


@pytest.mark.parametrize(
    ("source", "sentence", "reason"),
    [
        (
            "The council approved the plan for the new library.",
            "The council did not approve the plan for the new library.",
            "the source says “approved”, not “did not approve”",
        ),
        (
            "The ministry has not inspected the dam since 2019.",
            "The ministry has inspected the dam since 2019.",
            "the source says “has not inspected”, not “has inspected”",
        ),
        (
            "The bank may raise its interest rate in June.",
            "The bank will raise its interest rate in June.",
            "the source says “may raise”, not “will raise”",
        ),
        (
            "Halvex plans to close its plant in Tindra.",
            "Halvex is closing its plant in Tindra.",
            "the source says “plans to close”, not “is closing”",
        ),
        (
            "Profits rose to €40 million in the second quarter.",
            "Profits fell to €40 million in the second quarter.",
            "the source says “rose”, not “fell”",
        ),
        (
            "The dam had cracks before the flood, the engineer said.",
            "The dam is safe.",
            None,
        ),
        (
            "The port failed to inspect the ferry, Judge Omar Reith said.",
            "The port failed to inspect the ferry.",
            "the source attributes this to Judge Omar Reith",
        ),
        (
            "The port failed to inspect the ferry, Judge Omar Reith said.",
            "The port failed to inspect the ferry, Nell Gray said.",
            "the source attributes this to Judge Omar Reith, not to Nell Gray",
        ),
        (
            "Minister Ana Okafor denied that the dam had been neglected.",
            "The dam had been neglected.",
            "the source says that Minister Ana Okafor denied it",
        ),
        (
            "Twelve people were killed and 40 injured in the crash.",
            "Forty people were killed and 12 injured in the crash.",
            None,
        ),
        (
            "Police in Lessing arrested Omar Reith after Brandt accused Marsh of fraud.",
            "Police in Lessing arrested Omar Reith after Marsh accused Brandt of fraud.",
            "the source says “Brandt accused Marsh”, not “Marsh accused Brandt”",
        ),
        (
            "The harbour was closed for a week, Lund's lawyer said.",
            "The harbour was closed for a week, Ida Lund said.",
            "the source attributes this to Lund's lawyer, not to Ida Lund",
        ),
        (
            "The harbour is safe for the ferry, wrote Rep. Nell Gray.",
            "The harbour is safe for the ferry, wrote Omar Reith.",
            "the source attributes this to Rep. Nell Gray, not to Omar Reith",
        ),
        (
            "According to the FTC, the company added false “Made in Tarn” labels to clothing.",
            "The company added false “Made in Tarn” labels to clothing.",
            "the source attributes this to the FTC",
        ),
    ],
)
def test_what_is_said_otherwise_is_told(source, sentence, reason):
    """The opposite, the surer and the unattributed are no paraphrases, and say what differs."""
    found = verdict(sentence, source)
    assert found.status != "supported"
    if reason is not None:
        assert reason in found.reasons


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "The council rejected the plan for a new library.",
            "The council did not approve the plan for a new library.",
        ),
        (
            "The ministry failed to inspect the dam in 2019.",
            "The ministry did not inspect the dam in 2019.",
        ),
        ("The shop will not open until May.", "The shop will open in May."),
        (
            "The harbour was inspected at 8.55 a.m. by engineers from Lansdale, Pa.",
            "Engineers of Lansdale, Pennsylvania, made the inspection at 8.55 in the morning.",
        ),
        (
            "The bank may raise its interest rate in June, it said.",
            "In June the bank might raise its interest rate, according to a statement.",
        ),
        (
            "Halvex plans to close its plant in Tindra.",
            "The plant in Tindra is to be closed, according to the plans of Halvex.",
        ),
        (
            "The port failed to inspect the ferry, Judge Omar Reith said.",
            "According to Reith, the port did not inspect the ferry.",
        ),
        (
            "Brandt was elected mayor by the council on Monday.",
            "The council elected Brandt mayor on Monday.",
        ),
        (
            "Twelve people were killed and 40 injured in the crash.",
            "The crash injured 40 people and killed 12.",
        ),
        ("Profits rose by 4% while sales fell.", "Sales fell while profits rose by 4%."),
        (
            "The law was passed by 40 votes to 12.",
            "Parliament passed the law by 40 votes to 12.",
        ),
    ],
)
def test_what_is_said_in_other_words_is_supported(source, sentence):
    """Denials, hedges and speakers may be put otherwise, and sides may change with the voice."""
    assert verdict(sentence, source) == Verdict("supported")


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("The dam is safe, Ana Okafor said.", "Ana Okafor", "The dam is safe, "),
        ("Ana Okafor said that the dam was safe.", "Ana Okafor", " the dam was safe."),
        ("According to Ana Okafor, the dam is safe.", "Ana Okafor", ", the dam is safe."),
        (
            "The dam is safe, said Ana Okafor, the minister.",
            "Ana Okafor, the minister",
            "The dam is safe, ",
        ),
        (
            "The minister, Ana Okafor, said the dam was safe.",
            "The minister, Ana Okafor",
            " the dam was safe.",
        ),
        ("Still, says Ana Okafor, the dam is safe.", "Ana Okafor", ", the dam is safe."),
        (
            "They left; Ana Okafor, 45, said the dam was safe.",
            "Ana Okafor, 45",
            " the dam was safe.",
        ),
        (
            "Told of the storm, Ana Okafor, the minister, said the dam was safe.",
            "Ana Okafor, the minister",
            " the dam was safe.",
        ),
        (
            "While her family said that the dam was safe, the town drowned.",
            "her family",
            " the dam was safe",
        ),
        (
            "The dam is safe, according to Ana Okafor, the head of the works.",
            "Ana Okafor, the head of the works",
            "The dam is safe, ",
        ),
        (
            "Okafor sent a letter in which she claimed that the dam was safe.",
            "she",
            " the dam was safe.",
        ),
        (
            "Tarn Water (TW) on Monday said the dam was safe.",
            "Tarn Water",
            " the dam was safe.",
        ),
        (
            "According to the T.W. Board of Tindra, the dam is safe.",
            "the T.W. Board of Tindra",
            ", the dam is safe.",
        ),
    ],
)
def test_who_says_what(text, who, said):
    """The speaker is found before, behind and in front of what is said."""
    (frame,) = frames(text)
    assert frame.who == who
    assert text[frame.start : frame.end] == said


@pytest.mark.parametrize(
    "text",
    [
        "Ana Okafor told him to close all of the gates.",
        "Ana Okafor told wardens on May 3 after waiting for a day.",
        "About half of the country, or 22 states, is flooded by now.",
        "Ana Okafor wrote a letter to the head of the works.",
        "The works have added the dam to a list of those at risk.",
    ],
)
def test_what_is_no_statement(text):
    """Orders, letters, counted states and what is added to a list have nobody state a fact."""
    assert not frames(text)


@pytest.mark.parametrize(
    ("one", "other", "opposed"),
    [
        ("rose", "fell", True),
        ("approved", "rejected", True),
        ("legal", "illegal", True),
        ("rose", "increased", False),
        ("dead", "killed", False),
    ],
)
def test_opposites(one, other, opposed):
    """Opposites are known in all their forms, and words of one meaning are none."""
    assert are_opposite(root(one), root(other)) is opposed


@pytest.mark.parametrize(
    ("source", "sentence", "reason"),
    [
        (
            "The road to Tindra was closed for days when the dam near Lower Tarn broke.",
            "The road to Lower Tarn was closed for days when the dam near Tindra broke.",
            "the source says “Lower Tarn broke”, not “Tindra broke”",
        ),
        (
            "After its first win, Tindra played scoreless draws against Corran and Lessing.",
            "After its first win, Corran played scoreless draws against Tindra and Lessing.",
            "the source says “Tindra”, not “Corran”",
        ),
        (
            "Reith told police that Ida Lund hit him in the face.",
            "Lund told police that Ida Lund hit him in the face.",
            "the source attributes this to Reith, not to Lund",
        ),
        (
            "The tunnel, built for 20 years, has enough steel to stand for 35 years.",
            "The tunnel, built for 35 years, has enough steel to stand for 20 years.",
            "the source says “20”, not “35”",
        ),
        (
            "Supporters of Tindra will say that the club was lucky this season.",
            "Supporters of Lessing will say that the club was lucky this season.",
            "the source says “Tindra”, not “Lessing”",
        ),
        (
            "The harbour board will open the new bridge in October, Lund said.",
            "The harbour board has opened the new bridge in October, Lund said.",
            "the source says “will open”, not “has opened”",
        ),
        (
            "The states were not remotely prepared for the heat.",
            "The states were well prepared for the heat.",
            "the source says “were not remotely prepared”, not “prepared”",
        ),
    ],
)
def test_what_a_repeated_sentence_changes_is_told(source, sentence, reason):
    """In a sentence that repeats its source, names, numbers, doubts and tenses are kept."""
    evidence = Evidence(source, DAY, f"{source} Lessing played as well.")
    assert check(sentence, [evidence]) == Verdict("partial", (reason,))


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "The court of Tindra cannot force the ministry to reveal how it chose the bidder.",
            "No judge is able to make the ministry say why it picked that bidder.",
        ),
        (
            "The International Harbour Office warns that storms will come more often.",
            "The IHO warns that storms will come more often.",
        ),
        (
            "Reith does not believe that the Lessing yard can win the contract.",
            "Reith thinks that the Lessing yard cannot win the contract.",
        ),
        (
            "Of all the ships of the line, the Anneke was the slowest in the storm.",
            "No ship of the line was slower in the storm than the Anneke.",
        ),
        ("Lund sold more than 40 boats last year.", "More than 40 boats of Lund's were bought."),
        (
            "The bridge may open in the first weeks of June.",
            "It may open in the first half of June.",
        ),
        ("The ferry is not the only ship that Lund owns.", "Lund owns the ferry and another ship."),
        ("It was the firm's initial bid for the harbour.", "It was the firm's first bid for it."),
        ("About a third of the yard's 900 jobs will go.", "Roughly 300 of the yard's jobs go."),
        ("Lund leads the harbour in the United States.", "Lund leads the harbour in the U.S."),
        (
            "It is the first time in decades that both dams of Tarn have cracked at once.",
            "Both dams of Tarn had not cracked at once for decades.",
        ),
        (
            "Lund had never led a choir in Lessing.",
            "Lund led a choir in Lessing for the first time.",
        ),
        (
            "“We have to finish the dam or else the valley will drown,” Lund said.",
            "Lund said that the valley would drown if the dam was not finished.",
        ),
        (
            "The inquiry concludes that Halvex broke the rules of the yard.",
            "The inquiry finds that Halvex broke the rules of the yard.",
        ),
        (
            "Lund wants a wage for the first and second divisions of the league.",
            "Lund wants a wage for the two divisions of the league.",
        ),
        (
            "Tarn made her the league’s first seven-figure coach.",
            "She is the first coach of the league whom Tarn pays a million dollars.",
        ),
    ],
)
def test_other_words_are_no_changes(source, sentence):
    """What is put freely, shortened, counted out or called by its initials is supported."""
    assert verdict(sentence, source) == Verdict("supported")


def test_words_in_the_place_of_others_have_to_mean_the_same():
    """A replaced or added word that makes a repeated sentence unlike itself is told."""
    source = "The parliament of Tindra has voted to abolish the tax on bread and milk."
    for sentence, near, reasons in (
        (source.replace("abolish", "restore"), 0.8, ("the source says “abolish”, not “restore”",)),
        (source.replace("abolish", "drop"), 0.97, ()),
        (source.replace("has", "has secretly"), 0.8, ("the source does not say “secretly”",)),
        (source.replace("has", "has now duly"), 0.97, ()),
    ):
        evidence = [Evidence(source, DAY)]
        found = check(sentence, evidence, likeness=lambda _, texts, near=near: [near] * len(texts))
        assert found.reasons == reasons


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "Since it was first counted in 2006, attendance in Tarn has not fallen below 300.",
            "Since it was first counted in 2006, attendance in Tarn has fallen below 300.",
        ),
        (
            "If the dam is finished by June, the valley of Tarn will be safe.",
            "If the dam is not finished by June, the valley of Tarn will be safe.",
        ),
    ],
)
def test_a_condition_or_a_first_time_hides_no_denial(source, sentence):
    """What both sentences suppose, or call the first, may still not be turned round."""
    assert verdict(sentence, source).status != "supported"


_DAM = "The dam above Tarn cracked on Sunday, and the families below it were taken to Lessing."


@pytest.mark.parametrize(
    ("source", "sentence", "own"),
    [
        (
            _DAM,
            "The dam above Tarn cracked on Sunday, which engineers had feared for years.",
            "which engineers had feared for years",
        ),
        (
            _DAM,
            _DAM.replace(", and", ", leaving many homes without any power, and"),
            "leaving many homes without any power",
        ),
        (
            _DAM,
            "The dam above Tarn cracked on Sunday because the company had ignored warnings.",
            "because the company had ignored warnings",
        ),
        (_DAM, "The dam above Tarn cracked on Sunday, and the minister resigned.", None),
        (_DAM, "The dam above Tarn cracked on Sunday.", ""),
        (_DAM, "On Sunday cracks ran through the dam, and those living below had to go.", ""),
    ],
)
def test_a_clause_of_its_own_is_told(source, sentence, own):
    """What is added to a sentence of the source is named; what is said in other words is not."""
    near = {"and those living below had to go": 0.5}
    found = check(
        sentence,
        [Evidence(source, DAY)],
        likeness=lambda text, texts: [near.get(text.strip(" ."), 0.1)] * len(texts),
    )
    if own is None:
        assert found.status != "supported"
    elif own:
        assert found == Verdict("partial", (f"the source does not say “{own}”",))
    else:
        assert not any("does not say" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("rest", "tells"),
    [
        ("The dam above Tarn cracked on Sunday", True),
        ("The dam above Tarn cracked on Sunday after much rain in winter", False),
    ],
)
def test_a_sentence_that_is_cited_as_a_neighbour_says_less(rest, tells):
    """A neighbour is about the same matter, so it has to be nearer, unless it is told from, too."""
    after = "Winter had brought more rain to the valley than any other in memory."
    own = "as engineers had long predicted"
    near = {after.strip("."): 0.35}
    found = check(
        f"{rest}, {own}.",
        [Evidence(f"{_DAM} {after}", DAY)],
        likeness=lambda _, texts: [near.get(text.strip("."), 0.1) for text in texts],
    )
    assert tells == (found.reasons == (f"the source does not say “{own}”",))


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("At least 70 cars burned in Tarn.", "In Tarn 70 cars or more burned."),
        ("The guards were not in the area of Tarn.", "The guards were out of the area of Tarn."),
        ("In Tarn 900 votes remain to be counted.", "In Tarn 900 votes are uncounted."),
        (
            "Tarn is the first city in history to host both fairs.",
            "No city before Tarn had ever hosted both fairs in history.",
        ),
        (
            "The mayor held a dinner for the guests of Tarn.",
            "The mayor gave the guests of Tarn a dinner.",
        ),
        (
            "There was no sense of relief or surprise in Tarn.",
            "There was neither relief nor surprise in Tarn.",
        ),
        (
            "High tides are cooling the market in Tarn.",
            "The market in Tarn is being cooled by high tides.",
        ),
        (
            "Halvex said it plans to end the default for minors.",
            "Halvex plans to end the default for minors.",
        ),
        (
            "Tarn had 12% more visitors in May, according to the ministry's data.",
            "Tarn had 12% more visitors in May.",
        ),
        (
            "Rents fell in all but two towns, according to the Bureau for Rent Control of Tarn.",
            "Rents fell in all except two towns, the BRC says.",
        ),
    ],
)
def test_what_is_said_the_other_way_round_is_not_suspected(source, sentence):
    """Limits, converses, a first time, and who says what of itself are the same in other words."""
    assert verdict(sentence, source).reasons == ()


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "Tarn has 90 ferries, according to the latest filing with the harbour office.",
            "Tarn has 90 ferries.",
        ),
        (
            "“The ferries of Tarn are filthy and late every day,” Lund said.",
            "The ferries of Tarn are late and filthy every day, the writer complains.",
        ),
        (
            "Lund said that the ferries of Tarn use too much oil in winter.",
            "In Lund's tests, the ferries of Tarn use too much oil in winter.",
        ),
        (
            "Lund said that he quit the ferries of Tarn after a storm.",
            "The sailor quit the ferries of Tarn after a storm.",
        ),
        (
            "“No, the ferries of Tarn are safe in winter,” the Ohio Democrat said.",
            "The ferries of Tarn are safe in winter, said Lund.",
        ),
        (
            "The ferries of Tarn are safe in winter, according to the Canadian government.",
            "The ferries of Tarn are safe in winter, Ottawa says.",
        ),
        (
            "Videos on social media showed ferries of Tarn on fire in the harbour.",
            "Footage shows ferries of Tarn on fire in the harbour.",
        ),
        (
            "The ferries of Tarn are safe in winter, said Ida Lund, the state's attorney.",
            "The ferries of Tarn are safe in winter, prosecutor Ida Lund said.",
        ),
        (
            "At least 32 ferries of Tarn leak in winter, according to the Herald's calculations.",
            "The Herald calculates that at least 32 ferries of Tarn leak in winter.",
        ),
        (
            "More than 40% of the ferries' crews in Tarn report that they are cold, Lund told us.",
            "More than four in ten of the ferries' crews in Tarn say they are cold, Lund told us.",
        ),
    ],
)
def test_the_same_speaker_in_other_words_is_kept(source, sentence):
    """Complaints, tests, filings, seats of power and what one says of oneself name the speaker."""
    assert not any("attributes" in reason for reason in verdict(sentence, source).reasons)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "“No, the ferries of Tarn are safe in winter,” the Ohio Democrat said.",
            "The ferries of Tarn are safe in winter, said the Justice Department.",
        ),
        (
            "The ferries of Tarn are safe in winter, according to the Canadian government.",
            "The ferries of Tarn are safe in winter, Paris says.",
        ),
        (
            "Lund said that her son quit the ferries of Tarn after a storm.",
            "The boy quit the ferries of Tarn after a storm.",
        ),
        (
            "The ferries of Tarn are unsafe in winter, Lund said.",
            "The ferries of Tarn are unsafe in winter.",
        ),
        (
            "The ferries of Tarn are safe in winter, said Ida Lund's attorney.",
            "The ferries of Tarn are safe in winter, Ida Lund said.",
        ),
        (
            "“The ferries of Tarn are unsafe in winter,” Ida Lund, the mayor of Tarn, said.",
            "The ferries of Tarn are unsafe in winter.",
        ),
        (
            "The ferries of Tarn are unsafe in winter, the automaker said.",
            "The ferries of Tarn are unsafe in winter.",
        ),
    ],
)
def test_another_speaker_or_none_is_told(source, sentence):
    """Somebody else's word is not the speaker's, and no word at all makes it a fact."""
    assert any("attributes" in reason for reason in verdict(sentence, source).reasons)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "The shipping company said Friday it is raising the fares to Tarn and Lessing.",
            "Halvex is raising the fares to Tarn and Lessing.",
        ),
        (
            "Halvex does not know how to mend the bow doors, the company said.",
            "Halvex does not know how to mend the bow doors.",
        ),
        (
            "The bow doors of 14 ferries leak, according to data shared by the harbour office.",
            "The bow doors of 14 ferries leak.",
        ),
        (
            "Tarn's constitution states that no ferry may sail without a pilot on board.",
            "No ferry may sail without a pilot on board.",
        ),
    ],
)
def test_what_is_told_of_oneself_and_figures_and_laws_need_no_speaker(source, sentence):
    """What a company does it may have said itself, and figures and laws say what is so."""
    evidence = [Evidence(source, None, f"Halvex\n{source}")]
    assert not any("attributes" in one for one in check(sentence, evidence).reasons)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "Ida Lund said last year that the ferries are late, according to the Tarn Herald.",
            "Last year Lund said that the boats are never on time.",
        ),
        (
            "“We were overjoyed to sail with the children of Tarn.”",
            "The crew was overjoyed to sail with Tarn's children.",
        ),
        (
            "The Energy Council of Tindra, or ECOT, in its report, said the grid is ready for May.",
            "ECOT says that the grid is ready for May.",
        ),
    ],
)
def test_who_relays_it_may_go_unnamed(source, sentence):
    """Who relays a statement is no speaker, and one's own words may be told of oneself."""
    assert not any("attributes" in reason for reason in verdict(sentence, source).reasons)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (  # in other words
            "Nobody had all six numbers in the drawing on Tuesday evening, the lottery said.",
            "No ticket got all six numbers in Tuesday evening's drawing.",
        ),
        (  # blame
            "The fire on the Orla was the fault of a careless cook on deck, the company said.",
            "A careless cook on deck was at fault for the Orla fire.",
        ),
        (  # a party
            "The guards were asleep all night in the wheelhouse of the ferry, the union said.",
            "All night the guards slept in the ferry's wheelhouse.",
        ),
        (  # foretold by one person
            "Rents in Tarn will climb by spring for most of the tenants, Lund said.",
            "For most tenants in Tarn rents will be up by spring.",
        ),
        (  # a figure of one person
            "Rents in Tarn make up 40% of what most of the tenants earn, Lund said.",
            "Most tenants in Tarn spend 40% of what they earn on rents.",
        ),
        (  # argued, not said
            "The port owns the pier and everything on it, the agency argued in its letter.",
            "The pier is owned by the port with everything on it.",
        ),
    ],
)
def test_who_says_it_is_named(source, sentence):
    """Blame, sides, forecasts, figures and arguments stay what somebody says."""
    assert any("attributes" in reason for reason in verdict(sentence, source).reasons)


def test_who_is_introduced_with_an_office_speaks_for_it():
    """A spokesman may be called by those he speaks for, but not by others that stand near."""
    source = "Reith said the harbour had learnt of the fire from the radio."
    evidence = Evidence(source, None, "Omar met Lund. Tarn Ferries spokesman Omar Reith was there.")
    told = (
        check(f"{who} said the harbour had learnt of the fire from the radio.", [evidence])
        for who in ("Tarn Ferries", "Lund")
    )
    assert ["attributes" in " ".join(verdict.reasons) for verdict in told] == [False, True]


@pytest.mark.parametrize(
    ("source", "fair", "unfair"),
    [
        (
            "Lund went to the ferry three days after opposing the tax on boats.",
            "Three days before going to the ferry, Lund opposed the tax on boats.",
            "Lund went to the ferry three days before opposing the tax on boats.",
        ),
        (
            "Lund did not apologize to the crew nor condemn the captain of the ferry.",
            "Lund did not apologize to the crew or condemn the captain of the ferry.",
            "Lund did not apologize to the crew but condemned the captain of the ferry.",
        ),
        (
            "Lund took her son to the ferry so he could see the harbour of Tarn.",
            "Lund took her son to the ferry to see the harbour of Tarn.",
            "Lund took her son to the ferry and he may not see the harbour of Tarn.",
        ),
        (
            "The ferry will return to the harbour of Tarn in May.",
            "The ferry goes back to the harbour of Tarn in May.",
            "The ferry has returned to the harbour of Tarn in May.",
        ),
        (
            "Ferries must leave Tarn at most two hours after the storm warning.",
            "Ferries must leave Tarn no more than two hours after the storm warning.",
            "Ferries must leave Tarn at least two hours after the storm warning.",
        ),
        (
            "The repairs could potentially delay the ferries to Tarn this spring.",
            "The repairs could delay the ferries to Tarn this spring.",
            "The repairs delay the ferries to Tarn this spring.",
        ),
        (
            "Lund said that both crews could sail round the island of Tarn in May.",
            "It is “possible”, Lund said, for both crews to sail round the island of Tarn in May.",
            "Lund said that both crews sail round the island of Tarn in May.",
        ),
        (
            "The ferries are scheduled to return to the harbour of Tarn in May.",
            "The ferries are to return to the harbour of Tarn in May.",
            "The ferries are returning to the harbour of Tarn in May.",
        ),
        (
            "A sailor of 30 allegedly robbed the ferry office of Tarn in May.",
            "A sailor of 30 is alleged to have robbed the ferry office of Tarn in May.",
            "A sailor of 30 robbed the ferry office of Tarn in May.",
        ),
        (
            "The ministry says tickets are expected to cost 9 crowns in Tarn in May.",
            "The ministry puts what tickets cost in Tarn in May at 9 crowns.",
            "The ministry says tickets cost 9 crowns in Tarn in May.",
        ),
        (
            "The app will check a passenger's ticket by scanning the card at the harbour of Tarn.",
            "Passengers can have a ticket checked by scanning the card at the harbour of Tarn.",
            "The app checked a passenger's ticket by scanning the card at the harbour of Tarn.",
        ),
        (
            "Ida says the captain showed the map, but not where the wreck lies.",
            "Ida heard the captain show the map without saying where the wreck lies.",
            "Ida does not say that the captain showed the map where the wreck lies.",
        ),
        (
            "As many as 900 sailors could lose their pensions in Tarn after May, Lund warned.",
            "As many as 900 sailors could be without pensions in Tarn after May, Lund warned.",
            "As many as 900 sailors could not lose their pensions in Tarn after May, Lund warned.",
        ),
        (
            "Lund thinks that a bridge makes very little sense now but possibly more next year.",
            "Lund thinks that a bridge is hardly sensible now but possibly more next year.",
            "Lund does not think that a bridge makes very little sense now but more next year.",
        ),
        (
            "Tarn has filled its inns thanks to an earlier-than-usual rise in bookings.",
            "An unusually early rise in bookings has filled the inns of Tarn.",
            "A late rise in bookings has filled the inns of Tarn.",
        ),
        (
            "Ferry crashes increase in Tarn after the barometer falls in autumn.",
            "Ferry crashes go up in Tarn after the autumn turn of the barometer.",
            "Ferry crashes decrease in Tarn after the barometer falls in autumn.",
        ),
        (
            "Ferry crashes fell in Tarn in May, as thefts on the ships increased.",
            "Ferry crashes went down in Tarn in May.",
            "Ferry crashes went up in Tarn in May.",
        ),
        (
            "Tarn is still waiting for its first regatta title since winning the cup in 1966.",
            "Tarn last won a regatta title in 1966.",
            "Tarn is still waiting for its last regatta title since winning the cup in 1966.",
        ),
        (
            "The crew was fined after the captain forgot to declare a crate of rum in Tarn.",
            "The crew was fined in Tarn over an undeclared crate of rum.",
            "The crew was not fined in Tarn after the captain forgot to declare a crate of rum.",
        ),
        (
            "Lund said that fares are climbing as demand continues to outpace supply in Tarn.",
            "Lund said that fares are climbing because supply in Tarn cannot keep up with demand.",
            "Lund said that fares are falling as demand continues to outpace supply in Tarn.",
        ),
        (
            "Lund followed letters that, according to Reith, broke rules of the office in Tarn.",
            "Lund followed letters.",
            "The letters broke rules of the office in Tarn.",
        ),
        (
            "Halvex announced in Tarn it was selling its ferries for scrap, the firm said in May.",
            "Halvex is selling its ferries for scrap.",
            "Tarn's ferries are sold for scrap.",
        ),
    ],
)
def test_claims_in_other_forms(source, fair, unfair):
    """Doubts, plans, denials, opposites, sides and bounds may be put otherwise, but not turned."""
    told = [check_statements(made, [Evidence(source, None)]) for made in (fair, unfair)]
    assert [bool(reasons) for reasons in told] == [False, True]


def test_a_word_that_stands_nearby_replaces_nothing():
    """What the article is about may be added to its sentence, but nothing that stands nowhere."""
    source = "There are currently three known breeding packs in the hills of Tarn."
    evidence = [Evidence(source, DAY, "Bears are back. They live in the hills of Tarn.")]
    told = (
        check_changes(f"There are three known breeding {of} packs in the hills.", evidence, unlike)
        for of in ("bear", "fox")
    )
    assert list(told) == [(), ("the source does not say “fox”",)]


def test_a_number_of_a_free_sentence_may_count_what_another_counts():
    """Only much of the same context says that numbers changed places; in a copy, little does."""
    source = "In June Tarn asked for 600 to 800 more ferry tickets for guests of the harbour."
    assert not verdict("At least 600 further tickets are what Tarn wants.", source).reasons
    copied = source.replace("600 to 800 more ferry tickets", "20 boats and 35 tickets")
    swapped = source.replace("600 to 800 more ferry tickets", "35 boats and 20 tickets")
    assert verdict(swapped, copied).reasons


@pytest.mark.parametrize(
    ("source", "fair"),
    [
        (
            "Two stars of the series announced the list of nominees in Lessing.",
            "Two stars of the series read out the list of nominees.",
        ),
        (
            "Her work – the many late calls and talks with traders – showed a level of patience.",
            "Her work took many late calls and talks with traders.",
        ),
        (
            "Lund, one of the stars of “Tarn and Tindra,” announced the list of all nominees.",
            "Lund of “Tarn and Tindra” read out the list of nominees.",
        ),
    ],
)
def test_what_is_announced_or_shown_is_no_speaker(source, fair):
    """Behind "announced" and "showed" stands what was announced, and nobody who says so."""
    assert "attributes" not in " ".join(check(fair, [Evidence(source, None)]).reasons)


@pytest.mark.parametrize(
    ("source", "fair", "unfair"),
    [
        (
            "Letters have been sent by the harbour to all sailors.",
            "All sailors have been sent letters by the harbour.",
            "",
        ),
        (
            "The ferries can automatically refund tickets in Tarn.",
            "In Tarn tickets refunded automatically are those of ferries.",
            "",
        ),
        (
            "Lund attacked Reith in Tarn.",
            "In Tarn Lund attacked Reith.",
            "Reith attacked Lund in Tarn.",
        ),
        ("Fishermen attacked sailors in Tarn.", "", "Sailors attacked fishermen in Tarn."),
    ],
)
def test_sides_in_other_forms(source, fair, unfair):
    """What is sent to somebody, somebody is sent; who attacks whom does not change."""
    evidence = [Evidence(source, DAY)]
    assert not check_places(fair, evidence)
    assert bool(check_places(unfair, evidence)) == bool(unfair)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Two posts that, according to the firm, broke its rules were cut.", ["the firm"]),
        ("A spokesman called the loss “regrettable,” saying the crew was well.", ["A spokesman"]),
        ("While Lund said they would fish in the disputed waters, the ship sank.", ["Lund"]),
        ("“The race is off and over,” the Tarn Rowing Club noted.", ["the Tarn Rowing Club"]),
    ],
)
def test_who_is_read_as_the_speaker(text, who):
    """Neither what a speaker does nor what is said of others belongs to the speaker."""
    assert [frame.who for frame in frames(text) if frame.who] == who


_SANK = "the ferry sank in May off Tarn"


@pytest.mark.parametrize(
    "source",
    [
        f"Lena Brandt, the mayor of Tarn, said {_SANK}.",
        f"Lena Brandt, 43, says {_SANK}.",
        f"Mayor Lena Brandt, a former pilot, said {_SANK}.",
        f"The mayor, head of the harbour board, said {_SANK}.",
        f"After the storm, Lena Brandt, who runs the port, said {_SANK}.",
        f"Sen. Lena Brandt (Harbour Party) said {_SANK}.",
        f"The harbour board's chief, Lena Brandt, said {_SANK}.",
        f"Lena Brandt told reporters {_SANK}.",
        f"Lena Brandt, the mayor, told the Tarn Courier {_SANK}.",
        f"The Tarn Courier reported that {_SANK}.",
        f"Prosecutors allege that {_SANK}.",
        "The ferry sank in May off Tarn, a port in the north, said Lena Brandt.",
        "The ferry sank in May off Tarn, per Lena Brandt.",
        f"As Lena Brandt put it, {_SANK}.",
        "The ferry sank in May off Tarn, in Lena Brandt's words.",
        f"In the view of Lena Brandt, {_SANK}.",
        f"To hear Lena Brandt tell it, {_SANK}.",
        f"Lena Brandt is sure {_SANK}.",
        f"Officials in Tarn are convinced that {_SANK}.",
        f"Lena Brandt has no doubt that {_SANK}.",
        f"Lena Brandt recalled how {_SANK}.",
        f"The Tarn Courier reported {_SANK}.",
        "The ferry sank in May off Tarn, the Tarn Courier reported.",
        f"The mayor — Lena Brandt — said {_SANK}.",
        f"Lena Brandt — a former pilot who runs the port — said that {_SANK}.",
    ],
)
def test_who_says_it_is_missed_in_every_form(source):
    """However a speaker is introduced, what he says does not pass for a fact, and may be his."""
    told = verdict("The ferry sank in May off Tarn.", source)
    assert "attributes this to" in " ".join(told.reasons)
    kept = source.replace("off Tarn, a port in the north,", "off Tarn,")
    assert verdict(kept, source).status == "supported"


@pytest.mark.parametrize(
    ("source", "fair", "unfair"),
    [
        (
            "Some ferries to Oru were cancelled after the storm, the port of Tarn said.",
            "Several ferries to Oru were cancelled after the storm, the port of Tarn said.",
            "All ferries to Oru were cancelled after the storm, the port of Tarn said.",
        ),
        (
            "Most of the sailors voted for the strike at the harbour of Tarn in May.",
            "A majority of the sailors voted for the strike at the harbour of Tarn in May.",
            "All of the sailors voted for the strike at the harbour of Tarn in May.",
        ),
        (
            "Many sailors in Tarn have left the union since the strike of May.",
            "Numerous sailors in Tarn have left the union since the strike of May.",
            "Few sailors in Tarn have left the union since the strike of May.",
        ),
        (
            "The 40 sailors of the Anneke came home to Tarn on Monday.",
            "All 40 sailors of the Anneke came home to Tarn on Monday.",
            "All sailors came home to Tarn on Monday.",
        ),
        (
            "Ida Lund and Omar Reith sailed from Tarn to Oru on Monday.",
            "Ida Lund and Omar Reith both sailed from Tarn to Oru on Monday.",
            "Everyone sailed from Tarn to Oru on Monday with Ida Lund and Omar Reith.",
        ),
        (
            "All crews but that of the Anneke took part in the regatta of Tarn.",
            "All crews except the Anneke's took part in the regatta of Tarn.",
            "All crews took part in the regatta of Tarn.",
        ),
        (
            "One of the pilots of Tarn was asleep when the ferry sank.",
            "A pilot of Tarn was asleep when the ferry sank.",
            "Both pilots of Tarn were asleep when the ferry sank.",
        ),
        (
            "Sailors from Tarn and Oru may fish in the strait from May.",
            "Those from Tarn and Oru may fish in the strait from May.",
            "All sailors from Tarn and Oru may fish in the strait from May.",
        ),
        (
            "The road to the lighthouse of Tarn is partly flooded after the storm.",
            "The road to the lighthouse of Tarn is flooded in part after the storm.",
            "The road to the lighthouse of Tarn is completely flooded after the storm.",
        ),
        (
            "The ferry to Oru is sometimes late in winter, the captain said.",
            "The ferry to Oru is occasionally late in winter, the captain said.",
            "The ferry to Oru is always late in winter, the captain said.",
        ),
        (
            "Halvex temporarily closed its shipyard in Tarn after the storm.",
            "Halvex closed its shipyard in Tarn for a time after the storm.",
            "Halvex permanently closed its shipyard in Tarn after the storm.",
        ),
        (
            "The council of Tarn voted 7-0 to approve the new harbour.",
            "The council of Tarn unanimously approved the new harbour.",
            "The council of Tarn narrowly rejected the new harbour.",
        ),
        (
            "The council of Tarn voted 5-2 to approve the new harbour.",
            "The council of Tarn approved the new harbour in a vote of 5-2.",
            "The council of Tarn unanimously voted to approve the new harbour.",
        ),
    ],
)
def test_how_many_how_often_and_how_far(source, fair, unfair):
    """Some are not all, few not many, and what is so in part or for a time is not so altogether."""
    told = [check_statements(made, [Evidence(source, None)]) for made in (fair, unfair)]
    assert [bool(reasons) for reasons in told] == [False, True]


@pytest.mark.parametrize(
    ("source", "fair", "unfair"),
    [
        (
            "Halvex sold three ferries to the port of Oru in May.",
            "Halvex auctioned three ferries to the port of Oru in May.",
            "Halvex leased three ferries to the port of Oru in May.",
        ),
        (
            "Omar Reith was found guilty of fraud by a court in Tarn on Monday.",
            "Omar Reith was convicted of fraud by a court in Tarn on Monday.",
            "Omar Reith was acquitted of fraud by a court in Tarn on Monday.",
        ),
        (
            "Police in Tarn arrested the captain of the ferry on Monday.",
            "Police in Tarn detained the captain of the ferry on Monday.",
            "Police in Tarn charged the captain of the ferry on Monday.",
        ),
        (
            "A court in Tarn sentenced the captain of the ferry to two years for fraud.",
            "A court in Tarn convicted the captain of the ferry and gave him two years for fraud.",
            "A court in Tarn acquitted the captain of the ferry of fraud.",
        ),
        (
            "Six sailors are missing after the ferry sank off Oru on Monday.",
            "Six sailors have not been found after the ferry sank off Oru on Monday.",
            "Six sailors are dead after the ferry sank off Oru on Monday.",
        ),
        (
            "The senator drafted the law on fishing rights in Tarn last year.",
            "The senator introduced the law on fishing rights in Tarn last year.",
            "The senator repealed the law on fishing rights in Tarn last year.",
        ),
        (
            "The port of Tarn suspended its pilot after the crash in May.",
            "The port of Tarn has suspended its pilot after the crash in May.",
            "The port of Tarn fired its pilot after the crash in May.",
        ),
        (
            "The regatta in Tarn was postponed because of the storm.",
            "The regatta in Tarn was delayed because of the storm.",
            "The regatta in Tarn was cancelled because of the storm.",
        ),
        (
            "The storm damaged the lighthouse of Tarn on Monday night.",
            "The storm harmed the lighthouse of Tarn on Monday night.",
            "The storm destroyed the lighthouse of Tarn on Monday night.",
        ),
    ],
)
def test_another_deed_of_its_kind(source, fair, unfair):
    """Who leases does not sell and who is charged is not convicted, but who is sentenced is."""
    told = [check_statements(made, [Evidence(source, None)]) for made in (fair, unfair)]
    assert [bool(reasons) for reasons in told] == [False, True]


@pytest.mark.parametrize(
    "source",
    [
        "The council failed to approve the budget for the port on Monday.",
        "The council refused to approve the budget for the port on Monday.",
        "The council was unable to approve the budget for the port on Monday.",
        "The council has yet to approve the budget for the port.",
        "The council ruled out approving the budget for the port on Monday.",
        "The council stopped short of approving the budget for the port on Monday.",
        "A judge prevented the council from approving the budget for the port on Monday.",
        "The council nearly approved the budget for the port on Monday.",
        "The council may approve the budget for the port on Monday.",
        "The council was asked to approve the budget for the port on Monday.",
        "The council considered approving the budget for the port on Monday.",
    ],
)
def test_what_was_not_done_is_no_fact(source):
    """What somebody failed, refused or was asked to do was not done by that."""
    done = "The council approved the budget for the port on Monday."
    assert verdict(done, source).status == "partial"
    assert verdict(source, source).status == "supported"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("The board failed to sign the lease.", "The board did not sign the lease."),
        ("The board could not sign the lease.", "The board was unable to sign the lease."),
        ("The board has not signed the lease yet.", "The board has yet to sign the lease."),
        ("Lund did not fail to sign the lease.", "Lund signed the lease."),
        ("Sales of the ferry line nearly doubled.", "Sales of the ferry line almost doubled."),
    ],
)
def test_what_was_not_done_may_be_put_otherwise(source, sentence):
    """Not to have done, and to have failed or refused to do, are one."""
    assert verdict(sentence, source).status == "supported"


def test_the_name_of_a_thing_hedges_nothing():
    """To approve a plan is surer than that one may."""
    source = "The council may approve the plan for the port on Monday."
    assert verdict("The council approved the plan for the port on Monday.", source).reasons
