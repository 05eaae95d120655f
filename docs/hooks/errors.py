"""A fault in a page is one message that names the page and says what would be right, not a traceback."""

from mkdocs.exceptions import Abort


def on_build_error(error):
    """MkDocs has already named the page. ValueError is what placeholders and rules raise for their readers."""
    if isinstance(error, ValueError):
        raise Abort(f"Nothing was built: {error}") from error
