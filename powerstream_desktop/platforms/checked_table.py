"""A table of a TOML file that people edit: hands its fields out checked, and finds those that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from powerstream_desktop.common.errors import UserError

MAX_TEXT_CHARACTERS = 500


class CheckedTable:
    """One table. Every method that hands out a field raises UserError with file, place and field when it is not right.

    Args:
        values: what TOML made of it.
        place: where it stands, such as "twitch.limits".
        source: the file, as shown to people.
    """

    def __init__(self, values: Mapping[str, object], place: str, source: str) -> None:
        self._values = values
        self._place = place
        self._source = source
        self._known: list[str] = []

    def text(self, field: str) -> str:
        """Return a line of text, "" when there is none."""
        return self._line(self._value(field, ""), field)

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a list of lines."""
        value = self._value(field, [])
        if not isinstance(value, list):
            raise self.wrong(field, "must be a list of texts")
        return tuple(self._line(each, field) for each in value)

    def number(self, field: str, lowest: int, highest: int) -> int | None:
        """Return a whole number in the range, None when there is none."""
        value = self._value(field, None)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            raise self.wrong(field, f"must be a whole number from {lowest} to {highest}")
        return value

    def flag(self, field: str) -> bool:
        """Return a truth value, False when there is none."""
        value = self._value(field, False)  # noqa: FBT003 - the default of a field, not an option of the method
        if not isinstance(value, bool):
            raise self.wrong(field, "must be true or false")
        return value

    def day(self, field: str) -> date | None:
        """Return a date, None when there is none."""
        value = self._value(field, None)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.wrong(field, "must be a date such as 2026-08-21")
        return value

    def table(self, field: str) -> CheckedTable:
        """Return a table within, an empty one when there is none."""
        return self._inner(self._value(field, {}), field)

    def tables(self, field: str) -> tuple[CheckedTable, ...]:
        """Return a list of tables within."""
        value = self._value(field, [])
        if not isinstance(value, list):
            raise self.wrong(field, "must be a list of tables")
        return tuple(self._inner(each, f"{field}[{number}]") for number, each in enumerate(value, 1))

    def names(self) -> tuple[str, ...]:
        """Return the names of all fields, for a table whose fields are not fixed."""
        return tuple(self._values)

    def nothing_else(self) -> None:
        """Raise UserError when the table has a field that was never asked for."""
        unknown = [field for field in self._values if field not in self._known]
        if unknown:
            raise self.wrong(
                unknown[0][:40], "is not known", hint=f"The fields are {', '.join(self._known)}."
            )

    def wrong(self, field: str, what: str, *, hint: str = "Correct the file.") -> UserError:
        """Return the error that says what is wrong with a field."""
        return UserError(f"{self._source}: {self._place}.{field} {what}.", hint=hint)

    def _value(self, field: str, default: object) -> object:
        self._known.append(field)
        return self._values.get(field, default)

    def _line(self, value: object, field: str) -> str:
        if not isinstance(value, str):
            raise self.wrong(field, "must be a text in quotes")
        if len(value) > MAX_TEXT_CHARACTERS or not value.isprintable():
            raise self.wrong(field, f"must be one line of at most {MAX_TEXT_CHARACTERS} characters")
        return value

    def _inner(self, value: object, field: str) -> CheckedTable:
        if not isinstance(value, Mapping):
            raise self.wrong(field, "must be a table")
        return CheckedTable(value, f"{self._place}.{field}", self._source)
