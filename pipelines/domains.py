"""The registered domain of an address: the unit of politeness and of identity."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract


@cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract

    # The bundled list alone: a crawl must not depend on a download, nor on what an earlier one left on disk.
    # Private suffixes count: every blog on a hosting domain is a site of its own.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def registered_domain(url: str) -> str:
    """The domain under a public suffix that `url` lies on, in lower case: `www.bbc.co.uk` gives `bbc.co.uk`.

    An IP address stands for itself, `localhost` and names under a suffix that the list does not have for their last two
    labels, and both with their port where they have one, since there every port is a site of its own. Gives an empty
    string where there is no host.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if domain := _suffixes()(host).top_domain_under_public_suffix:
        return str(domain).lower()
    # The list's own rule for a suffix it does not have is that the last label is one.
    labels = host.rsplit(".", 2)
    domain = host if ":" in host or labels[-1].isdigit() else ".".join(labels[-2:])
    return f"{domain}:{port}" if domain and port else domain
