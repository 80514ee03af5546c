from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.stores import open_store
from pipelines.stores.base import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.sqlite") as opened:
        yield opened
