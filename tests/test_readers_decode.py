"""Bytes to text, and the cleaning that fixes what offsets count from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers.build import opening, split_names
from index.readers.decode import clean, decode, fold

LINES = st.text(st.characters() | st.sampled_from("\n\n\r\t \ufeff\xa0\u2028\x85\x1b\ud800a"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_marked_utf_16_are_read(encoding):
    """What common editors save is read, and the byte order mark is no part of the text."""
    assert decode("“Café” – naïve".encode(encoding)) == "“Café” – naïve"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"\n \t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        ("“Café”".encode("cp1252"), "not UTF-8 text (byte 0x93 at position 0)"),
        (b"ab\xff", "not UTF-8 text (byte 0xff at position 2)"),
        (b"\xff\xfea\0b", "not UTF-16 text (byte 0x62 at position 4)"),
        (b"text\0text", "a binary file"),
        (b"\x01\x02\x03\x04text", "a binary file"),
        (b"\x7f\x01\x02\xfe\xff\x03", "a binary file"),
        ("text\0".encode("utf-16"), "a binary file"),
    ],
)
def test_what_is_not_text_is_named(data, message):
    """A wrong encoding is stated with its place rather than guessed."""
    with pytest.raises(ReadError) as caught:
        decode(data)

    assert caught.value.message == message


def test_a_wrong_encoding_comes_with_its_remedy():
    """The person learns what to do about it."""
    with pytest.raises(ReadError) as caught:
        decode(b"caf\xe9")

    assert "UTF-8" in caught.value.help


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x85f\x0cg", "a\nb\nc\nd\ne\nf\ng"),
        ("\n\n  a  \t\nb\xa0\n\n\n\n\nc\n\n", "a\nb\n\nc"),
        ("a\n \n\t\nb", "a\n\nb"),
        ("\x1b[31mred\x1b[0m \x9b2Jgone \x00\x7f", "[31mred[0m 2Jgone"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("\ufeff \ufeffa\ufeffb\ufeff", "a\ufeffb"),
        ("tab\tkept,  two  spaces kept", "tab\tkept,  two  spaces kept"),
        ("“quotes” ’ e\u0301 ﬁ ½", "“quotes” ’ e\u0301 ﬁ ½"),
    ],
)
def test_clean(raw, stored):
    """Line ends, controls and blank edges are put right; letters and marks stay verbatim."""
    assert clean(raw) == stored


@given(LINES)
def test_cleaning_twice_is_cleaning_once(raw):
    """Offsets into a stored text stay right when it passes a reader again."""
    once = clean(raw)

    assert clean(once) == once
    assert "\n\n\n" not in once
    assert not any(line != line.rstrip() for line in once.split("\n"))


@given(LINES)
def test_folding_leaves_one_line(raw):
    """A title or a name can never break out of its line."""
    line = fold(raw)

    assert line == " ".join(line.split())
    assert fold(line) == line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Short.\n\nMore.", "Short."),
        ("A  b\tc", "A b c"),
        ("x" * 200, "x" * 90 + "…"),
        ("word " * 16 + "wordy, next words", "word " * 16 + "wordy…"),
        ("word " * 18 + "more", ("word " * 18).strip() + "…"),
        ("y" * 90, "y" * 90),
    ],
)
def test_opening(text, words):
    """The words that stand in for a title end at the end of a word."""
    assert opening(text) == words


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", ()),
        ("Jane Doe", ("Jane Doe",)),
        ("By Jane Doe and John Smith", ("Jane Doe", "John Smith")),
        ("Jane Doe, John Smith, and Ana Ruiz", ("Jane Doe", "John Smith", "Ana Ruiz")),
        ("Jane Doe; John Smith & Ana Ruiz", ("Jane Doe", "John Smith", "Ana Ruiz")),
        ("Sammy Davis, Jr., Byron Anderson", ("Sammy Davis, Jr.", "Byron Anderson")),
    ],
)
def test_split_names(line, names):
    """Names come apart where people write commas and ands, and nowhere else."""
    assert split_names(line) == names
