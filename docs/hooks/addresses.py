"""What the site says of its own address and of its repository: SITE_URL and REPO_URL, when they are given.

With them a page names its canonical address and its preview image, and links to its source. Without them nothing of
that is there: half an address is worse than none.
"""

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
    from derivations.reference.addresses import fault_of_address, fault_of_site, said_of_fault  # anew after an edit

    if config.repo_url:  # as one clones it: the page of a repository is the address without this ending
        config.repo_url = config.repo_url.rstrip("/").removesuffix(".git")
    own = {"SITE_URL": fault_of_site, "REPO_URL": fault_of_repository}
    for name, address in (("SITE_URL", config.site_url), ("REPO_URL", config.repo_url)):
        if address and (fault := fault_of_address(address) or own[name](address)):
            raise Abort(f"Nothing was built: {said_of_fault(name, address, fault)}")
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


def fault_of_repository(address):
    """What is wrong with the address of the repository alone, where it is known how one looks."""
    parts = urlsplit(address)
    if parts.hostname in FORGES and len([part for part in parts.path.split("/") if part]) < 2:
        return f"names no repository: on {parts.hostname} that is an owner and a name"
    return ""

