"""Whether two articles say different things of the same."""
