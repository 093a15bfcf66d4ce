"""Names in all their forms, and whether those of a sentence are in its source."""
