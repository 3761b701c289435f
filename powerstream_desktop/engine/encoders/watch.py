"""When an encoder is given up, and when a picture is not even offered to it. Pure: no thread, no clock.

An encoder that raises has failed; that needs no policy. Two faults are silent. One is *hung*: a call into its driver does not
return. The other is *silent*: calls return, but no packet ever comes. Both are measured against the program's own progress, for
a computer that slept for an hour, or a process that was stopped, must not blame its encoder.
"""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from typing import Final

HUNG_S: Final = 1.0
LAST_HUNG_S: Final = 5.0
"""Of the encoder behind which there is no other: one that is merely starved would be replaced by its like, which gains nothing."""
SILENT_S: Final = 1.0
"""Of program time, beyond what the encoder may hold back."""
BACKLOG_S: Final = 1.0
"""Pictures that wait are made up for as long as the oldest is not older; it is what the schedule makes up, too."""


class Trouble(StrEnum):
    """Why an encoder is given up; the value is the sentence's end."""

    HUNG = "does not answer"
    SILENT = "takes pictures and gives none"


class EncoderWatch:
    """Watches one encoder. Owned by the thread that gives it pictures.

    Args:
        fps: slots a second.
        delay: pictures the encoder may hold before its first packet.
        hung_s: after which a call that does not return counts as hung.
    """

    def __init__(self, *, fps: int, delay: int, hung_s: float = HUNG_S) -> None:
        self._fps = fps
        self._delay = delay
        self._hung_s = hung_s
        self._unanswered: deque[int] = deque()
        self._answered_s = 0.0
        self._slots_since_answer = 0
        self._swallowed = 0
        self._has_packets = False
        self.held = 0
        """Pictures that were given and did not come out yet."""

    @property
    def waiting(self) -> int:
        """Pictures given and not answered."""
        return len(self._unanswered)

    def slot_passed(self) -> None:
        """The program has come to another slot."""
        self._slots_since_answer += 1

    def may_take(self, slot: int) -> bool:
        """Tell whether a picture of this slot would still be encoded in time."""
        return not self._unanswered or slot - self._unanswered[0] < BACKLOG_S * self._fps

    def given(self, slot: int, now: float) -> None:
        """A picture was given to the encoder."""
        if not self._unanswered:
            self._answered_s = now
            self._slots_since_answer = 0
        self._unanswered.append(slot)
        self.held += 1

    def finishing(self) -> None:
        """The encoder was asked for all that it holds, which is answered like a picture."""
        self._unanswered.append(0)

    def answered(self, packets: int, now: float) -> None:
        """The oldest picture was taken; so many packets came with it."""
        self._unanswered.popleft()
        self.held -= packets
        self._answered_s = now
        self._slots_since_answer = 0
        self._swallowed = 0 if packets else self._swallowed + 1
        self._has_packets = self._has_packets or packets > 0

    def trouble(self, now: float) -> Trouble | None:
        """Return why the encoder is to be given up."""
        if self._swallowed > SILENT_S * self._fps + (0 if self._has_packets else self._delay):
            return Trouble.SILENT
        is_late = self._unanswered and now - self._answered_s >= self._hung_s
        return Trouble.HUNG if is_late and self._slots_since_answer >= self._hung_s * self._fps / 2 else None
