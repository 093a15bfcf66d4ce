"""Deeds of one kind of which one is not the other: who leases something does not sell it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.support.text.alignment import Alignment
from assistant.support.text.meanings import root

__all__ = ["other_deeds"]

# Of each line, what stands between two bars is not what stands between any others.
_KINDS = """
sell sale auction | lease rent rental | lend loan | donate donation | pledge | offer | borrow
sell sale auction | steal theft | lend loan | donate donation
buy purchase acquire | lease rent rental | borrow | steal | inherit
give | sell sale | lend loan | lease rent
arrest detain | charge | indict | convict conviction | acquit | sentence | deport extradite | sue
accuse | indict | convict conviction | sentence
question | arrest detain | charge | indict | convict | sentence
kill die dead death | missing | injure wound hurt | rescue
hospitalize hospitalise | kill die dead death | missing
shot shoot | stab | strangle | poison | drown | behead
kill die dead death | kidnap abduct | hospitalize hospitalise
damage | destroy demolish raze
propose introduce draft | pass adopt enact | veto | repeal | ratify
sign | ratify | veto | draft | repeal
amend | repeal | veto | ratify
suspend | fire sack dismiss oust | resign | promote | retire
nominate | elect | confirm
appoint | elect
win won | draw drew drawn tie | nominate
beat defeat | draw drew drawn tie
delay postpone | cancel cancelled cancellation | ban
suspend pause | cancel cancelled | extend
recall | ban
build construct | renovate refurbish restore | demolish raze | repair fix
repair fix | replace | demolish raze | sell
renovate refurbish restore | demolish raze | replace
rebuild | demolish raze | repair
marry | divorce | engaged
restrict limit | ban prohibit
freeze frozen | seize confiscate | destroy
merge merger | acquire buy purchase
order | deliver
invite | visit
apply | grant
test | approve
"""
# What the first says is so where the second is.
_FOLLOWS = """
offer/sell offer/lend offer/lease offer/donate pledge/donate lend/lease give/donate
charge/indict charge/convict charge/sentence indict/convict indict/sentence convict/sentence
accuse/indict accuse/convict accuse/sentence arrest/convict arrest/sentence
arrest/indict question/arrest question/charge convict/deport
kill/strangle kill/behead injure/hospitalize damage/destroy propose/pass propose/ratify pass/sign
propose/veto propose/repeal pass/veto pass/repeal sign/ratify draft/sign nominate/elect
nominate/confirm nominate/win restrict/ban order/deliver marry/divorce engaged/marry
invite/visit apply/grant freeze/seize demolish/rebuild
"""
# Words for things that are made as those for deeds are.
_THINGS = frozenset(
    "building buildings offer offers offering testing saw draw order orders".split()
)


def _table() -> dict[str, tuple[tuple[int, int], ...]]:
    """For each root the lines that it stands in, with the place there."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(_KINDS.strip().split("\n")):
        for place, group in enumerate(line.split("|")):
            for word in group.split():
                found.setdefault(root(word), []).append((number, place))
    return {word: tuple(places) for word, places in found.items()}


_PLACES = _table()
_IMPLIED = frozenset(
    (root(one), root(other)) for one, _, other in (pair.partition("/") for pair in _FOLLOWS.split())
)


def other_deeds(alignment: Alignment) -> Iterator[tuple[int, int]]:
    """The places in the answer of deeds that the source lacks, and of what the source has there."""
    answer, source, back = alignment.answer, alignment.source, alignment.back
    deeds = [(place, t.root) for place, t in enumerate(source.tokens) if t.root in _PLACES]
    for at, token in enumerate(answer.tokens):
        if token.root not in _PLACES or token.name or not alignment.is_told_near(at):
            continue
        if token.word in _THINGS or any(other.root == token.root for other in source.tokens):
            continue
        paired = alignment.pairs.get(at)
        for place, other in deeds:
            if (
                (place == paired or (paired is None and place not in back))
                and _are_apart(token.root, other)
                and alignment.same_place(at, place)
                and not source.tokens[place].name
                and bool(answer.negatives_near(at)) == bool(source.negatives_near(place))
            ):
                yield at, place
                break


def _are_apart(mine: str, theirs: str) -> bool:
    """Whether two roots name different deeds of a kind, and the answer's does not follow."""
    apart = any(
        line == other and place != where
        for line, place in _PLACES[mine]
        for other, where in _PLACES[theirs]
    )
    return apart and (mine, theirs) not in _IMPLIED
