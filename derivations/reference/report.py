"""Where an error in a result is reported: the form for a new issue, with the id and the version filled in."""

import os
from urllib.parse import urlencode, urlsplit

from ..writing.options import version as installed

# The address of the form below that of the repository, and what its fields are called. Other hosts are not known.
FORMS = {
    "github.com": ("issues/new", "title", "body"),
    "gitlab.com": ("-/issues/new", "issue[title]", "issue[description]"),
    "codeberg.org": ("issues/new", "title", "body"),
}
ASKED = """What is wrong, and what would be right?


Where: {id}
Version: {version}
"""


def report_link(id: str, repository: str | None = None, version: str | None = None) -> str:
    """The address of the form for an error in an entry or a chapter; empty where no repository is known.

    The repository is that of REPO_URL, and the version that of the installed package, where none are given.
    """
    repository = (os.environ.get("REPO_URL") or "") if repository is None else repository
    address = repository.rstrip("/").removesuffix(".git")
    if urlsplit(address).hostname not in FORMS:
        return ""
    form, title, body = FORMS[urlsplit(address).hostname]
    fields = {title: f"Error in {id}", body: ASKED.format(id=id, version=version or installed())}
    return f"{address}/{form}?{urlencode(fields)}"
