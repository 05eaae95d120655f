"""Capitals: a title and a meaning are written as in the middle of a sentence, and may stand at the head of one."""


def in_capital(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]
