"""The page "How exact, how fast" leaves out what says nothing where nothing was measured."""

PAGE = "how_exact.md"


def on_page_markdown(markdown, page, config, files):
    """Takes out the parts that need a record."""
    if page.file.src_uri != PAGE:
        return markdown
    from derivations.site.how_exact.unmeasured import what_is_known  # only now: `mkdocs serve` imports it anew

    return what_is_known(markdown)
