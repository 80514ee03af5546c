"""Runs: which process crawls, and which of those that began have died."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from pipelines.stores.base import Run
from pipelines.stores.ledger import release
from pipelines.stores.schema import runs


def start(connection: Connection, now: datetime) -> int:
    """Open a run for this process, and close those of dead processes of this host, freeing their leases."""
    host, pid = socket.gethostname(), os.getpid()
    open_here = select(runs).where(runs.c.ended.is_(None), runs.c.host == host)
    rows = connection.execute(open_here).all()
    dead = [row.id for row in rows if process_start(row.pid) != row.process_start]
    if dead:
        release(connection, dead, now)
        connection.execute(update(runs).where(runs.c.id.in_(dead)).values(ended=now, report={"died": True}))
    row = {"started": now, "host": host, "pid": pid, "process_start": process_start(pid), "report": {}}
    return int(connection.execute(insert(runs).values(row).returning(runs.c.id)).scalar_one())


def finish(connection: Connection, run_id: int, now: datetime, report: Mapping[str, Any]) -> None:
    """Close a run, and give back what it has leased."""
    release(connection, [run_id], now)
    connection.execute(update(runs).where(runs.c.id == run_id).values(ended=now, report=dict(report)))


def latest(connection: Connection, limit: int) -> list[Run]:
    """The latest runs, newest first."""
    names = ("id", "started", "ended", "host", "pid", "report")
    columns = [runs.c[name] for name in names]
    rows = connection.execute(select(*columns).order_by(runs.c.id.desc()).limit(limit))
    return [Run(**row._mapping) for row in rows]


def process_start(pid: int) -> str:
    """What tells a process from a later one with the same number; empty for one that is not there.

    Linux counts clock ticks from boot to the start of a process (proc(5), field 22 of stat); elsewhere `alive`.
    """
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return ""
        # A killed child that nobody has waited for is a zombie, and dead.
        return "" if fields[0] in "ZX" else fields[19]
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:  # somebody else's process, alive
        pass
    return "alive"
