"""The pages as fetched, kept as evidence beside the store: one WARC file a day and country of the source."""

from __future__ import annotations

import contextlib
import fcntl
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipelines.errors import UnreadableFile
from pipelines.items import PagePlace
from pipelines.warc import Capture, pack, read_capture, whole_length

_NAME = re.compile(r"(\d{8})-[a-z]+\.warc\.gz")
TRIMMED_EVERY = 20
"""The size is looked at again whenever this part of the limit has been written."""


def pages_folder(store: str) -> Path:
    """Where the pages of a store are: beside its file, or in the working directory for a database elsewhere."""
    if "://" in store:
        from sqlalchemy import make_url

        url = make_url(store)
        store = (url.database or "") if url.get_backend_name() == "sqlite" else ""
    path = Path(store or "unsourced.db")
    return path.with_name(f"{path.stem}-pages")


class PageFiles:
    """The files of pages in a folder. Any thread may call, and several processes may write to one folder.

    Files are deleted once they are older than `days`, and the oldest ones when all together hold more than `size`
    bytes; those of today stay.
    """

    def __init__(self, folder: Path, *, days: int, size: int) -> None:
        self.folder = folder
        self.days = days
        self.size = size
        self._seen: set[str] = set()
        self._written = 0

    def keep(self, capture: Capture, group: str) -> PagePlace:
        """Append a page to the file of its day and group. Raises OSError; what was there before stays readable."""
        record = pack(capture)
        name = f"{capture.fetched.astimezone(UTC):%Y%m%d}-{group}.warc.gz"
        if name not in self._seen or self._written * TRIMMED_EVERY > self.size:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.trim(datetime.now(UTC).date())
        # Unbuffered: what a full disk did not take must not be written by a later attempt to flush it.
        with (self.folder / name).open("a+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # until it is closed
            if name not in self._seen:
                file.truncate(whole_length(file))
                self._seen.add(name)
            offset = file.seek(0, 2)
            left = memoryview(record)
            try:
                while left:
                    left = left[file.write(left) :]
            except OSError:
                file.truncate(offset)
                raise
        self._written += len(record)
        return PagePlace(name, offset)

    def read(self, place: PagePlace) -> Capture:
        """The page at a place. Raises UnreadableFile where its file was deleted or is damaged."""
        path = self.folder / place.file
        try:
            with path.open("rb") as file:
                return read_capture(file, place.offset, str(path))
        except FileNotFoundError as error:
            raise UnreadableFile(f"{path}: the page was deleted with its file, by age, size or `prune`") from error
        except OSError as error:
            raise UnreadableFile(f"{path}: cannot be read ({error.strerror})") from error

    def trim(self, today: date) -> int:
        """Delete what is over the limits; gives how many files."""
        self._written = 0
        deleted = self.prune(today - timedelta(days=self.days))
        files = list(self._files())
        total = sum(size for _, _, size in files)
        for day, path, size in files:
            if total <= self.size or day >= today:
                break
            path.unlink(missing_ok=True)
            total -= size
            deleted += 1
        return deleted

    def prune(self, before: date) -> int:
        """Delete the files of days before a day; gives how many."""
        old = [path for day, path, _ in self._files() if day < before]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _files(self) -> Iterator[tuple[date, Path, int]]:
        """Day, path and size of each file, oldest first; other files in the folder are left alone."""
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.iterdir()):
            if match := _NAME.fullmatch(path.name):
                with contextlib.suppress(FileNotFoundError, ValueError):
                    yield datetime.strptime(match[1], "%Y%m%d").replace(tzinfo=UTC).date(), path, path.stat().st_size
