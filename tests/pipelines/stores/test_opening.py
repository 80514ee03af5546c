from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from pipelines.analysis import analyse_article
from pipelines.errors import StoreFailure, UnreadableFile, WrongUse
from pipelines.items import PagePlace
from pipelines.stores import connection as connections
from pipelines.stores import migrations, open_store
from pipelines.stores.base import ArticleFilter, Found, Listing
from pipelines.stores.schema import schema_version, tables
from tests.pipelines.stores.samples import NOW, article, long_text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection, connection:
        yield connection


def sentence(path: Path, words: str) -> str:
    return rf"^The store {re.escape(str(path))} {re.escape(words)}"


def test_a_path_and_a_url_are_the_same_store(path: Path) -> None:
    with open_store(path) as store:
        store.save_article(article(text=long_text(1)), "https://gazette.example/1", 1, NOW)
    with open_store(f"sqlite:///{path}", create=False) as store:
        assert len(list(store.articles(ArticleFilter()))) == 1


def test_importing_the_stores_imports_no_database(path: Path) -> None:
    code = "import sys, pipelines.stores, pipelines.stores.base; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_connection_is_set_up(path: Path) -> None:
    engine = connections.connect(str(path), create=True)
    with connections.transaction(engine, writes=True) as connection:
        settings = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {setting}").scalar() for setting in settings]
    engine.dispose()
    assert found == ["wal", 1, 1, 30_000]


def test_a_missing_store_is_not_made_unless_asked(path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"There is no store at .*store\.sqlite: `unsourced crawl` makes one"):
        open_store(path, create=False)
    assert not path.exists()


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    with open_store(path, create=False) as store:
        assert store.sources() == []


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_text("id,title\n1,Not a database\n" * 200)
    with pytest.raises(StoreFailure, match=sentence(path, "is no SQLite database: name another file.")):
        open_store(path)


def test_a_damaged_store_is_refused(path: Path) -> None:
    with open_store(path) as store:
        for page in range(50):
            store.save_article(article(page=str(page), text=long_text(page)), f"https://gazette.example/{page}", 1, NOW)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreFailure, match=sentence(path, "is damaged")):
        open_store(path)


def test_a_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    with raw(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(StoreFailure, match="belongs to another program"):
        open_store(path)
    with raw(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "store.sqlite"
    with pytest.raises(StoreFailure, match=sentence(path, "cannot be opened: see that its folder is there")):
        open_store(path)


@pytest.mark.parametrize("address", ["nosuch://host/db", "sqlite+nosuch:///x", "://"])
def test_an_address_of_no_known_database_is_wrong_use(address: str) -> None:
    with pytest.raises(WrongUse, match=f"The store {re.escape(address)} is neither a path nor the URL"):
        open_store(address)


def test_a_store_that_may_only_be_read_can_be_read(path: Path) -> None:
    with open_store(path) as store:
        store.save_article(article(text=long_text(1)), "https://gazette.example/1", 1, NOW)
    with open_store(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert len(list(store.articles(ArticleFilter()))) == 1
        with pytest.raises(StoreFailure, match="may be read but not written"):
            store.start_run(NOW)


def test_a_full_disk_is_named_and_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PRAGMAS", (*connections.PRAGMAS, "max_page_count = 100"))
    kept = 0
    with open_store(path) as store:

        def fill() -> None:
            nonlocal kept
            for page in range(1_000):
                item = article(page=str(page), text=long_text(page))
                store.save_article(item, item.url, 1, NOW)
                kept += 1

        with pytest.raises(StoreFailure, match=sentence(path, "cannot grow: the disk is full")):
            fill()
        assert 0 < kept < 1_000
        assert len(list(store.articles(ArticleFilter()))) == kept


def test_a_locked_store_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PRAGMAS", (*connections.PRAGMAS, "busy_timeout = 50"))
    with open_store(path) as store, raw(path) as other:
        other.execute("BEGIN IMMEDIATE")
        assert store.sources() == []
        with pytest.raises(StoreFailure, match=sentence(path, "is being written by another program")):
            store.record_visit(Listing("gazette", "feed", "feed"), [Found("https://gazette.example/1")])


def test_a_store_of_a_newer_version_is_refused(path: Path) -> None:
    open_store(path).close()
    with raw(path) as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    with pytest.raises(StoreFailure, match=r"made by a newer version of Unsourced \(schema 99, known here up to \d+\)"):
        open_store(path)


def add_column(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE decisions ADD COLUMN team TEXT NOT NULL DEFAULT ''")


def break_off(connection: Connection) -> None:
    add_column(connection)
    connection.exec_driver_sql("ALTER TABLE nowhere ADD COLUMN team TEXT")


def columns(path: Path) -> list[str]:
    with raw(path) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(decisions)")]


def test_an_older_store_goes_through_the_migrations_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path) as store:
        store.save_article(article(text=long_text(1)), "https://gazette.example/1", 1, NOW)
    assert "team" not in columns(path)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add_column))
    for _ in range(2):
        with open_store(path) as store:
            assert len(list(store.articles(ArticleFilter()))) == 1
    assert "team" in columns(path)
    with raw(path) as connection:
        assert connection.execute("SELECT version FROM schema_version").fetchall() == [(migrations.latest_version(),)]
    monkeypatch.undo()
    with pytest.raises(StoreFailure, match="newer version"):
        open_store(path)


def test_a_migration_that_breaks_off_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(path).close()
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, break_off))
    with pytest.raises(StoreFailure, match=sentence(path, "failed: no such table: nowhere")):
        open_store(path)
    assert "team" not in columns(path)
    monkeypatch.undo()
    open_store(path).close()


def test_a_new_store_has_the_latest_version_and_all_tables(path: Path) -> None:
    open_store(path).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == set(tables.tables)
        assert connection.execute(select(schema_version.c.version)).scalar_one() == migrations.latest_version()
    engine.dispose()


def test_the_schema_is_one_that_postgresql_takes() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in tables.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "INDEX" in str(CreateIndex(index).compile(dialect=dialect))


@pytest.mark.parametrize("table", ["ledger", "listings", "sources", "aliases"])
def test_upserts_are_ones_that_postgresql_takes(table: str) -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    fields = ("url",) if "url" in tables.tables[table].c else ("name",)
    statement = str(connections._upsert("postgresql", tables.tables[table], fields, None).compile(dialect=dialect))
    assert "ON CONFLICT" in statement
    assert f"SET {fields[0]} = excluded.{fields[0]}" in statement


def test_a_store_of_the_first_version_gets_the_places_of_pages_and_keeps_its_articles(path: Path) -> None:
    item = article(text=long_text(1))
    with open_store(path) as store:
        store.save_article(item, item.url, 1, NOW)
    made = revision_columns(path)
    with raw(path) as connection:  # as the first version left it
        connection.execute("ALTER TABLE revisions DROP COLUMN page_file")
        connection.execute("ALTER TABLE revisions DROP COLUMN page_offset")
        connection.execute("UPDATE schema_version SET version = 1")
    place = PagePlace("20260301-fr.warc.gz", 4096)
    with open_store(path) as store:
        (kept,) = store.articles(ArticleFilter())
        assert (kept.article.text, kept.article.fetched_page) == (item.text, None)
        assert store.save_article(replace(item, fetched_page=place), item.url, 1, NOW) == "unchanged"
        other = replace(item, text=long_text(2), text_hash="", fetched_page=place)
        assert store.save_article(other, item.url, 1, NOW) == "revision"
        (kept,) = store.articles(ArticleFilter())
        assert kept.article.fetched_page == place
    assert revision_columns(path) == made


def test_a_store_of_the_second_version_gets_the_claims_of_its_headlines(path: Path) -> None:
    title = "L'armée de Valdérie a préparé une attaque secrète contre le barrage"
    market = (
        "Selon une source anonyme, le marché coûtera 9 millions. Le printemps est arrivé dans la vallée. Les marchands "
        "préparent leurs étals. Le curé a béni la fontaine. Les enfants ont décoré la place. Le bal commence samedi."
    )
    asked = "L'armée de Valdérie a-t-elle préparé une attaque secrète contre le barrage ?"
    items = [
        analyse_article(article(page=page, title=title, language="fr", text=text))
        for page, text in (
            ("nowhere", market),
            ("weak", f"Selon une source anonyme, {title}."),
            ("sourced", f"{market} Selon le ministre, {title}."),
            ("a question, which is no claim", f"{market} {asked}"),
        )
    ]
    assert [bool(item.headline) for item in items] == [True, True, False, False]
    with open_store(path) as store:
        for item in items:
            store.save_article(item, item.url, 1, NOW)
        made = [kept.headline for kept in store.articles(ArticleFilter())]
    with raw(path) as connection:  # as the second version left it
        connection.execute("DELETE FROM claims WHERE position < 0")
        connection.execute("UPDATE schema_version SET version = 2")
    with open_store(path) as store:
        assert [kept.headline for kept in store.articles(ArticleFilter())] == made


def revision_columns(path: Path) -> list[tuple[str, str, int, str | None]]:
    with raw(path) as connection:
        return [row[1:5] for row in connection.execute("PRAGMA table_info(revisions)")]
