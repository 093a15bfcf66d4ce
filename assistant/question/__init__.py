"""From what a person typed to what is looked up: follow-ups, times, parts."""

from assistant.question.limits import Limits, parse_day, read_limits
from assistant.question.times import date_preference
from assistant.question.understand import Holdings, Understanding, meant_by, resolve, understand

__all__ = [
    "Holdings",
    "Limits",
    "Understanding",
    "date_preference",
    "meant_by",
    "parse_day",
    "read_limits",
    "resolve",
    "understand",
]
