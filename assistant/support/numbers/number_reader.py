"""Reads one number, in digits or in English words, from the words of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.support.numbers.number_words import ATTACHED, CARDINALS, SCALES, SIGNS

__all__ = ["Token", "gap", "read_number", "tokenise"]

_TOKEN = re.compile(
    r"(?P<mixed>\d{1,3}[ -][1-9]/[2-9](?![\d/]))"
    r"|(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
    r"|(?P<sign>[½¼¾⅓⅔])|(?P<word>[^\W\d_]+)"
)
_JOINTS = frozenset({"", " ", "-", "\u00a0"})
_AS_ADJECTIVES = frozenset({"million", "billion", "trillion"})
_JOINED = re.compile(r"-(?:dollar|pound|euro)\b", re.IGNORECASE)
# What may follow "two and".
_SHARES = {"a half": 0.5, "a quarter": 0.25, "three quarters": 0.75}
_MULTIPLIERS = frozenset({12, 100})  # "two dozen", "five hundred": they do not end a group


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of digits or a fraction sign.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        word: The word in small letters, or empty.
        value: What a numeral stands for, or None.
    """

    start: int
    end: int
    word: str
    value: float | None


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number being read: closed groups such as thousands, the open group, and the place."""

    closed: float
    open: float
    at: int


def tokenise(text: str) -> list[Token]:
    """Cut a text into words, digits and fraction signs; everything else divides them."""
    tokens = []
    for match in _TOKEN.finditer(text):
        word = (match["word"] or "").lower()
        value = CARDINALS.get(word)
        if match["digits"]:
            value = float(re.sub(r"[,\u00a0\u202f]", "", match["digits"]))
        elif match["mixed"]:
            whole, over, part = (float(n) for n in re.findall(r"\d+", match["mixed"]))
            value = whole + over / part
        elif match["sign"]:
            value = SIGNS[match["sign"]]
        tokens.append(Token(match.start(), match.end(), word, value))
    return tokens


def gap(text: str, left: Token, right: Token) -> str:
    """What stands between two tokens."""
    return text[left.end : right.start]


def read_number(tokens: Sequence[Token], i: int, text: str) -> tuple[float, int] | None:
    """Read the longest number that starts at token `i`.

    Returns:
        Its value and the place of the token after it, or None where no number starts.
    """
    state = _first(tokens, i, text)
    if state is None:
        return None
    spelled = bool(tokens[i].word)
    between = i > 0 and tokens[i - 1].word == "between"  # "between two hundred and five hundred"
    while state.at < len(tokens):
        joint = gap(text, tokens[state.at - 1], tokens[state.at])
        if joint not in _JOINTS:
            break
        token = tokens[state.at]
        following = (
            _with_and(state, tokens, spelled=spelled and not between)
            if token.word == "and"
            else _with_token(state, token, joint=joint, spelled=spelled)
        )
        if following is None:
            break
        state = following
    return state.closed + state.open, state.at


def _first(tokens: Sequence[Token], i: int, text: str) -> _Sum | None:
    """Begin with a numeral, or with the article of "a hundred" and "half a million"."""
    value = tokens[i].value
    if value is not None:
        return _Sum(0.0, value, i + 1)
    ahead = [token.word for token in tokens[i : i + 3]]
    if ahead[:1] == ["half"] and ahead[1:2] in (["a"], ["an"]):
        if _scale(ahead[2:]):
            return _Sum(0.0, 0.5, i + 2)
        return _Sum(0.0, 0.5, i + 2) if ahead[2:] == ["hour"] else None
    if ahead[0] in _AS_ADJECTIVES and _JOINED.match(text, tokens[i].end):
        # "its trillion-dollar budget", but not "multi-million-dollar"
        if text[: tokens[i].start].endswith("-"):
            return None
        return _with_token(_Sum(0.0, 1.0, i), tokens[i], joint=" ", spelled=True)
    return _Sum(0.0, 1.0, i + 1) if ahead[0] in {"a", "an"} and _scale(ahead[1:]) else None


def _scale(ahead: Sequence[str]) -> bool:
    return bool(ahead) and ahead[0] in SCALES and ahead[0] not in ATTACHED


def _with_token(state: _Sum, token: Token, *, joint: str, spelled: bool) -> _Sum | None:
    scale = SCALES.get(token.word)
    at = state.at + 1
    if scale in _MULTIPLIERS and joint:
        return _Sum(state.closed, state.open * scale, at)
    if scale and (not joint or token.word not in ATTACHED):
        return _Sum(state.closed + state.open * scale, 0.0, at)
    if token.value is None:
        return None
    if not token.word:  # "2½"; two runs of digits, as in "2-0", are two numbers
        return _Sum(state.closed, state.open + token.value, at) if 0 < token.value < 1 else None
    fits = _fits(state, token.value) and spelled and bool(joint)
    return _Sum(state.closed, state.open + token.value, at) if fits else None


def _fits(state: _Sum, value: float) -> bool:
    """Tell "twenty one" and "two hundred five" from two numbers side by side."""
    tens = state.open % 100 >= 20 and state.open % 10 == 0 and value < 10
    hundreds = state.open % 100 == 0 and state.closed + state.open >= 100 and value < 1000
    return tens or hundreds


def _with_and(state: _Sum, tokens: Sequence[Token], *, spelled: bool) -> _Sum | None:
    """Add what follows "and": a half, or what is left below a hundred."""
    ahead = tokens[state.at + 1 : state.at + 3]
    share = _SHARES.get(" ".join(token.word for token in ahead))
    if share:
        if not state.open and state.closed:  # "a million and a half"
            scale = SCALES.get(tokens[state.at - 1].word, 1.0)
            return _Sum(state.closed + share * scale, 0.0, state.at + 3)
        return _Sum(state.closed, state.open + share, state.at + 3)
    value = ahead[0].value if ahead and ahead[0].word else None
    if value is None or not spelled or state.closed + state.open < 100:
        return None
    return _Sum(state.closed, state.open + value, state.at + 2)
