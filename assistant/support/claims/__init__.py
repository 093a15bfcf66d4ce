"""What a sentence claims: how surely, by whose word, and of whom."""
