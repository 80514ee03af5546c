"""Scrapy's settings: all that differ from its defaults, each with the reason, and the project's own."""

BOT_NAME = "unsourced"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"


def user_agent(contact: str = "no contact configured") -> str:
    """How the program introduces itself; `contact` is the address or page at which a webmaster reaches its user."""
    return f"unsourced/0.1 (news monitor; {contact})"


# A webmaster must be able to tell who is there and how to reach them; the commands add the contact that is configured.
# Paywalls and blocks are respected, so there is nothing to disguise.
USER_AGENT = user_agent()
ROBOTSTXT_OBEY = True

# Politeness is by registered domain (see the slot middleware), not by host as Scrapy has it. Many domains at once make
# up for the patience with each.
CONCURRENT_REQUESTS = 64
CONCURRENT_REQUESTS_PER_DOMAIN = 4
DOWNLOAD_DELAY = 0.25
# The longest crawl-delay of a robots.txt that is obeyed to the second; longer ones are cut to this.
CRAWL_DELAY_MAX = 60.0
# Requests to one registered domain in one run, so that one archive cannot take the whole night; 0: no limit.
DOMAIN_BUDGET = 300

# News pages weigh 0.1 to 5 MB; the default of 1 GiB lets one endless page fill the memory.
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
# Three minutes (the default) for one page keep a slot busy for nothing.
DOWNLOAD_TIMEOUT = 30
# 20 by default; a chain that long is a loop.
REDIRECT_MAX_TIMES = 8
# Pages that reload themselves every minute are not redirects; those that leave within seconds are.
METAREFRESH_MAXDELAY = 5
# Failures have a place in the ledger, so a run repeats little, and leaves long waits to a later run.
RETRY_TIMES = 2
RETRY_WAIT_MAX = 15.0
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 522, 524]

# Sites that set a cookie to count readers would count every page as the same reader's next one.
COOKIES_ENABLED = False
# No listing page needs to know which one led to it.
REFERER_ENABLED = False
# The ledger knows what was fetched; a filter in memory would only grow, and would hide what the ledger wants again.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
# Every answer goes to the spider, which counts it under its reason.
HTTPERROR_ALLOW_ALL = True
# Addresses of feeds are used as they are, and some are long.
URLLENGTH_LIMIT = 8192

# Peak memory at which a crawl ends cleanly, instead of being ended; the default is no limit.
MEMUSAGE_LIMIT_MB = 2048
MEMUSAGE_CHECK_INTERVAL_SECONDS = 15.0
# On by default: a port that lets whoever reaches it run code has no place in production.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.slot.DomainSlotMiddleware": 10,
    # Before anything is asked of the address, its robots.txt included.
    "crawler.middlewares.private_address.PrivateAddressMiddleware": 20,
    # After robots.txt has had its say (100), and before the budget, which a request that is not sent does not touch.
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.middlewares.retry.PatientRetryMiddleware": 110,
    "crawler.middlewares.budget.DomainBudgetMiddleware": 120,
}
EXTENSIONS = {
    "crawler.extensions.stopping.PromptStop": 10,
    "crawler.extensions.report.RunReport": 20,
    "crawler.extensions.progress.Progress": 30,
    # The progress extension and the run report say more.
    "scrapy.extensions.logstats.LogStats": None,
}
ITEM_PIPELINES = {
    "pipelines.stages.NormalisePipeline": 100,
    "pipelines.stages.LanguagePipeline": 200,
    "pipelines.stages.DuplicatesPipeline": 300,
    "pipelines.stages.ClaimsPipeline": 400,
    "pipelines.stages.StorePipeline": 500,
}
# Articles wait for the workers with all their text: a few are enough to keep them busy.
CONCURRENT_ITEMS = 32
# An article is logged by its address, never as a whole.
LOG_FORMATTER = "crawler.logformatter.BriefLogFormatter"
LOG_LEVEL = "INFO"
# The run report has what matters of the statistics.
STATS_DUMP = False

# The project's own settings.

# A file, or an SQLAlchemy URL.
STORE = "unsourced.db"
# Where source ids are looked up when no source list is named.
SEEDS = "seeds"
# Processes for CPU work; 0: one a processor.
WORKERS = 0
# Seconds that one page may take; the slowest of real pages takes 2.
WORKER_TIME_LIMIT = 30.0
# Caches of the extraction libraries grow, so a process is replaced after this many tasks, four a page. Measured: no
# process held more than 222 MB over 20,000 pages (benchmarks/worker_memory.py). A new one pays a second of CPU until
# its caches are warm, so not more often.
WORKER_TASKS = 6000
WORKER_PRELOAD = ["crawler.preload"]
# Archives reach back for decades: what a sitemap dates further back than this is left alone.
SITEMAP_MAX_AGE_DAYS = 30
# The page of each article is kept beside the store as it was fetched, for so many days and up to so many megabytes
# (the oldest days go first); 0 in either: not kept.
PAGES_DAYS = 30
PAGES_SIZE_MB = 10_000
# How a run shows itself: `live` redraws one line of a terminal, `lines` writes one now and then, `off` nothing; `auto`
# is `live` on a terminal and `lines` elsewhere. Under `scrapy crawl` there is Scrapy's log.
PROGRESS = "off"
