"""Whether what somebody gives as an address can be one: that of a site or of a repository, of http or https."""

import re
from urllib.parse import urlsplit

ADDRESS_EXAMPLES = {"SITE_URL": "https://example.org/", "REPO_URL": "https://github.com/somebody/book"}


def fault_of_address(address: str) -> str:
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


def fault_of_site(address: str) -> str:
    """What is wrong with the address of a site: pages would stand below a page."""
    folder, _, last = address.rstrip("/").rpartition("/")
    named = urlsplit(address).path.strip("/") and re.search(r"\.(html?|php|aspx?)$", last, re.IGNORECASE)
    return f"names a page, not the folder of the site, which is {folder}/" if named else ""


def said_of_fault(name: str, address: str, fault: str) -> str:
    """The fault as a sentence, with an example of what would be right. Who is named in the address is left out: what is
    said may stand in a public log.
    """
    return f"{name}={re.sub(r'//[^/]*@', '//...@', address)} {fault}. An example: {ADDRESS_EXAMPLES[name]}."
