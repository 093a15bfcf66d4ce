"""The chat's ends at a terminal: keys, screen, pager, clipboard, browser."""
