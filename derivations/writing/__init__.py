"""Writing: how formulas and entries look. The only room that writes LaTeX. Imports the engine alone.

- `writer`, `order`: walk an expression and decide its order and its brackets, as a person would.
- `typeset`: the same as LaTeX and as one line of Unicode; statements and whole chains. `marks`: what a step changed.
- `code`: a formula as a Python function of arrays.
- `steps`: what a step did, in a phrase. `terminal`: entries as a terminal shows them, in colour or in ASCII.
- `listing`: entries in a list. `options`: what the command line can be asked for.
- `export`: an entry as plain values for JSON, and derived anew from them.
"""
