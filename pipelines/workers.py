"""The process pool for CPU work: a time limit a task, processes that are renewed and never left behind."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from time import monotonic
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from pipelines.errors import UnreadableFile
from pipelines.items import Problem

if TYPE_CHECKING:
    from pebble import ProcessPool

logger = logging.getLogger(__name__)
DIED = "its process ended before the work was done"
WATCH_SECONDS = 1.0
GRACE_SECONDS = 5.0

P = ParamSpec("P")
T = TypeVar("T")


class WorkerFault(Exception):
    """A task came to no result for a reason that is not its own: its process died or its time was up."""


class TaskTimeout(WorkerFault):
    """The task ran past its time limit, and its process was stopped."""


class WorkerDied(WorkerFault):
    """The process died under the task: out of memory, a crash in a library, a signal."""


class Workers:
    """Runs pure functions in `processes` processes, or in this one where `processes` is 0.

    A task may take `time_limit` seconds; a process ends after `tasks_each` tasks, since caches of the extraction
    libraries only ever grow. `preload` names modules that are imported once, before the processes fork from it.
    """

    def __init__(
        self, processes: int, *, time_limit: float = 30.0, tasks_each: int = 300, preload: Sequence[str] = ()
    ) -> None:
        self._processes = processes
        self._time_limit = time_limit
        self._tasks_each = tasks_each
        self._preload = list(preload)
        self._pool: ProcessPool | None = None
        self._stopped = False
        self._starting = asyncio.Lock()
        self._waiting: set[asyncio.Future[Any]] = set()
        self._progress = 0.0
        self._watching: asyncio.Task[None] | None = None

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result. Raises what the function raises, TaskTimeout or WorkerDied."""
        if not self._processes:
            return function(*args, **kwargs)
        from pebble import ProcessExpired

        pool = await self._running_pool()
        try:
            task = pool.schedule(function, args=args, kwargs=kwargs, timeout=self._time_limit)
        except RuntimeError as error:  # it gave itself up since it was asked
            raise WorkerDied(DIED) from error
        future = asyncio.wrap_future(task)
        if not self._waiting:
            self._progress = monotonic()
        self._waiting.add(future)
        try:
            return await future
        except asyncio.CancelledError:
            if pool is self._pool or self._stopped:
                raise
            raise WorkerDied(DIED) from None  # the pool was given up
        except TimeoutError as error:
            # A function's own TimeoutError looks the same; the pure functions that run here do not wait for anything.
            raise TaskTimeout(f"it took more than {self._time_limit:g} seconds") from error
        except (BrokenProcessPool, ProcessExpired) as error:
            raise WorkerDied(DIED) from error
        finally:
            self._waiting.discard(future)
            self._progress = monotonic()

    async def attempt(self, stage: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Problem:
        """The function's result, or the Problem that kept `stage` from one: an article outlives whatever fails on it.

        A task whose process died gets a second chance, since another task may have been what killed it. Raises
        UnreadableFile as the function does: what is no page is no article.
        """
        try:
            try:
                return await self.run(function, *args, **kwargs)
            except WorkerDied:
                return await self.run(function, *args, **kwargs)
        except WorkerFault as fault:
            return Problem(stage, str(fault))
        except UnreadableFile:
            raise
        except Exception as error:
            # Reasons are counted, so they are few: the log has the rest.
            logger.exception("The stage %r failed on an article", stage)
            return Problem(stage, f"failed: {type(error).__name__}")

    def stop(self) -> None:
        """End all processes, unfinished work included; takes a moment, and may be called twice."""
        self._stopped = True
        if self._watching is not None and not self._watching.get_loop().is_closed():
            self._watching.cancel()
        pool, self._pool = self._pool, None
        if pool is not None:
            _end(pool)

    async def _running_pool(self) -> ProcessPool:
        async with self._starting:
            # The pool gives itself up when a process is killed while it has nothing to do.
            if self._pool is not None and not self._pool.active:
                pool, self._pool = self._pool, None
                await asyncio.to_thread(_end, pool)
            if self._stopped:
                raise WorkerDied("the workers are stopped")
            if self._pool is None:
                self._pool = await asyncio.to_thread(self._new_pool)
                self._watching = asyncio.ensure_future(self._watch(self._pool))
            return self._pool

    async def _watch(self, pool: ProcessPool) -> None:
        """Give the pool up when nothing comes of it any more.

        A process that is killed while it takes a task from the pipe keeps the pipe's lock, and one that is killed while
        it answers leaves half an answer there: no other process, and no time limit, gets past that.
        """
        while self._pool is pool:
            await asyncio.sleep(WATCH_SECONDS)
            stalled = monotonic() - self._progress > self._time_limit + GRACE_SECONDS
            if self._waiting and (stalled or not pool.active) and self._pool is pool:
                self._pool = None
                for future in tuple(self._waiting):
                    future.cancel()
                await asyncio.to_thread(_end, pool)

    def _new_pool(self) -> ProcessPool:
        from pebble import ProcessPool

        # forkserver: a fork of this process would copy its threads' locks and the reactor's sockets.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(self._preload)
        pool = ProcessPool(max_workers=self._processes, max_tasks=self._tasks_each, context=context)
        pool.active  # noqa: B018  asking starts it
        return pool


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()
