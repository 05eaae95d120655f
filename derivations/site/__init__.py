"""The site: what turns entries into pages. The one wing that knows HTML and Markdown; MkDocs is for `docs/hooks/`.

- `placeholders`: the Markdown extension that puts formulas in the place of ``{{ chain bernoulli.score }}`` and its kin.
- `pieces`, `marked`: formulas as MathML, links. `blocks`: what is shown of each kind of entry. `tables`: the notation.
- `rule_pages`: the page of rules. `values`: results as numbers in a sentence. `reports`: errors that others printed.
- `ahead`: what takes long to make, which all processors make before the pages. `kept`, `entries_kept`: where it is kept
  from one build to the next, and what it depends on.
- `measured`, `verification`: what was measured, and the page that shows it.
"""
