"""From bytes to the stored text: the encoding is checked, line ends and controls are put right.

Offsets count from what `clean` returns, so nothing after it may change the text.
"""

from __future__ import annotations

import codecs
import re

from index.errors import ReadError

__all__ = ["clean", "decode", "fold", "plain_lines"]

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 8192  # bytes, or characters, that are looked at to tell text from binary
_BINARY_SHARE = 0.1  # of controls among them; text has next to none
_CONTROLS = bytes([*range(9), *range(14, 32), 127])
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACE_BEFORE_END = re.compile(r"\n(?<=[^\S\n]\n)")  # led by a literal, which is found faster
_EMPTY_LINES = re.compile(r"\n{3,}")
_BOM = "\ufeff"
# every white space that `plain_lines` leaves, and the byte order mark that concatenated files hold
_BLANK = (
    " \t\n\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000" + _BOM
)


def decode(data: bytes) -> str:
    """Return the text of a file's bytes, without a byte order mark.

    UTF-8 and, with a byte order mark, UTF-16 are read. Other encodings are not guessed: a wrong
    guess would put wrong letters into quotes.

    Raises:
        ReadError: The file is empty, binary, or in another encoding.
    """
    encoding = "UTF-16" if data.startswith(_UTF16) else "UTF-8"
    if encoding == "UTF-8" and b"\0" in data:
        raise ReadError("a binary file")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as exc:
        if encoding == "UTF-8" and _is_binary(data[:_HEAD]):
            raise ReadError("a binary file") from exc
        raise ReadError(
            f"not {encoding} text (byte 0x{data[exc.start]:02x} at position {exc.start})",
            help="save the file as UTF-8",
        ) from exc
    if "\0" in text or _is_binary(text[:_HEAD].encode()):
        raise ReadError("a binary file")
    if not text.strip().strip(_BLANK):
        raise ReadError("empty")
    return text.removeprefix(_BOM)


def clean(text: str) -> str:
    """Return the text as it is stored; cleaning it again changes nothing.

    Lines end in a line feed and in no white space, one empty line at most divides them, control
    characters are gone, and nothing blank surrounds the text. Letters, quotation marks and
    spaces within lines stay as they are, since quotes are verbatim.
    """
    text = plain_lines(text)
    if _SPACE_BEFORE_END.search(text):
        text = "\n".join([line.rstrip() for line in text.split("\n")])
    if "\n\n\n" in text:
        text = _EMPTY_LINES.sub("\n\n", text)
    return text.strip(_BLANK)


def plain_lines(text: str) -> str:
    """Return the text with line feeds as its only line ends and tabs as its only controls.

    Half a surrogate pair, which no file can hold as UTF-8, becomes U+FFFD.
    """
    if _UNWANTED.search(text) is None:
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATES.sub("\ufffd", text)
    return _UNWANTED.sub("", text)


def fold(text: str) -> str:
    """Return the text as one line, each run of white space folded into one space."""
    return " ".join(plain_lines(text).strip(_BLANK).split())


def _is_binary(head: bytes) -> bool:
    return len(head) - len(head.translate(None, _CONTROLS)) > _BINARY_SHARE * len(head)
