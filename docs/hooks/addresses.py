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


EXAMPLES = {"SITE_URL": "https://example.org/", "REPO_URL": "https://github.com/somebody/book"}


def on_config(config):
    """Refuses an address that cannot be one, before anything is built; then says what follows from the others."""
    if config.repo_url:  # as one clones it: the page of a repository is the address without this ending
        config.repo_url = config.repo_url.rstrip("/").removesuffix(".git")
    for name, address in (("SITE_URL", config.site_url), ("REPO_URL", config.repo_url)):
        if address and (fault := fault_of(address) or FAULTS_OF_ONE[name](address)):
            shown = re.sub(r"//[^/]*@", "//...@", address)  # what is said here may stand in a public log
            raise Abort(f"Nothing was built: {name}={shown} {fault}. An example: {EXAMPLES[name]}.")
    forge = FORGES.get(urlsplit(config.repo_url or "").hostname)
    config.edit_uri = f"{forge[1]}docs/" if forge else None
    config.extra["repository_files"] = f"{config.repo_url}/{forge[0]}" if forge else None
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
    if "@" in parts.netloc:
        return "has a user name or a password, which every page would show"
    return "has a part after ? or #, which a page cannot stand below" if parts.query or parts.fragment else ""


def fault_of_site(address):
    """What is wrong with the address of the site alone: MkDocs would put the pages below a page."""
    folder, _, last = address.rstrip("/").rpartition("/")
    named = urlsplit(address).path.strip("/") and re.search(r"\.(html?|php|aspx?)$", last, re.IGNORECASE)
    return f"names a page, not the folder of the site, which is {folder}/" if named else ""


def fault_of_repository(address):
    """What is wrong with the address of the repository alone, where it is known how one looks."""
    parts = urlsplit(address)
    if parts.hostname in FORGES and len([part for part in parts.path.split("/") if part]) < 2:
        return f"names no repository: on {parts.hostname} that is an owner and a name"
    return ""


FAULTS_OF_ONE = {"SITE_URL": fault_of_site, "REPO_URL": fault_of_repository}
