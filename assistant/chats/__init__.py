"""Chats that are kept: in a file of their own, so that no chat waits for the indexer."""
