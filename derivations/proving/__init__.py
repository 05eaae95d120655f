"""Coq: every derivation as a theorem for all sizes, with a proof that follows its steps."""
