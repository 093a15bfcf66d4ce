"""How much of a sentence is in other words than its source, and whether they say the same."""
