"""What the site says of its own address and of its repository: SITE_URL and REPO_URL, when they are given.

With them a page names its canonical address and its preview image, and links to its source. Without them nothing of
that is there: half an address is worse than none.
"""

import re
from urllib.parse import urlsplit

from mkdocs.exceptions import Abort

BRANCH = "main"
# Where a file is seen and edited, below the address of its repository. On other hosts only the repository is linked.
FORGES = {
    "github.com": (f"blob/{BRANCH}/", f"edit/{BRANCH}/"),
    "gitlab.com": (f"-/blob/{BRANCH}/", f"-/edit/{BRANCH}/"),
    "codeberg.org": (f"src/branch/{BRANCH}/", f"_edit/{BRANCH}/"),
}


def on_config(config):
    """Refuses an address that cannot be one, before anything is built; then says what follows from the others."""
    for name, address in (("SITE_URL", config.site_url), ("REPO_URL", config.repo_url)):
        if address and (fault := fault_of(address)):
            raise Abort(f"Nothing was built: {name}={address} {fault}. An example: https://example.org/.")
    forge = FORGES.get(urlsplit(config.repo_url or "").hostname)
    config.edit_uri = f"{forge[1]}docs/" if forge else None
    config.extra["repository_files"] = f"{config.repo_url.rstrip('/')}/{forge[0]}" if forge else None
    return config


def on_files(files, config):
    """Leaves out the map of the site if it would be empty: it lists whole addresses."""
    if not config.site_url:
        config.theme.static_templates.discard("sitemap.xml")
        # As it is no template any more, it would be copied as it comes.
        if copied := files.get_file_from_path("sitemap.xml"):
            files.remove(copied)
    return files


def fault_of(address):
    """What is wrong with an address, or nothing."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018, asked for because a port that is no number is found only then
    except ValueError as error:
        return f"is not an address ({error})"
    if re.search(r"[\s\"'<>]", address):
        return "has a sign that no address has: a space, a quotation mark or a bracket"
    if parts.scheme not in ("http", "https"):
        return "does not begin with https:// or http://"
    if not re.fullmatch(r"localhost|([\w-]+\.)+[\w-]+|[\da-f:]+", parts.hostname or ""):
        return "names no host, such as example.org"
    return "has a part after ? or #, which a page cannot stand below" if parts.query or parts.fragment else ""
