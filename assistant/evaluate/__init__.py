"""Measures retrieval, answers, citations and abstention with questions whose answers are known.

Data flows from `questions` through `asking` into the lines of a `runfile`; `scores` and `compare`
turn lines into figures, and `table`, `plots` and `page` show them.
"""
