from __future__ import annotations

import pytest

from pipelines.domains import registered_domain


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.BBC.co.uk/news", "bbc.co.uk"),
        ("https://lemonde.fr:443/", "lemonde.fr"),
        ("https://one.blogspot.com/", "one.blogspot.com"),
        ("http://127.0.0.1:8080/a", "127.0.0.1:8080"),
        ("http://[::1]:80/", "::1:80"),
        ("http://localhost/", "localhost"),
        ("http://outlet.localhost:99/", "outlet.localhost:99"),
        ("https://north.outlet.example/", "outlet.example"),
        ("https://россия.рф/", "россия.рф"),
        ("mailto:desk@outlet.example", ""),
        ("http://[::1", ""),
        ("http://host:port/", ""),
        ("", ""),
    ],
)
def test_the_registered_domain(url: str, domain: str) -> None:
    assert registered_domain(url) == domain
