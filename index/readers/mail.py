"""Newsletters as they came by mail: one message, or a mailbox of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import BinaryIO, cast

from index.errors import ReadError
from index.readers.build import build_article
from index.readers.decode import fold, plain_lines
from index.readers.paragraphs import join_lines
from index.readers.webpage import page_text
from index.types import Article, Skipped

__all__ = ["read_mail", "read_mailbox"]

_LARGEST = 50 * 2**20  # bytes of one message; pictures that are attached count
# what the parser of the standard library raises at headers and parts that make no sense
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
_ESCAPED = re.compile(rb">+From ")


def read_mail(data: bytes, path: str) -> Article:
    """Return the article that a mail holds.

    The subject is the title, the day of the `Date` header in its own time zone the date, and the
    sender's name the outlet. The plain text is preferred to the HTML. The mail is identified by
    `path`, `#` and its `Message-ID`, if it has one.

    Args:
        data: The mail with its headers.
        path: Where it was read from.

    Raises:
        ReadError: It is no mail, or has no text.
    """
    return _article(data, path, path)


def read_mailbox(file: BinaryIO, where: str, address: str) -> Iterator[Article | Skipped]:
    """Yield the article of each message of a mailbox, and why a message holds none.

    A message without a `Message-ID` is identified by `address`, `#` and the line it begins on.

    Args:
        file: The mailbox.
        where: The file as the person named it, for what is skipped.
        address: What the articles begin their path with.

    Raises:
        ReadError: It is no mailbox.
        OSError: The file cannot be read.
    """
    for line, data in _messages(file):
        if len(data) > _LARGEST:
            yield Skipped(f"{where} line {line}", f"a message larger than {_LARGEST >> 20} MB")
            continue
        try:
            yield _article(data, address, f"{address}#{line}")
        except ReadError as exc:
            yield Skipped(f"{where} line {line}", exc.message)


def _messages(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield each message with the line it begins on; of one too large only the first part."""
    start, number = 0, 0
    message = bytearray()
    after_empty = True
    while line := file.readline(_LARGEST + 1):
        number += 1
        if after_empty and line.startswith(b"From "):
            if start:
                yield start, bytes(message)
            start = number
            message.clear()
        elif not start:
            if line.strip():
                raise ReadError('not a mailbox: it does not begin with "From "')
        elif len(message) <= _LARGEST:
            message += line[1:] if _ESCAPED.match(line) else line
        after_empty = not line.strip()
    if start == 0:
        raise ReadError("empty")
    yield start, bytes(message)


def _article(data: bytes, path: str, unnamed: str) -> Article:
    try:
        message = message_from_bytes(data, policy=policy.default)
        named = any(name in message for name in ("From", "Subject", "Date", "Message-ID"))
        text = _text(message) if named else ""
    except _DAMAGE as exc:
        raise ReadError(f"a damaged mail ({fold(str(exc))})") from exc
    if not named:
        raise ReadError("not a mail: it has no sender, subject or date")
    name, sender = parseaddr(_header(message, "From"))
    key = fold(_header(message, "Message-ID")).strip("<>")
    return build_article(
        text,
        path=f"{path}#{key}" if key else unnamed,
        title=_header(message, "Subject"),
        date=_header(message, "Date"),
        source=name or sender,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return plain_lines(str(message.get(name, "")))
    except _DAMAGE:
        return ""


def _text(message: EmailMessage) -> str:
    """Return the text of the part that a reader would show, or "" when there is none."""
    for kind in ("plain", "html"):
        part = cast("EmailMessage | None", message.get_body(preferencelist=(kind,)))
        if part is None:
            continue
        content = _content(part)
        if kind == "html":
            content = page_text(content)[1]
        else:
            content = join_lines(plain_lines(content).split("\n"))
        if content.strip():
            return content
    return ""


def _content(part: EmailMessage) -> str:
    data = cast("bytes | None", part.get_payload(decode=True)) or b""
    stated = part.get_content_charset("utf-8")
    try:
        # what is plain ASCII by its header is often UTF-8
        return data.decode("utf-8" if stated == "us-ascii" else stated)
    except (LookupError, UnicodeDecodeError) as exc:
        raise ReadError(f"not {fold(stated)} text, which it says it is") from exc
