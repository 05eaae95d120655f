"""The engine: what a derivation is, and the laws that carry it.

Generic, on SymPy alone: it knows no letter of the notation.

- `terms`: expressions with bound indices, and how to replace a part of one without capturing an index.
- `derivation`: definitions, hypotheses, steps, derivations; each step a rule with its arguments and its reason.
- `rules`: the laws, each a short function that refuses where it does not apply.
"""
