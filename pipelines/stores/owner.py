"""The one thread that makes all calls to the store during a crawl."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pipelines.stores.base import Store

T = TypeVar("T")


class StoreOwner:
    """Opens a store by `opening` in a thread of its own, and makes every call there, so that nothing else waits.

    `run_id` is the run that the calls belong to, once it is open.
    """

    def __init__(self, opening: Callable[[], Store]) -> None:
        self._opening = opening
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._store: Store | None = None
        self.run_id = 0

    async def run(self, call: Callable[[Store], T]) -> T:
        """The result of `call`, given the store. Raises what the call raises, and StoreFailure where none opens."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, call)

    def close(self) -> None:
        """Let the calls in hand finish, and close the store; may be called twice."""
        self._thread.shutdown(wait=True)
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def _run(self, call: Callable[[Store], T]) -> T:
        if self._store is None:
            self._store = self._opening()
        return call(self._store)
