"""Takes questions apart that compare or chain, so that each thing they name is searched for.

“Did the Herald and the Daily report the same number?” is about the Herald and about the Daily;
“Which came first, the vote or the resignation?” about the vote and about the resignation; “How many
were hurt, first and finally?” about the oldest and about the newest figure. A simple question is
left whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.question.complete import complete_beside
from assistant.question.follow_ups import telling
from assistant.question.people import Named, named
from index.dates import Order
from index.lexical import query_words

__all__ = ["PartText", "split"]

# More parts than these would each get hardly a passage.
_MOST = 4
# A name that stands so close behind another is named together with it.
_BETWEEN = re.compile(
    r"[’']?s?\s*(?:,|,?\s*(?:and|or|&|vs\.?|versus|than|with|to|from)\s+)\s*(?:that\s+of\s+|in\s+)?"
    r"(?:the\s+)?",
    re.IGNORECASE,
)
_COMPARING = re.compile(
    r"\b(?:same|differ\w*|compar\w*|contrast|both|either|each|respectively|versus|vs|agree\w*"
    r"|disagree\w*|contradict\w*|match\w*|conflict\w*|consistent|which\s+of|who\s+of)\b",
    re.IGNORECASE,
)
# What compares only where one thing or another is named: “who raised more, A or B?”
_CHOOSING = re.compile(r"\b(?:or|than|vs\.?|versus)\b", re.IGNORECASE)
_THAN = re.compile(
    r"\s+(?:(?:much|far|any)\s+)?(?:more|less|fewer|\w+er|earlier|later|worse|better)\s+"
    r"(?:[\w-]+\s+)?than\s+",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"(?s)^.*[.!?][\"”’)]*\s+(?=\S)")
_CUES = re.compile(
    r"\b(?:same|both|either|each|respectively|versus|vs\.?|compared?\s+(?:to|with)"
    r"|which\s+of\s+(?:the\s+two|them))\b",
    re.IGNORECASE,
)
_FIRST_AND_LAST = re.compile(
    r"[,\s]*\b(?:at\s+)?(?:first|initially|originally|then)\s*(?:,|and|,\s*and|and\s+then)\s*"
    r"(?:finally|last(?:ly)?|in\s+the\s+end|eventually|now|later|today|at\s+the\s+end)\b",
    re.IGNORECASE,
)
_CHANGING = re.compile(
    r"^\s*how\s+(?:much\s+)?(?:has|have|did|does|do)\s+(?P<what>.+?)\s+"
    r"(?:chang|evolv|develop|shift)\w*\b(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_OR = re.compile(
    r"^(?P<asks>\W*(?:which|what|who)\b[^,:–—]*\b(?:first|last|earlier|later|before|more|less|fewer"
    r"|most|higher|lower|bigger|larger|longer|older|younger|better|worse)\b[^,:–—]*)"
    r"\s*[,:–—]\s*(?P<one>.+?),?\s+or\s+(?P<other>.+?)\s*\?*$",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"^\W*(?:did|was|were|has|had)\s+(?P<one>.+?)\s+(?:happen|happened|come|came|take\s+place|held"
    r"|announced|published|opened?)?\s*(?:before|after|earlier\s+than|later\s+than)\s+"
    r"(?P<other>.+?)\s*\?*$",
    re.IGNORECASE,
)
_BETWEEN_TWO = re.compile(
    r"\b(?:differences?|discrepancy|contradictions?|comparison)\s+(?:is\s+there\s+)?between\s+"
    r"(?P<one>.+?)\s+and\s+(?P<other>.+?)\s*\?*$|^\W*compare\s+(?P<this>.+?)\s+(?:and|with|to)\s+"
    r"(?P<that>.+?)[\s?.]*$",
    re.IGNORECASE,
)
_VERBS = (
    r"(?:report|say|give|claim|count|agree|disagree|differ|publish|name|put|have|speak|mention"
    r"|describe|estimate|state|tell|contradict|want|offer|vote|use|make|see)"
)
_PAIR = re.compile(
    rf"^\W*(?P<asks>(?:how|why|when|where|what|in\s+what\s+way)?\s*(?:did|do|does|have|has))\s+"
    rf"(?P<one>(?:the\s+|an?\s+)?[^,?]+?)\s+and\s+(?P<other>(?:the\s+|an?\s+)?[^,?]+?)\s+"
    rf"(?P<rest>(?:both\s+)?{_VERBS}\b[^?]*)\?*$",
    re.IGNORECASE,
)
# Every sentence of an outlet is what it reports.
_REPORTING = re.compile(
    r"\b(?:did|does|do|have|has|the(?=\s+(?:report|say|give|publish))|report(?:ed|s)?|say|said|give|gave"
    r"|publish(?:ed)?|write|wrote|according\s+to)\b",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    r"\b(?:the\s+|a\s+)?(?:number|numbers|figure|figures|count|total)\s+(?:of|for)\s+"
    r"((?:the\s+)?\w+(?:\s+\w+)?)",
    re.IGNORECASE,
)
# Two questions in one: “Who won, and what was her time?”
_JOINED = re.compile(
    r"\s*(?:\?\s*(?:and\s+)?|[,;]?\s+and\s+)(?=(?:who|what|when|where|which|why|how)\b\s+\w+\s+\w)",
    re.IGNORECASE,
)
_CHAINED = re.compile(
    r"\b(?:leads?|led|runs?|heads?|owns?|owner|head|leader|director|chief\s+executive|CEO|boss|chair"
    r"|captain|author|capital|mayor|president|founder)\b[^?]*?"
    r"\b(?:the|a)\s+(?P<thing>[\w-]+(?:\s+[\w-]+)?)\s+(?P<clause>(?:that|which|who)\s+[^?]{8,})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PartText:
    """One thing to search for.

    Attributes:
        asked: The part as a person would put it.
        text: The words that are searched for, when they are others: articles do not name their
            own outlet.
        source: The outlet that alone is searched, or empty for all.
        order: Whether the newest or the oldest articles are wanted.
    """

    asked: str
    text: str = ""
    source: str = ""
    order: Order = ""


def split(text: str, outlet: Callable[[str], str]) -> list[PartText]:
    """What a question that compares or chains is searched for by; nothing for a simple one.

    Args:
        text: The question, standing alone.
        outlet: The outlet of the library that a name stands for, or empty.
    """

    def of_outlet(part: PartText) -> PartText:
        counted = _NUMBER_OF.sub(r"how many \1", part.asked)
        outlets = [(name, source) for name in named(counted) if (source := outlet(name.text))]
        if len(outlets) != 1:
            return replace(part, text=counted)
        name, source = outlets[0]
        rest = f"{counted[: name.start]} {counted[name.start + len(name.text) :]}"
        rest = _REPORTING.sub(" ", rest)
        return replace(part, text=" ".join(rest.split()), source=source)

    for taking_apart in (_in_time, _joined, _compared, _things, _chained):
        parts = [part for part in taking_apart(text) if query_words(part.asked)]
        if len(parts) > 1:
            return list(map(of_outlet, parts[:_MOST]))
    outlets = [name for name in named(text) if outlet(name.text)]
    return list(map(of_outlet, _each(_together(outlets, text), text)))[:_MOST]


def _in_time(text: str) -> Iterator[PartText]:
    """The first and the last of something."""
    match = _FIRST_AND_LAST.search(text)
    if match:
        rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
    else:
        change = _CHANGING.match(text)
        if change is None or len(named(change["what"])) > 1:
            return
        rest = f"{change['what']} {change['rest']}".strip()
    rest = re.sub(r"\s+([?.,])", r"\1", rest)
    yield PartText(rest, order="oldest")
    yield PartText(rest, order="newest")


def _joined(text: str) -> Iterator[PartText]:
    """Several questions in one, each of which says enough to be asked alone."""
    asked = [part.strip(" ?,;") for part in _JOINED.split(text)]
    if len(asked) > 1 and all(len(telling(part)) > 0 for part in asked):
        topic = [name.text for name in named(asked[0])]
        yield PartText(f"{asked[0]}?")
        for part in asked[1:]:
            whole = complete_beside(f"{part}?", asked[0])
            missing = [] if named(whole) or whole != f"{part}?" else topic
            yield PartText(f"{whole}{' (' + ', '.join(missing) + ')' if missing else ''}")


def _compared(text: str) -> Iterator[PartText]:
    """The same question of each of several names that are compared."""
    lead = _LAST_SENTENCE.match(text)
    asked = text[lead.end() :] if lead else text
    names = named(asked)
    group = _together(names, asked)
    if group:
        end = group[-1].start + len(group[-1].text)
        if _COMPARING.search(asked) or _CHOOSING.search(asked, group[0].start, end):
            yield from _each(group, asked)
        return
    than = _THAN.search(asked)
    if than and len(names) == 2 and names[0].start < than.start() <= names[1].start:
        before = asked[: than.start()]
        for name in names:
            old = names[0]
            whole = f"{before[: old.start]}{name.text}{before[old.start + len(old.text) :]}"
            yield PartText(f"{whole}?")


def _each(group: Sequence[Named], text: str) -> Iterator[PartText]:
    """The question with each of some names alone in the place of all."""
    if len(group) < 2:
        return
    start, end = group[0].start, group[-1].start + len(group[-1].text)
    for name in group:
        whole = f"{text[:start]}{name.text}{text[end:]}"
        yield PartText(re.sub(r"\s+([?.,])", r"\1", " ".join(_CUES.sub(" ", whole).split())))


def _together(names: Sequence[Named], text: str) -> list[Named]:
    """The longest run of names with nothing but “and”, “or”, “than” between them."""
    best: list[Named] = []
    run: list[Named] = []
    for name in names:
        if run:
            between = text[run[-1].start + len(run[-1].text) : name.start]
            if not _BETWEEN.fullmatch(between):
                run = []
        run.append(name)
        best = run if len(run) > len(best) else best
    return best if len(best) > 1 else []


def _things(text: str) -> Iterator[PartText]:
    """Two things that have no names: “the vote or the resignation”."""
    for pattern in (_OR, _BETWEEN_TWO, _ORDER):
        match = pattern.search(text)
        if match:
            found = [part for name, part in match.groupdict().items() if part and name != "asks"]
            if all(telling(part) for part in found):
                yield from map(PartText, found)
                return
    pair = _PAIR.match(text)
    if pair and _COMPARING.search(pair["rest"]):
        rest = _CUES.sub(" ", pair["rest"])
        for part in (pair["one"], pair["other"]):
            yield PartText(" ".join(f"{part} {rest}".split()))


def _chained(text: str) -> Iterator[PartText]:
    """A question about something that has to be found first: “the company that bought Tindra”."""
    match = _CHAINED.search(text)
    if match and (named(match["clause"]) or len(telling(match["clause"])) > 1):
        yield PartText(text)
        yield PartText(f"{match['thing']} {match['clause']}".strip())
