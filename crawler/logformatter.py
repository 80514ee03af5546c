"""Log lines that name an article by its address: its text and its claims would fill the log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from scrapy.logformatter import LogFormatterResult
    from twisted.python.failure import Failure

    from pipelines.items import Article


class BriefLogFormatter(LogFormatter):
    """Scrapy's log lines, with an address in place of the item."""

    def scraped(self, item: Article, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:  # noqa: ARG002
        return {"level": logging.DEBUG, "msg": "Article %(url)s", "args": {"url": item.url}}

    def item_error(
        self,
        item: Article,
        exception: BaseException,  # noqa: ARG002
        response: Response | Failure | None,  # noqa: ARG002
        spider: Spider,  # noqa: ARG002
    ) -> LogFormatterResult:
        arguments: dict[str, Any] = {"url": item.url}
        return {"level": logging.ERROR, "msg": "Error on the article %(url)s", "args": arguments}
