"""A fault in a page is one message that names the page, the line, and what would be right, not a traceback."""

from mkdocs.exceptions import Abort


def on_page_markdown(markdown, page, config, files):
    """Puts as many empty lines before a page as its front matter had: a message then counts lines as an editor does."""
    source = page.file.abs_src_path and page.file.content_string.replace("\r\n", "\n")
    if source and source.endswith(markdown):
        return "\n" * source.removesuffix(markdown).count("\n") + markdown
    return markdown


def on_build_error(error):
    """MkDocs has already named the page. ValueError is what placeholders and rules raise for their readers."""
    if isinstance(error, ValueError):
        raise Abort(f"Nothing was built: {error}") from error
