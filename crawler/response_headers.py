"""The headers of a response as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.http import Response


def headers(response: Response) -> dict[str, str]:
    """All headers, their names in lower case. Any bytes may stand in one."""
    return {
        name.decode("latin-1").lower(): b",".join(values).decode("latin-1") for name, values in response.headers.items()
    }


def header(response: Response, name: str) -> str:
    """One header, or an empty string."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""
