"""The service's data without its thread: the same tables and transactions, in memory, kept and lost as a disk keeps and loses them."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Awaitable, Callable
from typing import TypeVar

from powerstream_desktop.service.store import database
from powerstream_desktop.service.store.migrations import MIGRATIONS
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import SQLITE_ERRORS, store_fault
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.cloud.films.life import Kind, Life

_Result = TypeVar("_Result")


@functools.cache
def empty_data() -> bytes:
    """Return the data of a first start."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
    for migration in MIGRATIONS:
        database.apply(connection, migration)
    data = connection.serialize()
    connection.close()
    return data


class DirectStore(Store):
    """A ``Store`` to those who hand in jobs.

    Args:
        data: as ``data`` has told it.
        life: of the computer.
        yields: lets others run between two jobs.
    """

    def __init__(self, data: bytes, life: Life, yields: Callable[[], Awaitable[None]]) -> None:
        self._life = life
        self._yields = yields
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.deserialize(data)
        self._connection.execute("PRAGMA foreign_keys = ON")

    def data(self) -> bytes:
        """Return all of it, as a copy of the disk has it."""
        return self._connection.serialize()

    def look(self, job: Callable[[Tables], _Result]) -> _Result:
        """Return what is in it, to whoever watches."""
        return job(Tables(self._connection))

    def close(self) -> None:
        self._connection.close()

    async def read(self, job: Callable[[Tables], _Result]) -> _Result:
        await self._yields()
        self._life.begin()
        try:
            return job(Tables(self._connection))
        except SQLITE_ERRORS as error:
            raise store_fault(error) from error

    async def write(self, job: Callable[[Tables], _Result]) -> _Result:
        await self._yields()
        self._life.begin()
        try:
            with database.transaction(self._connection, durable=True):
                result = job(Tables(self._connection))
        except SQLITE_ERRORS as error:
            raise store_fault(error) from error
        self._life.end(Kind.DATA)
        return result
