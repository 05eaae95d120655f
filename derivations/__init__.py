"""How the likelihood becomes the cross-entropy loss, derived with SymPy for general n and K."""
