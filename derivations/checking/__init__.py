"""Checking: evaluates both sides of every step, by arithmetic that shares no code with the rules. Knows no chapter.

- `balls`, `evaluate`: numbers with an error bound, and the value of an expression at a point.
- `sample`: points, drawn from the domains of the notation and narrowed by the hypotheses.
- `check`: verified, refuted or undecided, step by step.
- `fields`, `exact`: equalities decided in exact fractions, for small sizes.
- `counterexamples`: where a claim fails, and what breaks when a hypothesis is dropped.
- `mutations`: planted errors, and whether the checks see them.
"""
