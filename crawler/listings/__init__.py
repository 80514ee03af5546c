"""Reading feeds, sitemaps and section pages. Pure, and without Scrapy, so that a worker need not import it."""
