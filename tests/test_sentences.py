from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import LONGEST_SENTENCE, split_sentences
from index.types import Sentence

# In the tables a bar is a boundary: " | " stands for a space there, a bare bar for nothing, so that
# the sentences touch; ¶ is a line break.
ENGLISH = [
    "He left. | She stayed. | It rained.",
    "“I know.” | He left.",
    '"I know." | He left.',
    '"Yes!" she said.',
    "“Yes!” she said. | He nodded.",
    "“Why?” Mullin asked Sanders. | Nobody knew.",
    "“Why not?” Health Secretary Steve Barclay said.",
    "“Is that worth it?” | The crowd went home.",
    "‘This is real.’ ” | Then he hung up.",
    "(He was late.) | Then it began.",
    "He was late (by 3 min.) and tired.",
    "Mr. Smith met Mrs. Jones and Dr. Lee. | They talked.",
    "Gen. Mark Milley and Sen. Joe Manchin spoke with Gov. Kay Ivey.",
    "Prof. Ana Paz of St. Louis wrote to Lt. Col. Rev. Green.",
    "“Gov. Ivey signed,” said ex-Gov. Bentley.",
    "Apple Inc. Chief Executive Tim Cook spoke.",
    "It is owned by Apple Inc. | The company declined to comment.",
    "It was bought by Smith Corp. in May.",
    "Barnes Ltd. Chairman Jo Barnes resigned.",
    "He runs H. J. Heinz Co. and one more.",
    "Roe v. Wade and Kramer vs. Kramer were discussed.",
    "They sell nuts, bolts, etc. and more.",
    "They sell nuts, bolts, etc. | Business is good.",
    "Some fruit, e.g. apples, i.e. Granny Smiths, sold out.",
    "It starts at 9 a.m. Monday in Paris.",
    "It starts at 9 p.m. ET on Friday.",
    "It starts at 9 a.m. | The doors open early.",
    "It starts at 9 p.m. | Visit the site for more.",
    "The talks began at 5:03 p.m. local time.",
    "The hearing on Jan. 6 followed one on Sept. 20, 2006.",
    "Rates rose in Dec. | The bank was pleased.",
    "See No. 4 and Fig. 3 for more.",
    "He lives at No. 10. | She does not.",
    "He said no. | She said yes.",
    "Article 5. | The clause binds them all.",
    "Proposition: As voters reject Prop. 205, the count goes on.",
    "Martin Luther King Jr. was there.",
    "It honours Martin Luther King Jr. | The march was long.",
    "J. K. Marsh met George W. Bush. | Both smiled.",
    "A. A. Milne wrote it.",
    "They implemented it during World War I. | The practice stayed.",
    "World War II. | Charles followed.",
    "The U.S. Army and the U.N. Security Council agreed.",
    "He went back to the U.S. | The trip was long.",
    "In Washington, D.C. — The crowd grew.",
    "She has a Ph.D. from Yale.",
    "Paducah, Ky. | From there he went on.",
    "Growth was 3.5 percent. | Prices rose 2.0.",
    "It paid $1.5bn. | The deal closed at 10.30.",
    "It paid $1.5bn. in cash.",
    "Visit www.bbc.co.uk. | The site is free.",
    "Write to jo.Smith@example.Com or see https://example.com/a.Html?q=said.The now.",
    "Buy tickets at www.OhioLottery.com or www. Lottery.com today.",
    "Booking.Com and example.Com are sites.",
    "Open report.Pdf and notes.final.Txt first.",
    "“Well... maybe,” he said. | Then… nothing.",
    "It goes on … and on.",
    "We were there... | The people cheered.",
    "He figured it out. ... | You hear stories.",
    "I believe . . . in nothing.",
    "What?! | No way!!! | Right.",
    "Yahoo! said it would sell. | Yahoo! Inc. did.",
    "the president said.|The vote is today.",
    "the president said.”|The vote is today.",
    "He likes iPhones. | iPhone sales rose. | eBay sales fell.",
    "Prices fell. | 2015 was worse. | $5 bought little.",
    "He said (see below). | “Fine,” she said.",
    "CHARLOTTE, N.C. (AP) — The coach left.",
    "Rep. Pat Ryan, D-Calif., said so. | Rep. Jo Li (R-Okla.) agreed.",
    "The group has grown.[12] | It has ten members.",
    "Er sagte: „Ich gehe.“ | Dann ging er.",
    "Il a dit : « Je sais. » | Puis il partit.",
    "Options are: 1. Stay put",
]

OTHER_SCRIPTS = [
    "我知道。|他走了！|真的吗？|是的。",
    "他说：“我知道。”|第二天下雨。",
    "「行きます。」|雨が降った。",
    "「行きます！」と彼は言った。|雨だ。",
    "“你好！”他说。|天气很好。",
    "价格上涨3.5%。|他走了……还在下雨。",
    "真的吗?|是的。",
    "هل وصل؟ | نعم، وصل.",
    "وصل الرئيس. | غادر الوزير.",
    "قال د. أحمد إنه سعيد.",
    "وہ آیا۔ | وہ گیا۔|پھر بارش ہوئی۔",
    "वह आया। | वह चला गया।",
    "Он ушёл. | Она осталась.",
]

LINES = [
    "- apples¶|- pears¶|- plums",
    "• apples¶|• pears",
    "* apples, which are red,¶|* pears",
    "1. How relevant is this?¶|2. How long is it?",
    "(a) the first¶|(b) the second",
    "Ukraine war: what we know¶|Talks went on in Paris on Monday.",
    "Man held after attack¶|A man was held on Monday.",
    "The delegation that came to the talks was the one that President¶Zelensky had sent.",
    "The talks went on in the old town hall of the city until Monday¶Night fell early there.",
    "He lived in¶Paris for years.",
    "It was Mr.¶Smith who came.",
    "No full stop¶¶|Another paragraph",
    "even so¶ \t¶|in lower case",
    "Mr.¶¶|Smith",
    "one\r¶\r¶|two",
    "1. January 6¶¶|The committee met.",
]


def shown(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


@pytest.mark.parametrize("marked", [*ENGLISH, *OTHER_SCRIPTS, *LINES])
def test_boundaries_are_where_a_reader_puts_them(marked: str):
    """Each case of the tables splits at its bars and nowhere else."""
    marked = marked.replace("¶", "\n")
    text = marked.replace(" | ", " ").replace("|", "")
    assert shown(text) == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n"])
def test_a_text_without_words_has_no_sentences(text: str):
    """White space alone gives nothing, not an empty sentence."""
    assert split_sentences(text) == []


def test_the_offset_moves_every_position():
    """Positions are those in the article when only a piece of it is split."""
    assert split_sentences(" Yes. No.", 10) == [Sentence(11, 15), Sentence(16, 19)]


def test_a_run_without_an_end_is_cut_at_white_space():
    """Scraped junk is cut between words, soon after 1,000 characters."""
    assert shown("word " * 300) == [("word " * 201).strip(), ("word " * 99).strip()]


def test_a_run_without_white_space_is_cut_all_the_same():
    """Even a string of letters cannot make a sentence longer than the limit."""
    assert list(map(len, shown("x" * 3000))) == [LONGEST_SENTENCE, LONGEST_SENTENCE, 600]


PIECES = st.sampled_from(
    [
        *(
            "The",
            "Smith",
            "said",
            "he",
            "I",
            "A",
            "John said",
            "asked",
            "iPhone",
            "10",
            "5",
            "x" * 9,
        ),
        *(
            "Mr.",
            "U.S.",
            "No.",
            "Inc.",
            "a.m.",
            "Monday",
            "J.",
            "Yahoo!",
            "www.a.b",
            "said.The",
            "1.",
        ),
        *(
            ".",
            "!",
            "?",
            "...",
            "…",
            " . . .",
            "。",
            "！",
            "？",
            "」",
            "“",
            "”",
            '"',
            "’",
            "«",
            "\xa0»",
        ),
        *(
            " ”",
            "[1]",
            "-",
            "—",
            "•",
            "(a)",
            ",",
            ":",
            "@",
            "/",
            "Com",
            "他说",
            "と",
            "।",
            "؟",
            "قال",
        ),
        *(
            " ",
            " ",
            " ",
            " ",
            "\n",
            "\n",
            "\n\n",
            "\t ",
            "\r\n",
            "word " * 60,
            "字" * 400,
            "z" * 700,
        ),
    ]
)
NEWS = st.lists(PIECES, max_size=40).map("".join)
TEXTS = st.one_of(st.text(), NEWS)


@given(TEXTS)
def test_sentences_cover_every_visible_character_in_order(text: str):
    """Nothing that can be read is outside of a sentence, and no sentence overlaps another."""
    position = 0
    for sentence in split_sentences(text):
        words = text[sentence.start : sentence.end]
        assert not text[position : sentence.start].strip()
        assert words
        assert words == words.strip()
        assert len(words) <= LONGEST_SENTENCE
        position = sentence.end
    assert not text[position:].strip()


@given(TEXTS, st.data())
def test_a_run_of_sentences_splits_into_the_same_sentences(text: str, data: st.DataObject):
    """A passage, cut out of its article, has the sentences that the article has there."""
    sentences = split_sentences(text)
    if not sentences:
        return
    first = data.draw(st.integers(0, len(sentences) - 1))
    last = data.draw(st.integers(first, len(sentences) - 1))
    start, end = sentences[first].start, sentences[last].end
    assert split_sentences(text[start:end], start) == sentences[first : last + 1]


@pytest.mark.parametrize(
    "text",
    [
        "好。“ 他。",
        "Oui. » Non.",
        "Yes. ” No.",
        "Plan B. A. Milne left. He did.",
        "好。[1] 是。",
        "He.\n1.\n\nIt.",
    ],
)
def test_every_run_splits_alike_where_a_look_ahead_could_mislead(text: str):
    """What stands behind the end of a run must not have decided what is inside of it."""
    sentences = split_sentences(text)
    for first, one in enumerate(sentences):
        for last, other in enumerate(sentences[first:], start=first):
            run = split_sentences(text[one.start : other.end], one.start)
            assert run == sentences[first : last + 1]


@given(NEWS, NEWS)
def test_an_empty_line_always_ends_a_sentence(before: str, after: str):
    """Two paragraphs split apart exactly as each of them splits alone."""
    assert shown(f"{before}\n\n{after}") == shown(before) + shown(after)
