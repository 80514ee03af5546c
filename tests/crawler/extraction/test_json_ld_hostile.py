"""Scripts that are made to hold up whoever reads them."""

from __future__ import annotations

from crawler.extraction.json_ld import read_json_ld


def test_a_script_of_blanks_between_comment_marks() -> None:
    assert read_json_ld(["-->" + " " * 200_000 + "x"]) == ()


def test_comment_marks_around_json() -> None:
    for before, after in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("", ";")):
        nodes = read_json_ld([f' {before}\n{{"@type": "NewsArticle"}}\n{after} '])
        assert [node["@type"] for node in nodes] == ["NewsArticle"]
