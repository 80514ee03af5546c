"""One budget of requests a registered domain and run, for listings, articles, redirects and retries alike."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest

from pipelines.domains import registered_domain

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class OverBudget(IgnoreRequest):
    """The domain has had its share of requests in this run."""


class DomainBudgetMiddleware:
    """Lets `budget` requests a registered domain through, robots.txt not counted; 0 sets no limit."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.used: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getint("DOMAIN_BUDGET"))

    def process_request(self, request: Request) -> None:
        if not self.budget or request.meta.get("dont_obey_robotstxt"):
            return
        domain = registered_domain(request.url)
        if self.used[domain] >= self.budget:
            raise OverBudget(f"{domain} has had {self.budget} requests in this run")
        self.used[domain] += 1
