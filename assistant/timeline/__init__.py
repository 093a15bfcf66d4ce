"""Timelines: what the articles say of a topic, day by day, one cited sentence each."""

from assistant.timeline.values import DatedBy, Entry, Timeline

__all__ = ["DatedBy", "Entry", "Timeline"]
