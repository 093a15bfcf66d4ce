"""From what a person typed to what is looked up: follow-ups, times, parts."""

from assistant.question.resolve import parse_day, resolve
from assistant.question.times import date_preference

__all__ = ["date_preference", "parse_day", "resolve"]
