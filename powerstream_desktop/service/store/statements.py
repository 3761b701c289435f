"""The statements that name all columns of a table. Names are constants of the module that asks; values are always bound."""

from __future__ import annotations

from collections.abc import Sequence


def select(table: str, columns: Sequence[str]) -> str:
    """Return the query for these columns of all rows; a condition may follow."""
    return f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608


def insert(table: str, columns: Sequence[str]) -> str:
    """Return the statement for a new row."""
    marks = ", ".join("?" for _ in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608


def update(table: str, columns: Sequence[str]) -> str:
    """Return the statement that replaces these columns of the row whose id is bound last."""
    changes = ", ".join(f"{column} = ?" for column in columns)
    return f"UPDATE {table} SET {changes} WHERE id = ?"  # noqa: S608
