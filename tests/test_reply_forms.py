"""Citations are read in whatever form a model writes them, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from replies import read

# One sentence that cites 3.2, in every form that models write.
ONE = """
It sank [3.2].
It sank. [3.2]
It sank.[3.2]
It sank [3.2] .
It sank [ 3.2 ].
It sank [3.2.].
It sank [3.02].
It sank [3:2].
It sank. [3.2].
It sank. 3.2
[3.2] It sank.
[3.2]: It sank.
[3.2] - It sank.
3.2 It sank.
3.2: It sank.
It sank (3.2).
It sank. (3.2)
It sank ([3.2]).
It sank (see [3.2]).
It sank (source: 3.2).
It sank (Source: [3.2]).
It sank (Passage 3.2).
It sank {3.2}.
It sank {{3.2}}.
It sank [[3.2]].
It sank \\[3.2\\].
It sank 【3.2】.
It sank 【3.2†source】.
It sank [3.2†L1-L4].
It sank ［3.2］.
It sank 〔3.2〕.
It sank ⟦3.2⟧.
It sank [^3.2].
It sank ^[3.2].
It sank.^3.2^
It sank^3.2^.
It sank $^{3.2}$.
It sank \\textsuperscript{3.2}.
It sank.³·²
It sank ³·².
It sank ³˙².
It sank<sup>3.2</sup>.
It sank<sup>[3.2]</sup>.
It sank <cite>3.2</cite>.
It sank <ref>3.2</ref>.
It sank [#3.2].
It sank [S3.2].
It sank [p3.s2].
It sank [ref 3.2].
It sank [Ref. 3.2].
It sank [cite: 3.2].
It sank [citation 3.2].
It sank [source 3.2].
It sank [Source: 3.2].
It sank [Passage 3, sentence 2].
It sank [passage 3 sentence 2].
It sank [Passage 3; Sentence 2].
It sank [3, sentence 2].
It sank (Passage 3, Sentence 2).
It sank [Quelle 3.2].
It sank [第3段第2句].
It sank [３．２].
It sank [٣٫٢].
It sank [Harbour Post, 3.2].
It sank [3.2 - The Harbour Post].
It sank [Harbour Post, 2025-03-05, 3.2].
It sank (Harbour Post, 3.2).
It sank **[3.2]**.
It sank `[3.2]`.
It sank *[3.2]*.
It sank [3.2](https://harbour.example/ferry).
It sank [3.2](#3.2).
It sank — [3.2]
- It sank. [3.2]
* [3.2] It sank.
1. It sank [3.2].
2) [3.2] It sank.
> It sank. [3.2]
**It sank.** [3.2]
***It sank*** [3.2].
## It sank. [3.2]
| It sank. | [3.2] |
Answer: It sank. [3.2]
**Answer:** It sank. [3.2]
<answer>It sank. [3.2]</answer>
It sank. [3.2]<|im_end|>
"""


@pytest.mark.parametrize("reply", ONE.strip().splitlines())
def test_one_citation_in_every_form(reply):
    """The sentence is left without its marker, and cites sentence 2 of passage 3."""
    ((text, cited),) = read(reply.replace("\\\\", "\\"))
    assert (text.rstrip("."), cited) == ("It sank", "3.2")


SEVERAL = [
    ("It sank [3.2, 4.1].", "3.2 4.1"),
    ("It sank [3.2,4.1].", "3.2 4.1"),
    ("It sank [3.2; 4.1 and 5.1].", "3.2 4.1 5.1"),
    ("It sank [3.2 4.1].", "3.2 4.1"),
    ("It sank [3.2 & 4.1].", "3.2 4.1"),
    ("It sank [3.2/4.1].", "3.2 4.1"),
    ("It sank [3.2][4.1].", "3.2 4.1"),
    ("It sank [3.2] [4.1].", "3.2 4.1"),
    ("It sank [3.2], [4.1].", "3.2 4.1"),
    ("It sank [3.2] and [4.1].", "3.2 4.1"),
    ("It sank ([3.2], [4.1]).", "3.2 4.1"),
    ("It sank (3.2, 4.1).", "3.2 4.1"),
    ("It sank [Sources 3.2 and 4.1].", "3.2 4.1"),
    ("It sank.³·² ⁴·¹", "3.2 4.1"),
    ("It sank.<sup>3.2, 4.1</sup>", "3.2 4.1"),
    ("It sank [3.2-3.4].", "3.2-3.4"),
    ("It sank [3.2–4].", "3.2-3.4"),
    ("It sank [3.2 to 3.4].", "3.2-3.4"),
    ("It sank [3.4-3.2].", "3.2-3.4"),
    ("It sank [Passage 3, sentences 2-4].", "3.2-3.4"),
    ("It sank [3.2-4.1].", "3.2 4.1"),
    ("It sank [3.2, 3.2].", "3.2"),
    ("It sank [3].", "3"),
    ("It sank [Passage 3].", "3"),
    ("It sank (passage 3).", "3"),
    ("It sank.³", "3"),
    ("It sank [1-3].", "1 3"),
    ("It sank [9.9].", "9.9"),
    ("It sank [3.9].", "3.9"),
    ("It sank [14].", "14"),
    ("It sank [Passage 9, sentence 1].", "9.1"),
]


@pytest.mark.parametrize(("reply", "cited"), SEVERAL)
def test_several_whole_passages_and_invented_ones(reply, cited):
    """Lists, ranges and passages are read, and numbers that do not exist are not lost."""
    assert read(reply) == [("It sank.", cited)]


NUMBERS = [
    "Turnout rose (3.2 %).",
    "Turnout rose by 3.2 % (from 1.1 %).",
    "They run version 3.2 now.",
    "They run version (3.2) now.",
    "The 3.2-magnitude quake hit at 3.20.",
    "It got a score of 3.2.",
    "It got a score of (3.2).",
    "It was the worst year [2024].",
    "It happened (2024).",
    "He (3) was saved.",
    "It covers 5 m² and 10³ trees.",
    "They met [sic] at 3:20.",
    "The final was 3-2.",
    "They won [3-2].",
    "It cost $3.2 and 1.1 million.",
    "“We lost [the] ship,” he said.",
    "He said “[14] people died”.",
    "Article 3.2 of the treaty holds.",
    "3.2 million people fled.",
    "See chapter 3.2.",
    "It rose [3.2%].",
    "It rose [3.2 million].",
    "A U.S. ship with No. 3 sank.",
    "Sources say it sank.",
]


@pytest.mark.parametrize("reply", NUMBERS)
def test_numbers_that_cite_nothing(reply):
    """A quantity, a score, a year or a version stays what it is, also beside a citation."""
    assert read(reply) == [(reply, "")]
    assert read(f"{reply} [1.1]") == [(reply, "1.1")]


WHOLE = {
    "It sank. [1.1] It burned. [1.2]": [("It sank.", "1.1"), ("It burned.", "1.2")],
    "It sank [1.1]. It burned [1.2].": [("It sank.", "1.1"), ("It burned.", "1.2")],
    "It sank.[1.1]It burned.[1.2]": [("It sank.", "1.1"), ("It burned.", "1.2")],
    "It sank. (1.1) It burned. (1.2)": [("It sank.", "1.1"), ("It burned.", "1.2")],
    "One sank [1.1] and one burned [1.2].": [("One sank and one burned.", "1.1 1.2")],
    # at the start of lines
    "[1.1] It sank.\n[1.2] It burned.": [("It sank.", "1.1"), ("It burned.", "1.2")],
    "[1.1] It sank. [1.2] It burned.": [("It sank.", "1.1"), ("It burned.", "1.2")],
    "[1.1] It sank. It burned. [1.2]": [("It sank.", "1.1"), ("It burned.", "1.2")],
    "It sank.\n[1.1]\n\nIt burned.": [("It sank.", "1.1"), ("It burned.", "")],
    "1.1 It sank.\n1.2 It burned.": [("It sank.", "1.1"), ("It burned.", "1.2")],
    # lists and tables
    "- It sank [1.1]\n- It burned [1.2]": [("It sank", "1.1"), ("It burned", "1.2")],
    "1. It sank. [1.1]\n2. It burned. [1.2]": [("It sank.", "1.1"), ("It burned.", "1.2")],
    "| Ship | Hurt | Source |\n|---|:-:|---|\n| Anna | 12 | [1.1] |\n| Bea | 3 [1.2] | |": [
        ("Ship: Anna; Hurt: 12", "1.1"),
        ("Ship: Bea; Hurt: 3", "1.2"),
    ],
    "## What happened\nIt **sank** [1.1].\n---\nIt _burned_ [1.2].": [
        ("What happened", ""),
        ("It sank.", "1.1"),
        ("It burned.", "1.2"),
    ],
    "```\nIt sank. [1.1]\n```": [("It sank.", "1.1")],
    "<p>It sank [1.1].</p><p>It burned.<br>It fell.</p>": [
        ("It sank.", "1.1"),
        ("It burned.", ""),
        ("It fell.", ""),
    ],
    # in quotations
    "“It sank [1.1],” he said. “It burned. [1.2]”": [
        ("“It sank,” he said.", "1.1"),
        ("“It burned.”", "1.2"),
    ],
    "“It sank”[1.1]. “It burned.”[1.2] So it was.": [
        ("“It sank”.", "1.1"),
        ("“It burned.”", "1.2"),
        ("So it was.", ""),
    ],
    # all at the end of a paragraph
    "It sank. It burned. It fell. [1.1][1.2]\n\nIt rose. [2.1]": [
        ("It sank.", ""),
        ("It burned.", ""),
        ("It fell.", "1.1 1.2"),
        ("It rose.", "2.1"),
    ],
    # as words of the sentence
    "[1.1] says it sank.": [("Harbour Post says it sank.", "1.1")],
    "According to [1.1], it sank.": [("According to Harbour Post, it sank.", "1.1")],
    "According to [3.1] it sank.": [("According to the article it sank.", "3.1")],
    "Both [1.1] and [2.1] say it sank.": [
        ("Both Harbour Post and Courier say it sank.", "1.1 2.1")
    ],
    "It sank, which [4.1] reports too.": [("It sank, which Echo reports too.", "4.1")],
    "Passage 3, sentence 2 says it sank.": [("The article says it sank.", "3.2")],
    "As passage 1 reports, it sank.": [("As Harbour Post reports, it sank.", "1")],
    # other languages
    "它沉没了[1.1]。又烧了。[1.2]": [("它沉没了。", "1.1"), ("又烧了。", "1.2")],
    "【1.1】它沉没了。【1.2】它烧了。": [("它沉没了。", "1.1"), ("它烧了。", "1.2")],
    "它沉没了（1.1）。它烧了（1.2）。": [("它沉没了。", "1.1"), ("它烧了。", "1.2")],
    "船が沈んだ[1.1]。「火事だ」と言った[1.2]。": [
        ("船が沈んだ。", "1.1"),
        ("「火事だ」と言った。", "1.2"),
    ],
    "غرقت السفينة [١.١]. ثم احترقت [١.٢]؟": [("غرقت السفينة.", "1.1"), ("ثم احترقت؟", "1.2")],
    "जहाज डूब गया [१.१]। आग लगी [१.२]।": [("जहाज डूब गया।", "1.1"), ("आग लगी।", "1.2")],
    "Sie sank [1.1]. „Ja“, sagte er [1.2].": [("Sie sank.", "1.1"), ("„Ja“, sagte er.", "1.2")],
    "Il a coulé [1.1] ; puis brûlé [1.2].": [("Il a coulé; puis brûlé.", "1.1 1.2")],
    "¿Se hundió? [1.1] Sí [1.2].": [("¿Se hundió?", "1.1"), ("Sí.", "1.2")],
    # reasoning and what surrounds a message
    "<think>Is it [1.1]? Yes.</think>\n\nIt sank. [1.2]": [("It sank.", "1.2")],
    "<THINKING>Hm.</THINKING>It sank. [1.2]": [("It sank.", "1.2")],
    "<think>It sank, says [1.1].": [],
    "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>It sank."
    " [1.2]<|return|>": [("It sank.", "1.2")],
    "Well, it sank. [1.1] Yes, yes.</think>It burned. [1.2]": [
        ("Well, it sank.", "1.1"),
        "restart",
        ("It burned.", "1.2"),
    ],
    "It sank. [1.1]<|im_end|>\n<|im_start|>user\nAnd then?": [("It sank.", "1.1")],
    # sources listed at the end
    "It sank. [1.1]\n\nSources:\n[1.1] Harbour Post\n- [1.2] Ferry aground": [("It sank.", "1.1")],
    "It sank. [1.1]\n\n**References**\n\n1. Harbour Post, 5 March: Ferry aground\n2. Courier": [
        ("It sank.", "1.1")
    ],
    "It sank. [1.1]\nSources: [1.1], [1.2]": [("It sank.", "1.1")],
    "It sank. [1.1]\nSource: Harbour Post, Ferry aground": [("It sank.", "1.1")],
    "It sank.[^1.1]\n\n[^1.1]: Harbour Post": [("It sank.", "1.1")],
    "Sources:\n[1.1] Harbour Post\n\nIt sank, he told reporters. [1.2]": [
        ("It sank, he told reporters.", "1.2")
    ],
    # replies that stop
    "It sank. [1.1] It bur": [("It sank.", "1.1"), ("It bur", "")],
    "It sank. [1.1": [("It sank.", "")],
    "It sank. [": [("It sank.", "")],
    "[1.1][1.2]": [],
    "": [],
}


@pytest.mark.parametrize("reply", list(WHOLE))
def test_whole_replies(reply):
    """Sentences keep their own citations, whatever stands around them."""
    assert read(reply) == WHOLE[reply]


def test_the_table_is_long_enough():
    """There are as many forms as were promised, and none twice."""
    forms = [*ONE.strip().splitlines(), *(one for one, _ in SEVERAL), *NUMBERS, *WHOLE]
    assert len(forms) == len(set(forms)) >= 160
