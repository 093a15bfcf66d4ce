"""A question with a pasted text before or behind it, such as a paragraph of an article.

The question is what is asked. The text only says what “he” and “this” are: its times limit nothing,
and of its names those count that it says most often.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass

from assistant.question.follow_ups import asks_why, bare, is_follow_up
from assistant.question.people import named
from assistant.question.stand_ins import own_words, resolved
from assistant.question.time_words import find_time_words
from assistant.question.topic import with_topic
from assistant.types import Answer, AnswerSentence, Question, Turn, Verdict
from index.lexical import query_words
from index.sentences import split_sentences

__all__ = ["Pasted", "parted"]

# Words that nobody types as a question by itself, and those of a line that may be one.
_LONG, _ASKED = 40, 30
# Names and words of the text that say what it is about.
_NAMES, _WORDS = 2, 6
_MARK = re.compile(r"\?[\s\"”’)]*$")
_ASKS = re.compile(
    r"\W*(?:(?:and|so|please|can\s+you|could\s+you)\s+)*(?:who|what|when|where|which|why|how|whose"
    r"|whom|did|does|do|is|was|were|are|has|have|had|will|would|can|could|should)\b",
    re.IGNORECASE,
)
# “Summarise this:” asks for nothing but what the text is about.
_TELLS = re.compile(
    r"\W*(?:(?:please|can\s+you|could\s+you)\s+)*(?:summari[sz]e|explain|fact-?check|check|verify"
    r"|discuss|find|(?:tell|show)\s+me|more|any\s+news)\b[^.?!\n]{0,60}[:.?!]*",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"(?P<asked>[^:\n]{3,80}):\s+(?=\S)")
# “TARN, 3 May (Agency) – …”
_DATELINE = re.compile(r"\A\W*[A-Z][A-Z. ]+\b[^.!?\n]{0,40}?\s[-–—]{1,2}\s+")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was typed, in two.

    Attributes:
        asked: The question; empty where there is only a text.
        text: The text.
    """

    asked: str
    text: str

    def standing_alone(self, day: dt.date) -> str:
        """The question with what it needs of the text, or what the text is about.

        Args:
            day: The day that it is asked of.
        """
        topic, asked = _topic(self.text, day), self.asked
        if not asked or (_TELLS.fullmatch(asked) and not named(f"{asked[0].lower()}{asked[1:]}")):
            return topic or " ".join(self.text.split())
        if asks_why(asked):
            return with_topic("Why did this happen?", topic, least=0)
        if not is_follow_up(asked, find_time_words(asked, day), self.text):
            return asked
        return with_topic(resolved(asked, [_told(self.text, day)]) or asked, topic, least=0)


def parted(typed: str) -> Pasted | None:
    """A question apart from a pasted text, or None where there is no such text.

    Args:
        typed: What was typed, with its lines.
    """
    if len(typed.split()) < _LONG:
        return None
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    for edge in (-1, 0):
        asked = lines[edge]
        rest = lines[:-1] if edge else lines[1:]
        if rest and _is_asked(asked):
            return Pasted(asked.rstrip(":"), "\n".join(rest))
    lead = _LEAD_IN.match(typed)
    if lead and (_ASKS.match(lead["asked"]) or _TELLS.fullmatch(lead["asked"])):
        return Pasted(lead["asked"].strip(), typed[lead.end() :])
    return _by_sentence(typed)


def _is_asked(line: str) -> bool:
    if len(line.split()) > _ASKED:
        return False
    asks = all(map(_MARK.search, _sentences(line)))
    return bool(asks or (_ASKS.match(line) and line.endswith(":")) or _TELLS.fullmatch(line))


def _by_sentence(typed: str) -> Pasted | None:
    """The question that the whole ends or begins with, if there is one; not one long sentence."""
    sentences = _sentences(typed)
    if len(sentences) == 1:
        return None
    if _MARK.search(sentences[-1]) and _ASKS.match(sentences[-1]):
        return Pasted(sentences[-1], " ".join(sentences[:-1]))
    if _MARK.search(sentences[0]):
        return Pasted(sentences[0], " ".join(sentences[1:]))
    return Pasted("", typed)


def _sentences(text: str) -> list[str]:
    return [" ".join(text[at.start : at.end].split()) for at in split_sentences(text)]


def _topic(text: str, day: dt.date) -> str:
    """The names that a text says most often, and words of its first sentence."""
    plain = _DATELINE.sub("", text)
    often = Counter(name.text for name in named(" ".join(plain.split())))
    names = [name for name, _ in often.most_common(_NAMES)]
    first = next(iter(_sentences(plain)), "")
    first = bare(first, find_time_words(first, day))
    known = {word for name in often for word in query_words(name)}
    words = [word for word in own_words(first) if word not in known and not word.isdigit()]
    return ", ".join(filter(None, (*names, " ".join(dict.fromkeys(words[:_WORDS])))))


def _told(text: str, day: dt.date) -> Turn:
    """The text as the answer to a question that names nothing."""
    said = Question("", "What happened?", day)
    told = (AnswerSentence(each, (), Verdict("supported")) for each in _sentences(text))
    return Turn(said, Answer(said, "extractive", text, abstained=False, sentences=tuple(told)))
