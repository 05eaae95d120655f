"""The engine: what a derivation is, and the laws that carry it. On SymPy alone: it knows no letter of the notation.

- `terms`: expressions with bound indices, and how to replace a part of one without capturing an index.
- `entries`: hypotheses, definitions, conventions, counterexamples, cited theorems.
- `derivation`: steps and chains of them; each step a rule with its arguments and its reason.
- `rules/`: the laws, each a short function that refuses where it does not apply; `rules/logarithms`, for instance, has
  the logarithm of a product.
- `misuse`: what is said to whoever uses the engine wrongly.
- `parts`: which part of a line became which. `trees`: expressions as plain lists. `replay`: every step made again.
"""
