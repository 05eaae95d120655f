"""Says in the footer of every page from which version the site was built; and offers to report an error where somebody
can receive it: only with REPO_URL.
"""

import os
import tomllib
from pathlib import Path

from archive import git


def on_config(config):
    """Leaves the version and the commit for the footer, and with SITE_VERSIONS that other versions stand beside."""
    project = Path(config.config_file_path).parent
    version = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    commit = git(project, "rev-parse", "--short=10", "HEAD") if git(project, "rev-parse", "--show-prefix") == "" else ""
    changed = commit and git(project, "status", "--porcelain", "--untracked-files=no")
    config.extra["built_from"] = {"version": version, "commit": commit or "", "changed": bool(changed)}
    config.extra["versions"] = bool(os.environ.get("SITE_VERSIONS"))
    return config


def said(config):
    """The version and the commit from which the site is built, as reports of errors name them."""
    built = config.extra["built_from"]
    return f"{built['version']} {built['commit']}".strip()


def commit(config):
    """The commit for programs, as the archive of the source calls it: what is changed is not passed off as it."""
    built = config.extra["built_from"]
    return built["commit"] and built["commit"] + "-modified" * built["changed"]


def on_page_context(context, page, config, nav):
    """On the page of a chapter, the address at which an error in it is reported."""
    from derivations.catalogue import CHAPTERS  # only now: `mkdocs serve` imports it anew when a derivation was edited
    from derivations.reference.report import report_link

    name = page.file.src_uri.removesuffix(".md")
    if name in CHAPTERS:
        context["report"] = report_link(name, config.repo_url, said(config))
    return context
