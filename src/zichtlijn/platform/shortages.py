"""What the machine lacks when something fails for no fault of anybody's: room on the disk, or a database that answers.

One place decides, so that pages and API say the same. Everything that writes does so in one transaction: when it
fails in one of these ways nothing is kept half. Only when the database went away while it committed is it not known
whether all or none of it is there; the same may be sent again, because it counts once.
"""

from __future__ import annotations

import errno
import sqlite3
from enum import Enum

from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError, InterfaceError

AGAIN_AFTER = 5  # seconds
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_NOT_THERE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
_PRIMARY = 0xFF  # an extended code of SQLite holds the primary one in its last byte
# Classes of SQLSTATE in PostgreSQL: connection, rolled back by others, resources, a lock, an operator that intervenes.
_PASSING = ("08", "40", "53", "55", "57")
_DISK_FULL = "53100"


class Shortage(Enum):
    """What is lacking. The value is the status of the answer."""

    ROOM = 507
    DATABASE = 503


def shortage_of(error: BaseException | None) -> Shortage | None:
    """What was lacking when this was raised; None for everything that is a fault of the product itself."""
    if isinstance(error, SessionInterrupted):  # Django says this of every failure to write a session
        return shortage_of(_begin_of(error))
    if isinstance(error, OSError) and not isinstance(error, DatabaseError):
        return Shortage.ROOM if error.errno in _NO_ROOM else None
    if isinstance(error, InterfaceError):
        return Shortage.DATABASE  # the connection is gone
    if not isinstance(error, DatabaseError):
        return None
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(getattr(cause, "sqlite_errorcode", 0) & _PRIMARY)
    return _of_postgres(cause)


def _begin_of(error: BaseException) -> BaseException | None:
    """The exception of the database that was turned into this one."""
    before = error.__context__
    while before is not None and not isinstance(before, DatabaseError):
        before = before.__context__
    return before


def _of_sqlite(code: int) -> Shortage | None:
    if code == sqlite3.SQLITE_FULL:
        return Shortage.ROOM
    return Shortage.DATABASE if code in _BUSY | _NOT_THERE else None


def _of_postgres(cause: BaseException | None) -> Shortage | None:
    from psycopg import OperationalError

    if not isinstance(cause, OperationalError):
        return None
    state = cause.sqlstate
    if state == _DISK_FULL:
        return Shortage.ROOM
    return Shortage.DATABASE if state is None or state.startswith(_PASSING) else None  # None: it never got an answer
