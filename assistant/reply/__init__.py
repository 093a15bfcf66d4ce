"""Reads what a model writes, as it streams, and gives out sentences with what they cite."""
