"""The keys of push-to-talk channels that count as held for some time only. Pure: no clock, no mixer."""

from __future__ import annotations

from powerstream_desktop.engine.control.commands import HoldToTalk


class HeldKeys:
    """Keeps account of when each counts as let go. Owned by the control thread; times are monotonic seconds."""

    def __init__(self) -> None:
        self._until_s: dict[str, float] = {}

    @property
    def are_none(self) -> bool:
        """No key counts as held for some time only."""
        return not self._until_s

    def heard(self, command: HoldToTalk, now: float) -> None:
        """The engine has obeyed this; whatever was said of the same key before counts no more."""
        if command.is_held and command.for_s is not None:
            self._until_s[command.channel] = now + command.for_s
        else:
            self._until_s.pop(command.channel, None)

    def due_in_s(self, now: float) -> float | None:
        """Return the seconds until the next one counts as let go; ``None`` while none does by itself."""
        return None if self.are_none else max(0.0, min(self._until_s.values()) - now)

    def lapsed(self, now: float) -> tuple[str, ...]:
        """Return the ids of the channels whose keys count as let go now, and forget them."""
        lapsed = tuple(channel for channel, until_s in self._until_s.items() if until_s <= now)
        for channel in lapsed:
            del self._until_s[channel]
        return lapsed
