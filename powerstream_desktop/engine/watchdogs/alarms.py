"""When something that is so becomes a notice, and when that is over: not at the first sign, and not flickering. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Key: TypeAlias = tuple[str, str]
"""What is watched for, and the id of whom it is watched at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long something has to be so.

    Attributes:
        begins_after_s: without a break, until it is said.
        ends_after_s: not to be so without a break, until it is over.
    """

    begins_after_s: float
    ends_after_s: float


@dataclass(slots=True)
class _Alarm:
    is_on: bool = False
    doubted_s: float | None = None  # of the first of the looks in a row that saw the contrary
    looked_s: float = 0.0


class Alarms:
    """All alarms of one policy. Times are monotonic seconds and never go back."""

    def __init__(self) -> None:
        self._alarms: dict[Key, _Alarm] = {}

    def holds(self, key: Key, now: float, patience: Patience, *, is_so: bool) -> bool:
        """Take what was seen at this look, and tell whether the alarm is on.

        Args:
            key: of the alarm.
            now: of this look.
            patience: of this kind of alarm.
            is_so: what was seen.
        """
        alarm = self._alarms.setdefault(key, _Alarm())
        alarm.looked_s = now
        if is_so == alarm.is_on:
            alarm.doubted_s = None
            return alarm.is_on
        doubted_s = alarm.doubted_s = now if alarm.doubted_s is None else alarm.doubted_s
        if now - doubted_s >= (patience.begins_after_s if is_so else patience.ends_after_s):
            alarm.is_on, alarm.doubted_s = is_so, None
        return alarm.is_on

    def is_on(self, key: Key) -> bool:
        """Tell whether an alarm is on, so that what is seen can be judged more strictly while it is."""
        alarm = self._alarms.get(key)
        return alarm is not None and alarm.is_on

    def forget_older(self, now: float) -> None:
        """Forget what was not looked at this time: the channel or source is gone."""
        self._alarms = {key: alarm for key, alarm in self._alarms.items() if alarm.looked_s == now}
