"""The forms of irregular verbs and nouns, which no stemmer brings together."""

from __future__ import annotations

__all__ = ["base", "is_irregular", "is_past_form"]

# Each after its base.
_IRREGULAR = """
be is are was were been being am
have has had having
do does did done
go goes went gone
come came
take took taken
give gave given
get got gotten
make made
say said
tell told
think thought
know knew known
see saw seen
find found
leave left
keep kept
hold held
bring brought
buy bought
sell sold
send sent
spend spent
lend lent
build built
lose lost
win won
meet met
lead led
feed fed
read
hear heard
feel felt
mean meant
deal dealt
sleep slept
sit sat
stand stood
understand understood
withstand withstood
begin began begun
drink drank drunk
sing sang sung
swim swam swum
ring rang rung
run ran
speak spoke spoken
break broke broken
steal stole stolen
choose chose chosen
freeze froze frozen
wake woke woken
drive drove driven
ride rode ridden
rise rose risen
write wrote written
arise arose arisen
strike struck stricken
stick stuck
hang hung
dig dug
swing swung
fight fought
catch caught
teach taught
seek sought
fall fell fallen
eat ate eaten
grow grew grown
blow blew blown
fly flew flown
throw threw thrown
draw drew drawn
withdraw withdrew withdrawn
show shown
wear wore worn
bear bore borne born
swear swore sworn
tear tore torn
hide hid hidden
bite bit bitten
forbid forbade forbidden
forget forgot forgotten
shoot shot
shrink shrank shrunk
light lit
flee fled
bind bound
grind ground
pay paid
lay laid
lie lying
die dying died dies death dead
man men
woman women
child children
person people
foot feet
tooth teeth
life lives
wife wives
half halves
crisis crises
"""


def _bases() -> dict[str, str]:
    return {form: line.split()[0] for line in _IRREGULAR.split("\n") for form in line.split()[1:]}


_BASES = _bases()


def base(word: str) -> str:
    """The base of a folded word, where it is an irregular form; else the word."""
    return _BASES.get(word, word)


def is_irregular(word: str) -> bool:
    """Tell a form of an irregular verb (or a plural) from the regular ones."""
    return word in _BASES


def is_past_form(word: str) -> bool:
    """Tell "took" and "taken" from "take" and "goes"; "put" and "read" are not told."""
    return word in _BASES and word != _BASES[word] and not word.endswith(("ing", "es"))
