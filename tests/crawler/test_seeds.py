"""The source lists that come with the program."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from crawler.sources import load_sources
from pipelines.domains import registered_domain
from pipelines.items import Source

SEEDS = Path(__file__).parents[2] / "seeds"
TAGS = {
    "agency", "aggregator", "broadcaster", "business", "free daily", "in exile", "investigative", "magazine",
    "newspaper", "online", "paper of record", "partisan", "public broadcaster", "regional", "state-funded",
    "state-owned", "state-run", "tabloid",
}  # fmt: skip
# What an article address may look like, whatever the outlet's patterns say of other pages.
ARTICLES = (
    "politique/article/2026/03/14/budget-la-reforme-adoptee_6123456.html",
    "world/2026/03/14/minister-resigns-1234567",
)


@pytest.fixture(scope="module")
def seeds() -> tuple[Source, ...]:
    return load_sources([SEEDS])


def test_all_lists_are_valid_together(seeds: tuple[Source, ...]) -> None:
    assert len(list(SEEDS.glob("*.toml"))) >= 6
    assert len(seeds) >= 80


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.toml")), ids=lambda path: path.stem)
def test_each_list_is_valid_alone_and_ends_in_a_newline(path: Path) -> None:
    assert load_sources([path])
    assert path.read_text(encoding="utf-8").endswith("\n")
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_the_languages_and_regions_a_desk_watches_are_there(seeds: tuple[Source, ...]) -> None:
    languages = Counter(language for source in seeds for language in source.languages)
    assert all(languages[code] >= 10 for code in ("ar", "de", "en", "es", "fr", "it", "pt", "ru", "uk"))
    french = {source.country for source in load_sources([SEEDS / "francophone.toml"])}
    assert french >= {"FR", "BE", "CH", "CA", "DZ", "MA", "TN", "SN", "CI", "ML", "BF", "CM", "CD", "RU", "CN", "IR"}


def test_tags_come_from_one_vocabulary_and_every_sort_of_outlet_is_there(seeds: tuple[Source, ...]) -> None:
    tags = Counter(tag for source in seeds for tag in source.tags)
    assert set(tags) == TAGS
    assert all(source.tags for source in seeds)
    sorts = ("agency", "public broadcaster", "paper of record", "tabloid", "state-run", "partisan")
    assert all(tags[tag] >= 5 for tag in sorts)


def test_the_home_page_of_a_source_is_its_own(seeds: tuple[Source, ...]) -> None:
    homes = Counter(source.home.rstrip("/") for source in seeds)
    assert [home for home, times in homes.items() if times > 1] == []


def test_patterns_leave_ordinary_articles_in_and_the_home_page_of_an_edition_within_its_allow(
    seeds: tuple[Source, ...],
) -> None:
    for source in seeds:
        for article in ARTICLES:
            address = f"https://www.{registered_domain(source.home)}/{article}"
            denied = [pattern for pattern in source.deny if re.search(pattern, address)]
            assert not denied, (source.id, denied)
        for pattern in source.allow:
            host = re.search(r"[a-z]+", registered_domain(source.home))
            assert host, source.id
            assert host[0] in pattern, (source.id, pattern)


def test_deny_patterns_keep_out_what_they_are_for(seeds: tuple[Source, ...]) -> None:
    by_id = {source.id: source for source in seeds}
    for name, address in (
        ("le-monde", "https://www.lemonde.fr/en/france/article/2026/03/14/a_1.html"),
        ("le-figaro", "https://video.lefigaro.fr/figaro/video/x/"),
        ("bbc-news", "https://www.bbc.co.uk/news/videos/c1234567890o"),
        ("20min-de", "https://www.20min.ch/fr/story/x-1"),
        ("lbci", "https://www.lbcgroup.tv/news/x/en"),
    ):
        assert any(re.search(pattern, address) for pattern in by_id[name].deny), name


def test_an_edition_that_shares_its_domain_is_kept_apart_from_the_others(seeds: tuple[Source, ...]) -> None:
    for source in seeds:
        if source.id.startswith(("dw-", "france-24-", "bbc-afrique", "bbc-mundo", "bbc-arabic", "bbc-russian")):
            assert any(re.search(pattern, f"{source.home.rstrip('/')}/an-article/a-1") for pattern in source.allow)
            others = [
                other
                for other in seeds
                if other != source and registered_domain(other.home) == registered_domain(source.home)
            ]
            assert others
            for other in others:
                address = f"{other.home.rstrip('/')}/an-article/a-1"
                assert not any(re.search(pattern, address) for pattern in source.allow), (source.id, other.id)
