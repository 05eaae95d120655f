"""Writing: how formulas and entries look. The only room that writes LaTeX. Imports the engine alone.

- `writer`: walks an expression and decides its order and its brackets, as a person would.
- `typeset`: the same as LaTeX and as one line of Unicode; statements and whole chains.
- `code`: an expression as a Python function.
- `export`: an entry as plain values, for JSON.
"""
