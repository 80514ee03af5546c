"""Source lists: what is read from them, and that every mistake is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.sources import KEYS, load_sources, select_sources
from pipelines.errors import SourceListFault
from pipelines.items import Source

ENTRY = {
    "id": "the-courier",
    "name": "The Courier",
    "home": "https://courier.example/",
    "country": "GB",
    "languages": ["en"],
    "timezone": "Europe/London",
}


def write(path: Path, *tables: dict[str, object]) -> Path:
    """A source list; a JSON value is a TOML value as long as it is no object."""
    lines = []
    for table in tables:
        lines.append("[[source]]")
        lines += [f"{json.dumps(key)} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def mistakes(*paths: Path) -> list[str]:
    with pytest.raises(SourceListFault) as fault:
        load_sources(paths)
    count, *lines = str(fault.value).splitlines()
    assert count.startswith(f"{len(lines)} mistake")
    return lines


def test_a_source_with_the_required_keys_alone_gets_the_defaults(tmp_path: Path) -> None:
    assert load_sources([write(tmp_path / "one.toml", ENTRY)]) == (
        Source("the-courier", "The Courier", "https://courier.example/", "GB", ("en",), "Europe/London"),
    )


def test_every_key_arrives(tmp_path: Path) -> None:
    more = {
        "feeds": ["https://courier.example/rss.xml"],
        "sitemaps": ["https://courier.example/news-sitemap.xml"],
        "sections": ["https://courier.example/politics/"],
        "allow": [r"/\d{4}/"],
        "deny": ["/video/"],
        "min_interval": 300,
        "max_interval": 7200,
        "tags": ["newspaper", "paper of record"],
        "browser": True,
    }
    (source,) = load_sources([write(tmp_path / "one.toml", ENTRY | more)])
    assert {key: getattr(source, key) for key in more} == {
        key: tuple(value) if isinstance(value, list) else value for key, value in more.items()
    }
    assert hash(source)


def test_a_folder_stands_for_its_lists_and_no_list_is_read_twice(tmp_path: Path) -> None:
    first = write(tmp_path / "a.toml", ENTRY)
    write(tmp_path / "b.toml", ENTRY | {"id": "other"})
    assert [source.id for source in load_sources([tmp_path, first])] == ["the-courier", "other"]


@pytest.mark.parametrize(
    ("key", "value", "way_out"),
    [
        ("feed", [], 'did you mean "feeds"?'),
        ("publisher", "x", "the keys are allow, browser"),
        ("id", "The Courier", "a to z, digits and single hyphens"),
        ("name", "", "is empty"),
        ("home", "courier.example", "write it in full"),
        ("home", "https://", "write it in full"),
        ("home", "https://desk:secret@courier.example/", "password"),
        ("home", "http://[::1", "is not an address"),
        ("home", "https://courier.example:port/", "is not an address"),
        ("country", "UK", 'did you mean "GB"?'),
        ("country", "fr", 'did you mean "FR"?'),
        ("languages", [], "name at least one"),
        ("languages", ["jp"], 'did you mean "ja"?'),
        ("languages", ["french"], "ISO 639-1"),
        ("timezone", "Europe/Pari", 'did you mean "Europe/Paris"?'),
        ("timezone", "europe/paris", 'did you mean "Europe/Paris"?'),
        ("feeds", "https://courier.example/rss", 'write it in brackets, as ["…"]'),
        ("feeds", ["ftp://courier.example/rss"], "write it in full"),
        ("sections", [7], "write it in quotation marks"),
        ("allow", ["("], "is not a regular expression"),
        ("deny", ["(?:a){99999999999999999999}"], "is not a regular expression"),
        ("deny", ["(?i)/video/"], "flags go into a group"),
        ("deny", [""], "would match every address"),
        ("min_interval", "900", "without quotation marks"),
        ("min_interval", 5, "out of bounds: 60 to 2592000 seconds"),
        ("max_interval", 60, "is below min_interval, 900"),
        ("max_interval", True, "whole number"),
        ("tags", ["State-Run"], "small letters"),
        ("browser", "yes", "neither true nor false"),
    ],
)
def test_a_wrong_value_is_named_with_file_source_key_and_the_way_out(
    tmp_path: Path, key: str, value: object, way_out: str
) -> None:
    path = write(tmp_path / "one.toml", ENTRY | {key: value})
    (line,) = mistakes(path)
    label = value if key == "id" else "the-courier"
    assert line.startswith(f'{path}: source "{label}": key "{key}" = ')
    first = value[0] if isinstance(value, list) and value else value
    assert json.dumps(first) in line
    assert way_out in line


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    one = write(tmp_path / "one.toml", ENTRY | {"country": "XX", "fedes": []}, {"name": "No id"})
    two = tmp_path / "two.toml"
    two.write_text("[[source]\n", encoding="utf-8")
    three = tmp_path / "three.toml"
    three.write_text('title = "x"\n[[sources]]\nid = "x"\n', encoding="utf-8")
    four = tmp_path / "four.toml"
    four.write_bytes(b"# \xff\n")
    five = tmp_path / "five.toml"
    five.write_text("source = [1]\n", encoding="utf-8")
    lines = mistakes(one, two, three, four, five, tmp_path / "none.toml", tmp_path)
    said = "\n".join(lines)
    for part in (
        'one.toml: source "the-courier": key "country" = "XX"',
        'one.toml: source "the-courier": key "fedes" = [] is not known; did you mean "feeds"?',
        'one.toml: source number 2: key "id" is missing',
        "two.toml: is not TOML",
        'three.toml: key "title" is not known',
        'three.toml: key "sources" is not known; did you mean "source"?',
        "three.toml: holds no [[source]] table",
        "four.toml: is not UTF-8 at byte 2",
        "five.toml: source number 1: 1 is not a table",
        "none.toml: cannot be read: No such file or directory",
    ):
        assert said.count(part) == 1, part


@pytest.mark.parametrize("text", ["x = " + "9" * 5000, "x = " + "[" * 5000, "", "source = 1", "[source]\nid = 1"])
def test_what_no_toml_reader_likes_is_a_mistake(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(text, encoding="utf-8")
    assert all(line.startswith(str(path)) for line in mistakes(path))


def test_ids_are_taken_once(tmp_path: Path) -> None:
    write(tmp_path / "one.toml", ENTRY)
    write(tmp_path / "two.toml", ENTRY | {"name": "Another"})
    (line,) = mistakes(tmp_path)
    assert 'two.toml: source "the-courier": key "id"' in line
    assert f"taken by source number 1 of {tmp_path / 'one.toml'}" in line


@pytest.mark.parametrize(
    "again",
    [
        "https://courier.example/rss?b=2&a=1",
        "http://courier.example/rss?a=1&b=2#top",
        "HTTPS://COURIER.example/rss?a=1&b=2",
    ],
)
def test_one_address_belongs_to_one_source(tmp_path: Path, again: str) -> None:
    first = ENTRY | {"feeds": ["https://courier.example/rss?a=1&b=2"]}
    path = write(tmp_path / "one.toml", first, ENTRY | {"id": "other", "feeds": [again]})
    (line,) = mistakes(path)
    assert 'source "other"' in line
    assert 'source "the-courier" already' in line


def test_an_address_twice_in_one_source_is_a_mistake(tmp_path: Path) -> None:
    address = "https://courier.example/news"
    (line,) = mistakes(write(tmp_path / "one.toml", ENTRY | {"feeds": [address], "sections": [f"{address}/"]}))
    assert '"sections"' in line


def test_sources_are_selected_in_the_order_of_the_list(tmp_path: Path) -> None:
    sources = load_sources([write(tmp_path / "l.toml", *(ENTRY | {"id": name} for name in ("a", "bee", "c")))])
    assert [source.id for source in select_sources(sources, ["c", "a"])] == ["a", "c"]
    assert select_sources(sources, []) == sources
    with pytest.raises(SourceListFault, match='no source has the id "be"; did you mean "bee"'):
        select_sources(sources, ["be", "a"])


VALUES = st.recursive(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30) | st.integers(-10, 10**7) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(sorted(KEYS)), VALUES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_list_holds_is_read_or_refused(tmp_path: Path, values: dict[str, object]) -> None:
    path = write(tmp_path / "any.toml", ENTRY | values)
    try:
        read = load_sources([path])
    except SourceListFault as fault:
        said = str(fault)
    else:
        said = f"{path}: {read[0].id}"
    assert str(path) in said
