"""How the checks read a text: its words, their meanings, its clauses, and its language."""
