"""Takes out of a reply the links and images that none of its sources contains.

A model can be talked into writing an address that carries off what it was shown, or one that a
reader had better not follow. What the sources themselves contain stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["LINK_REMOVED", "Links", "find_addresses", "normal_address"]

LINK_REMOVED = "[link removed]"
"""What stands where an address was taken out."""

# Endings of addresses that are written without a scheme. Those that are words too (it, is, so, at,
# me, in) are only taken for one behind www. or before a path.
_ENDINGS = (
    "com|org|net|edu|gov|mil|int|info|biz|app|dev|xyz|site|online|shop|store|club|live|news|link"
    "|click|top|pro|icu|vip|cc|tv|io|ai|co|uk|de|fr|ru|cn|jp|nl|eu|ch|es|pl|br|au|ca|us|ly|onion"
)
_HOST = r"(?:[\w-]{1,63}\.){1,8}"
_ADDRESS = re.compile(
    rf"""
    (?: \b[a-z][a-z0-9+.-]{{1,20}}:// | //(?=[\w-]+\.) | \bwww\d?\. ) [^\s<>\[\]"“”«»|]+
    | \b(?:mailto|javascript|vbscript|data|file|tel|sms):[^\s<>\[\]"“”«»|]+
    | [\w.+-]{{1,64}}@{_HOST}[^\W\d_]{{2,24}}
    | (?<![\w@.]) {_HOST} (?:{_ENDINGS})(?![\w-]|\.\w) (?:[/:?][^\s<>\[\]"“”«»|]*)?
    | (?<![\w@.]) {_HOST} [^\W\d_]{{2,24}} /[^\s<>\[\]"“”«»|]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What is rarely the end of an address and often the end of a sentence.
_TRAILING = ".,;:!?…。）)}'’*_`~>"
_SCHEME = re.compile(r"(?:https?:)?//|mailto:", re.IGNORECASE)
_AFTER_HOST = re.compile(r"[/?#]")

# The beginnings of what has to be seen whole: an image, a link, a tag, a comment.
_OPENING = re.compile(r"!?\[|<(?=[a-z/!])", re.IGNORECASE)
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\]){0,400})\]"
    r"\((?P<to>(?:[^()]|\([^()]*\)){0,2000})\)"
)
_TAG = re.compile(
    r"<!--.{0,2000}?-->|</?(?P<name>[a-z][a-z0-9]*)(?P<rest>(?:\s[^<>]{0,2000})?)/?>",
    re.IGNORECASE | re.DOTALL,
)
# How much of one may have come without its end before it is taken for something else.
_LONGEST = 2400
_TARGET = re.compile(r"(?:src|href|data|action)\s*=\s*[\"']?(?P<to>[^\s\"'>]+)", re.IGNORECASE)
# Where a link leads: an address, a path, a place in the page; words in brackets lead nowhere.
_LEADS = re.compile(
    r"\s*<?(?:[a-z][a-z0-9+.-]*:|[/#?]|\S+[./]\S*(?:\s+[\"'(]|\s*>?\s*\Z))", re.IGNORECASE
)
# Tags that models put around citations; the reader of citations looks at these.
_CITING = frozenset({"sup", "cite", "ref", "source"})
_BREAKING = frozenset({"br", "p", "li", "tr", "div", "ul", "ol", "h1", "h2", "h3", "h4"})


def find_addresses(text: str, begin: int = 0) -> list[tuple[int, int]]:
    """The ranges of a text, from a place on, that are addresses of pages, mailboxes or hosts."""
    found = []
    for match in _ADDRESS.finditer(text, begin):
        address = match[0].rstrip(_TRAILING)
        if address.count("(") > address.count(")"):
            address += match[0][len(address) :][: address.count("(") - address.count(")")]
        if address:
            found.append((match.start(), match.start() + len(address)))
    return found


def normal_address(address: str) -> str:
    """One form for the ways in which the same address is written."""
    plain = _SCHEME.sub("", address.strip(), count=1)
    host, slash, path = plain.partition("/")
    return (host.lower().removeprefix("www.") + slash + path).rstrip("/")


def _host(address: str) -> str:
    return _AFTER_HOST.split(address, maxsplit=1)[0].rpartition("@")[2].partition(":")[0][:60]


@dataclass
class Links:
    """Passes on a reply without foreign links.

    Attributes:
        removed: The hosts of what was taken out.
    """

    known: frozenset[str] = frozenset()
    removed: dict[str, None] = field(default_factory=dict)
    _held: str = ""
    _running: bool = False

    @classmethod
    def known_from(cls, texts: Iterable[str]) -> Links:
        """A filter that lets through the addresses of some texts, and the hosts of these."""
        known: set[str] = set()
        for text in texts:
            for start, end in find_addresses(text):
                address = normal_address(text[start:end])
                known |= {address, _host(address)}
        return cls(frozenset(known))

    def step(self, unit: str) -> str:
        """What can be passed on after the next unit."""
        return self._pass_on(self._held + unit, whole=False)

    def finish(self) -> str:
        """What is left when the reply has ended."""
        return self._pass_on(self._held, whole=True)

    def _pass_on(self, text: str, *, whole: bool) -> str:
        out: list[str] = []
        position = 0
        while found := _OPENING.search(text, position):
            out.append(self._plain(text[position : found.start()]))
            position = found.start()
            match = (_TAG if found[0] == "<" else _LINK).match(text, position)
            if match is None:
                if not whole and self._may_go_on(text[position:]):
                    break
                out.append(found[0])
                position = found.end()
                self._running = False
                continue
            out.append(self._tag(match) if found[0] == "<" else self._link(match))
            position = match.end()
        else:
            out.append(self._plain(text[position:]))
            position = len(text)
        self._held = text[position:]
        return "".join(out)

    @staticmethod
    def _may_go_on(text: str) -> bool:
        """Whether what has begun may still become a link or a tag."""
        if len(text) > _LONGEST or "\n\n" in text:
            return False
        if text.startswith("<!"):
            return "<!--".startswith(text[:4])
        if text.startswith("<"):
            return ">" not in text and "<" not in text[1:]
        depth = 0
        for place, letter in enumerate(text):
            depth += (letter == "[") - (letter == "]")
            if letter == "]" and depth == 0:
                return text[place + 1 : place + 2] in ("", "(") and ")" not in text[place + 1 :]
        return len(text) < _LONGEST // 4

    def _link(self, match: re.Match[str]) -> str:
        to = match["to"].strip().split(maxsplit=1)[0].strip("<>") if match["to"].strip() else ""
        self._running = False
        if match["image"]:
            if to and normal_address(to) in self.known:
                return match[0]
            self._note(to)
            return ""
        inside = self._plain(match["text"])
        if not _LEADS.match(match["to"]):
            return f"[{inside}]({self._plain(match['to'])})"
        if normal_address(to) in self.known:
            return match[0]
        self._note(to)
        # Where the text of the link is a number, it is a citation that was made a link.
        return f"[{inside}]" if inside.strip("^[]").replace(".", "").isdigit() else inside

    def _tag(self, match: re.Match[str]) -> str:
        name = (match["name"] or "").lower()
        self._running = False
        if name in _CITING and not match["rest"].strip(" /"):
            return match[0]
        for target in _TARGET.finditer(match["rest"] or ""):
            if normal_address(target["to"]) not in self.known:
                self._note(target["to"])
        return "\n" if name in _BREAKING else ""

    def _plain(self, text: str) -> str:
        """Text without foreign addresses; one that was cut goes on until white space comes."""
        out, position = [], 0
        if self._running:
            position = next((i for i, letter in enumerate(text) if letter.isspace()), len(text))
            self._running = position == len(text)
        for start, end in find_addresses(text, position):
            if normal_address(text[start:end]) in self.known:
                continue
            self._note(text[start:end])
            out += [text[position:start], LINK_REMOVED]
            position = end
            self._running = end == len(text)
        return "".join((*out, text[position:]))

    def _note(self, address: str) -> None:
        self.removed.setdefault(_host(normal_address(address)) or "an address without a host")
