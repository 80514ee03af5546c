"""Real processes: they time out, are killed, are replaced, ignore Ctrl-C, and none is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from pipelines.errors import UnreadableFile
from pipelines.items import Problem
from pipelines.workers import TaskTimeout, WorkerDied, Workers


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes get this path, by which they import this module."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))


def sleep_and_say(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "second time"


def fail() -> None:
    raise ValueError("what the page said")


def refuse() -> None:
    raise UnreadableFile("no page")


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def in_pool(work: Callable[[Workers], Coroutine[object, object, None]], **options: float) -> None:
    async def run() -> None:
        workers = Workers(1, **options)  # type: ignore[arg-type]
        try:
            await work(workers)
        finally:
            workers.stop()

    asyncio.run(run())


def test_a_task_past_its_time_is_stopped_and_the_next_one_runs() -> None:
    async def work(workers: Workers) -> None:
        with pytest.raises(TaskTimeout, match=r"more than 0\.3 seconds"):
            await workers.run(sleep_and_say, 20)
        assert await workers.run(sleep_and_say, 0) != os.getpid()

    in_pool(work, time_limit=0.3)


def test_a_death_under_a_task_is_told_and_the_next_one_runs() -> None:
    async def work(workers: Workers) -> None:
        with pytest.raises(WorkerDied):
            await workers.run(die)
        assert await workers.run(sleep_and_say, 0) != os.getpid()

    in_pool(work)


def test_an_idle_process_that_is_killed_is_replaced() -> None:
    async def work(workers: Workers) -> None:
        first = await workers.run(sleep_and_say, 0)
        os.kill(first, signal.SIGKILL)
        await asyncio.sleep(0.5)
        assert await workers.run(sleep_and_say, 0) not in (first, os.getpid())

    in_pool(work)


def test_a_process_is_replaced_after_its_tasks() -> None:
    async def work(workers: Workers) -> None:
        assert len({await workers.run(sleep_and_say, 0) for _ in range(4)}) == 2

    in_pool(work, tasks_each=2)


def test_a_process_that_dies_with_the_lock_of_the_pipe_does_not_stop_the_others() -> None:
    async def work(workers: Workers) -> None:
        first = await workers.run(sleep_and_say, 0)
        pool = workers._pool
        assert pool is not None
        # What a process that is killed while it takes a task leaves behind: a lock that nobody gives back.
        assert pool._pool_manager.worker_manager.workers_channel.mutex.acquire(timeout=5)
        assert await workers.attempt("claims", sleep_and_say, 0) not in (first, os.getpid())

    in_pool(work, time_limit=0.5)


def test_ctrl_c_does_not_reach_the_work() -> None:
    async def work(workers: Workers) -> None:
        process = await workers.run(sleep_and_say, 0)
        task = asyncio.ensure_future(workers.run(sleep_and_say, 0.5))
        await asyncio.sleep(0.2)
        os.kill(process, signal.SIGINT)
        assert await task == process

    in_pool(work)


def test_stopping_leaves_no_process_behind_even_at_work() -> None:
    started: list[int] = []

    async def work(workers: Workers) -> None:
        started.append(await workers.run(sleep_and_say, 0))
        unfinished = asyncio.ensure_future(workers.run(sleep_and_say, 60))
        await asyncio.sleep(0.2)
        unfinished.cancel()

    begun = time.monotonic()
    in_pool(work)
    assert time.monotonic() - begun < 20
    assert not alive(started[0])


def test_an_attempt_gives_a_reason_in_place_of_an_error() -> None:
    async def work(workers: Workers) -> None:
        assert await workers.attempt("claims", fail) == Problem("claims", "failed: ValueError")
        assert await workers.attempt("claims", sleep_and_say, 20) == Problem("claims", "it took more than 0.5 seconds")
        died = await workers.attempt("claims", die)
        assert died == Problem("claims", "its process ended before the work was done")
        with pytest.raises(UnreadableFile):
            await workers.attempt("extraction", refuse)

    in_pool(work, time_limit=0.5)


def test_an_attempt_is_repeated_when_its_process_died(tmp_path: Path) -> None:
    async def work(workers: Workers) -> None:
        assert await workers.attempt("claims", die_once, tmp_path / "mark") == "second time"

    in_pool(work)


def test_without_processes_the_work_is_done_here() -> None:
    async def work() -> None:
        workers = Workers(0)
        assert await workers.run(sleep_and_say, 0) == os.getpid()
        workers.stop()

    asyncio.run(work())


def test_after_the_stop_nothing_is_started() -> None:
    async def work() -> None:
        workers = Workers(1)
        workers.stop()
        with pytest.raises(WorkerDied, match="stopped"):
            await workers.run(sleep_and_say, 0)

    asyncio.run(work())
