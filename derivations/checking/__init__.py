"""Checking: evaluates both sides of every step, by arithmetic that shares no code with the rules. Knows no chapter.

- `balls`, `points`, `evaluate`: numbers with an error bound, places to evaluate at, and the values of expressions.
- `sample`: points, drawn from the domains of the notation and narrowed by the hypotheses.
- `check`: verified, refuted or undecided, step by step.
- `fields`, `exact`: equalities decided in exact fractions, for small sizes.
- `counterexamples`, `dropped`: where a claim fails, and what breaks when a hypothesis is dropped.
- `mutations`: planted errors, and whether the checks see them.
- `records`: what was found, kept for the entry as it is, so that nothing is found twice; it takes SymPy alone.
- `found`: what the checks find of an entry, read where there is a record.
"""
