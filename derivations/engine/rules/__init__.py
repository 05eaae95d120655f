"""Generic laws, each a short function ``expression, *parameters -> expression``.

A rule applies its law wherever it fits, and refuses with `RuleDoesNotApply` where it fits nowhere. The condition a
law needs (a positive argument, a finite sum) is in its docstring; the step that uses it names the hypothesis that
meets it.
"""
