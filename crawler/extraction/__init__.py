"""HTML -> Article: pure functions, the time of fetching among their arguments."""

from crawler.extraction.article import Extraction, examine, extract_article

__all__ = ["Extraction", "examine", "extract_article"]
