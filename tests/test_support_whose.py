"""Whose something is: an age, a figure, a victory, an office."""

from __future__ import annotations

import pytest

from assistant.support import Evidence
from assistant.support.facts import check_facts, check_places, check_statements

_VICTIMS = "The victims are Rolf Ossa, 35, and Nils Brehm, 25, police said."
_TOWNS = "Hallam has 211,000 residents, Corrow 144,000 and Brent 98,000, the census says."
_GAME = "Tarn United defeated Corrow Rovers 3-1 on Sunday to win its first title."
_SALES = "In the spring Halvex sold 211,000 cars, Ordano 144,000."
_SALE = "Halvex, which bought Ordano in 2019 for $30 million, is now being sold to Corvin."
_SENTENCE = "The judge sentenced Ola Brandt to eight years in prison and fined Halvex $2 million."
_LIFE = "Ana Okafor was born in Lagos. She studied law in Corrow."
_PAY = "Pay rose from $3.1 million to $4.5 million, and costs fell by 40 percent."


def reasons(sentence: str, source: str) -> tuple[str, ...]:
    """What the rules have against a sentence that cites a source."""
    cited = [Evidence(source, None)]
    stated = (*check_facts(sentence, cited, None).reasons, *check_statements(sentence, cited))
    return (*stated, *check_places(sentence, cited))


@pytest.mark.parametrize(
    ("source", "sentence", "reason"),
    [
        (
            _VICTIMS,
            "Rolf Ossa, 25, and Nils Brehm, 35, are the victims, police said.",
            "the source says “Rolf Ossa, 35”, not “Rolf Ossa, 25”",
        ),
        (
            _VICTIMS,
            "The 25-year-old Ossa is a victim, police said.",
            "the source says “Rolf Ossa, 35”, not “25-year-old Ossa”",
        ),
        (
            _TOWNS,
            "Corrow has 211,000 residents, the census says.",
            "the source says “Corrow 144,000”, not 211,000",
        ),
        (
            _TOWNS,
            "The census says that Corrow has 98,000 residents and Brent 144,000.",
            "the source says “Corrow 144,000”, not 98,000",
        ),
        (
            "Police counted 12 dead in Corrow, 5 in Hallam and 3 in Brent.",
            "Twelve died in Hallam, police said.",
            "the source says “5 in Hallam”, not Twelve",
        ),
        (
            _SALES,
            "Ordano sold 211,000 cars in the spring.",
            "the source says “Ordano 144,000”, not 211,000",
        ),
        (
            _GAME,
            "Corrow Rovers beat Tarn United 3-1 on Sunday.",
            (
                "the source says “Tarn United defeated Corrow Rovers”,"
                " not “Corrow Rovers beat Tarn United”"
            ),
        ),
        (
            _GAME,
            "Tarn United lost 3-1 to Corrow Rovers on Sunday.",
            (
                "the source says “Tarn United defeated Corrow Rovers”,"
                " not “Tarn United lost 3-1 to Corrow Rovers”"
            ),
        ),
        (
            "Former Channel 4 anchor Ida Lund spoke to reporters on Tuesday.",
            "Channel 4 anchor Ida Lund spoke to reporters on Tuesday.",
            "the source says “Former Channel 4 anchor”, not “Channel 4 anchor”",
        ),
        (
            "The former mayor of Tarn, Ruth Amsel, was charged with fraud on Monday.",
            "Mayor Ruth Amsel was charged with fraud on Monday.",
            "the source says “The former mayor”, not “Mayor”",
        ),
        (
            "Vice President Ida Lund visited Corrow on Friday.",
            "On Friday President Ida Lund visited Corrow.",
            "the source says “Vice President”, not “President”",
        ),
        (
            "Acting police chief Ola Brandt called the search off.",
            "Police chief Ola Brandt called the search off.",
            "the source says “Acting police chief”, not “Police chief”",
        ),
        (
            _SALE,
            "Ordano bought Halvex in 2019.",
            "the source says “Halvex, which bought”, not “Ordano bought”",
        ),
        (
            _SENTENCE,
            "In court Brandt was fined $2 million.",
            "the source says “fined Halvex”, not “Brandt was fined”",
        ),
        (
            _LIFE,
            "Okafor studied law in Lagos.",
            "the source says “studied law in Corrow”, not “studied law in Lagos”",
        ),
        (_PAY, "Costs fell to 40 percent.", "the source says “by 40 percent”, not “to 40 percent”"),
        (
            _PAY,
            "Pay rose by $4.5 million.",
            "the source says “to $4.5 million”, not “by $4.5 million”",
        ),
        (
            "The plant in Tarn has closed because of a fire, the owner said.",
            "The plant in Tarn has closed because of a strike, the owner said.",
            "the source does not say “because of a strike”",
        ),
    ],
)
def test_what_is_given_to_somebody_else_is_told(source, sentence, reason):
    """All the words stand in the source, or all but a cause, and the reason says what changed."""
    assert reason in reasons(sentence, source)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (_VICTIMS, "Police named Nils Brehm, 25, as a victim."),
        (_VICTIMS, "Police said Ossa, 35, is one of the victims."),
        (_TOWNS, "Corrow has 144,000 residents, the census says."),
        (_TOWNS, "The census says that Corrow has 144,000 residents and Brent 98,000."),
        (_SALES, "Ordano sold 144,000 cars in the spring."),
        (_GAME, "Tarn United beat Corrow Rovers 3-1 on Sunday."),
        (_GAME, "Corrow Rovers lost 3-1 to Tarn United on Sunday."),
        (_GAME, "Corrow Rovers were beaten by Tarn United on Sunday."),
        (
            "Former Channel 4 anchor Ida Lund spoke to reporters on Tuesday.",
            "Ida Lund, once an anchor for Channel 4, spoke to reporters on Tuesday.",
        ),
        (
            "Former Channel 4 anchor Ida Lund spoke to reporters on Tuesday.",
            "Lund spoke to reporters on Tuesday.",
        ),
        (
            "Former mayor Ruth Amsel took the money in 2019, prosecutors said.",
            "Prosecutors said Amsel took the money in 2019, when she was mayor.",
        ),
        (
            "Vice President Ida Lund met President Omar Reith on Friday.",
            "President Omar Reith was met by Lund on Friday.",
        ),
        (_SALE, "Ordano was bought by Halvex in 2019."),
        (_SALE, "Corvin is buying Halvex."),
        (_SENTENCE, "Halvex was fined $2 million by the judge."),
        (_LIFE, "Okafor studied law in Corrow and was born in Lagos."),
        (_PAY, "Costs fell 40 percent, and pay rose to $4.5 million from $3.1 million."),
        (
            "Two of the five victims were children; three remain in hospital.",
            "Three victims remain in hospital.",
        ),
        (
            "A fire has closed the plant in Tarn, the owner said.",
            "The plant in Tarn has closed because of a fire, the owner said.",
        ),
    ],
)
def test_what_stays_with_whom_it_belongs_to_is_not_suspected(source, sentence):
    """The loser's end, a passive, a sale seen by the buyer and a list told in part stand."""
    assert reasons(sentence, source) == ()


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        (
            "The dam of Tarn is one of the largest in Veldra.",
            "The dam of Tarn is the largest in Veldra.",
            "The dam of Tarn is among the largest in Veldra.",
        ),
        (
            "Tarn has the country's second-largest port.",
            "Tarn has the country's largest port.",
            "Tarn has the second-largest port of the country.",
        ),
        (
            "Experts warn that the dam will not hold through the winter.",
            "The dam will not hold through the winter.",
            "The dam will not hold through the winter, experts say.",
        ),
        (
            "The publisher is arguing that the claim comes too late.",
            "The claim comes too late.",
            "The claim comes too late, the publisher argues.",
        ),
        (
            "Reith was accused of shooting his neighbour on Friday.",
            "Reith shot his neighbour on Friday.",
            "Reith is accused of having shot his neighbour on Friday.",
        ),
        (
            "The state has agreed to pay $479,000 to the family.",
            "The state paid $479,000 to the family.",
            "The state will pay $479,000 to the family.",
        ),
        (
            "Laura Marsh, the daughter of the pilot Alan Reith, flew to Corrow in December.",
            "Alan Reith flew to Corrow in December.",
            "Laura Marsh, daughter of Alan Reith, flew to Corrow in December.",
        ),
    ],
)
def test_what_is_limited_accused_promised_or_anothers_stays_so(source, wrong, right):
    """One of several, an accusation, a promise and a daughter are not made more of."""
    assert reasons(wrong, source)
    assert reasons(right, source) == ()
