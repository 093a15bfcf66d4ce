"""Dates in texts, and the periods and preferences that articles are found by."""

from index.dates.mentions import DateMention, Days, date_ranges, find_dates
from index.dates.period import DatePreference, Order, Period

__all__ = ["DateMention", "DatePreference", "Days", "Order", "Period", "date_ranges", "find_dates"]
