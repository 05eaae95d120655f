"""Any loss: its gradient and its Hessian, derived step by step with the rules of the engine.

- `tokens`, `grammar`: text into trees; what is typed is parsed and never evaluated.
- `letters`, `lexicon`, `uses`, `stating`: which letters are indices, how far they run, what names mean, what is given.
- `build`, `vectors`, `declare`: trees into expressions, with the vocabulary of one question.
- `inferred`: the same for SymPy expressions, and inner quantities with names.
- `known`: what may be called, and what is known of it: softmax of any size, sigmoid, softplus.
- `conditions`: what must be positive, or not 0, for a loss to have a value.
- `places`: how large sizes must be for the fixed entries of a loss to exist.
- `differentiate`, `summing`, `tidy`: the moves, each a rule with its arguments, reason and hypotheses.
- `strategy`: in which order they are tried. It may be wrong; the chain it makes is checked as any other.
- `tool`: the gradient, the Hessian and their corollaries, checked before they are shown.
- `command`: the answer in a terminal.
- `worked`: losses from practice, which a page works out, and which can be cited.
"""
