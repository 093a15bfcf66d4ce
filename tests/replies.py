"""What the tests of replies share: sources that are known, and a reader that is read to its end."""

from __future__ import annotations

from hypothesis import strategies as st

from assistant.reply.reader import ReplyReader, Restart

OUTLETS = {1: "Harbour Post", 2: "Courier", 4: "Echo"}
WORDS = {"harbour", "post", "courier", "echo", "ferry", "aground", "march"}

# What replies are made of, and what could be mistaken for it.
PARTS = st.sampled_from(
    [
        *(
            "It sank. ",
            "The U.S. ship ",
            "burned",
            " and ",
            "3.2",
            ". ",
            "\n",
            "\n\n",
            "12",
            "它沉没了。",
        ),
        *(
            " [1.2]",
            "[3.2, 4.1]",
            "(3.2)",
            "【2.1†source】",
            "³·²",
            "<sup>1.1</sup>",
            "[^1.1]",
            "^2.2^",
        ),
        *(
            "[Passage 1, sentence 2]",
            "[9.9]",
            "[2024]",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "^",
            "|",
            "`",
        ),
        *("- ", "1. ", "## ", "**", "*", "_", "```\n", "| a | b |\n", "|---|---|\n", "> ", "---\n"),
        *(
            "<think>",
            "</think>",
            "<|im_end|>",
            "Sources:\n",
            "Answer: ",
            "NO ANSWER",
            "“",
            "”",
            '"',
        ),
        *(
            "http://evil.example/?q=",
            "![x](http://evil.example/y z)",
            "[here](evil.example/a)",
            "\x1b[",
        ),
        *(
            "<img src=x.example/y>",
            "<b>",
            "\u202e",
            "\x1b]8;;http://evil.example\x07",
            "a@evil.example",
        ),
    ]
)
REPLIES = st.lists(PARTS, max_size=14).map("".join) | st.text(max_size=60)


class FiveOfSix:
    """Five passages of six sentences each."""

    def holds(self, passage, sentence=0):
        return 1 <= passage <= 5 and 0 <= sentence <= 6

    def outlet(self, passage):
        return OUTLETS.get(passage, "")

    def names(self, word):
        return word.casefold() in WORDS


def read_all(pieces, texts=()):
    """The reader and everything that it gave out."""
    reader = ReplyReader(FiveOfSix(), texts)
    read = [one for piece in pieces for one in reader.feed(piece)]
    return reader, [*read, *reader.finish()]


def read(*pieces, texts=()):
    """The sentences of a reply, each with what it cites: `("It sank.", "1.2 3.1")`."""
    _, given = read_all(pieces, texts)
    return [
        "restart" if isinstance(one, Restart) else (one.text, " ".join(map(str, one.marks)))
        for one in given
    ]
