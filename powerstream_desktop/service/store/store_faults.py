"""What can go wrong with the service's data, in sentences: the one place where the store meets SQLite's errors."""

from __future__ import annotations

import sqlite3
from typing import Final

from powerstream_desktop.common.errors import BugError, PowerStreamError, SystemFault, UserError

SQLITE_ERRORS: Final = (sqlite3.Error, OverflowError, UnicodeError)
"""What the way into SQLite raises: also for numbers and texts it cannot take, and for its words about damaged text."""

_PRIMARY: Final = 0xFF
"""SQLite's extended codes hold the general one in their lowest byte."""


class StoreFault(SystemFault):
    """The data cannot be read or written now; what was acknowledged is safe."""


class DamagedStoreError(StoreFault):
    """The data on the disk is damaged. It is never taken for empty."""


class NewerStoreError(StoreFault):
    """The data was written by a newer version of the program. Nothing was changed."""


class UnknownRecordError(UserError):
    """What was named does not exist (any more)."""


class ConflictError(UserError):
    """Something else already has that name or place."""


class ChangedError(UserError):
    """Something is not any more as its sender has seen it."""


_KEPT: Final = "Nothing that was saved before is lost."
_SENTENCES: Final[dict[int, tuple[str, str]]] = {
    sqlite3.SQLITE_FULL: (
        "The disk is full: PowerStream's data cannot be saved.",
        f"Free some space. {_KEPT}",
    ),
    sqlite3.SQLITE_READONLY: (
        "PowerStream's data may not be written.",
        "Make the data folder and its files writable for you, and the disk if it is read-only.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "PowerStream's data cannot be opened.",
        "Make sure that the data folder exists and belongs to you.",
    ),
    sqlite3.SQLITE_PERM: (
        "PowerStream's data may not be opened.",
        "Make sure that the data folder belongs to you.",
    ),
    sqlite3.SQLITE_BUSY: (
        "Another program is using PowerStream's data.",
        "Close the other PowerStream, or wait for the backup program that reads it.",
    ),
    sqlite3.SQLITE_IOERR: ("The disk reports a fault at PowerStream's data.", "Check the disk."),
}
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})


def not_writable(detail: str) -> StoreFault:
    """Return the fault for data on a read-only disk, or of another user."""
    title, hint = _SENTENCES[sqlite3.SQLITE_READONLY]
    return StoreFault(title, hint=hint, detail=detail)


def damaged(detail: str) -> DamagedStoreError:
    """Return the fault for data that cannot be what we wrote."""
    return DamagedStoreError(
        "PowerStream's data is damaged.",
        hint="Start PowerStream again: it then restores the newest good backup, and keeps the damaged data aside.",
        detail=detail,
    )


def store_fault(error: Exception) -> PowerStreamError:
    """Return our error for one that SQLite, or the way into it, raised."""
    detail = f"{getattr(error, 'sqlite_errorname', type(error).__name__)}: {error}"
    if isinstance(error, OverflowError):
        return UserError("A number is too large to be saved.", hint="Use a smaller one.", detail=detail)
    if isinstance(error, UnicodeDecodeError):
        return damaged(detail)
    if isinstance(error, UnicodeError):
        return UserError("A text holds characters that are none.", hint="Type it again.", detail=detail)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
    if code in _DAMAGED or "Could not decode to UTF-8" in str(error):
        return damaged(detail)
    if code in _SENTENCES:
        title, hint = _SENTENCES[code]
        return StoreFault(title, hint=hint, detail=detail)
    if code == sqlite3.SQLITE_CONSTRAINT:
        return _constraint(error, detail)
    return BugError("PowerStream's data was asked something it cannot answer.", detail=detail)


def _constraint(error: Exception, detail: str) -> UserError | BugError:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return UnknownRecordError("What this refers to does not exist any more.", detail=detail)
    if name in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}:
        return ConflictError("There is one of these already.", hint="Choose another one.", detail=detail)
    return BugError("A rule of the database was broken.", detail=detail)
