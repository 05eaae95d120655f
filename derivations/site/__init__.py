"""The site: what turns entries into pages. The one wing that knows HTML and Markdown.

MkDocs is known to `docs/hooks/` alone.

- `placeholders`: the Markdown extension that puts formulas in the place of ``{{ chain bernoulli.score }}``
  and its kin.
- `pieces`, `marked`, `blocks`, `tables`: formulas as MathML, what a step changed in them, the block of each kind of
  entry, the tables of notation and sources.
- `rule_pages`: the page of rules. `values`: results as numbers in a sentence. `reports`: errors that others printed.
- `measured`, `verification`: what was measured, and the page that shows it.
"""
