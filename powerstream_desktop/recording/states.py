"""The life of a recording.

A recording is *opening* from ``start`` until its first file is on the disk: it waits for codec settings and a key frame, and
nothing may be called recorded yet. It is *recording* while packets go into files, one after the other: that a file ends, a
disk is left for another one or the owner pauses changes nothing. When it is closed it is *finalising*: what is queued is
written, the index goes to the end of the file and the file gets its final name. Then it is *finalised*. A disk that refuses or
runs full when there is no other one, or a stream that no file can hold, makes it *failed* from any state before that; what
was written until then stays on the disk and plays. Once there is room again, or the disk is back, a recording that failed for want of it is
*opening* once more: it goes on in a new file. Finalised is the end: nothing leads out of it.

A recording whose process died still has ``.recording`` in its name; it is found and *recovered* when the library starts, by
another process, and so that is no state of a recorder.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from powerstream_desktop.common.transitions import state_after


class RecordingState(StrEnum):
    """Where a recording is in its life."""

    OPENING = "opening"
    RECORDING = "recording"
    FINALISING = "finalising"
    FINALISED = "finalised"
    FAILED = "failed"


class RecordingEvent(StrEnum):
    """What can happen to a recording."""

    FILE_OPENED = "file_opened"
    """The first file is on the disk."""
    CLOSED = "closed"
    """The owner wants no more packets recorded."""
    FINISHED = "finished"
    """Every file is whole, safe on the disk and has its final name."""
    FAULT = "fault"
    """The disk or the stream made it impossible to go on."""
    ROOM_AGAIN = "room_again"
    """A disk that was full or away takes files again."""


_S = RecordingState
_E = RecordingEvent

TRANSITIONS: Final[Mapping[RecordingState, Mapping[RecordingEvent, RecordingState]]] = MappingProxyType(
    {
        _S.OPENING: {_E.FILE_OPENED: _S.RECORDING, _E.CLOSED: _S.FINALISING, _E.FAULT: _S.FAILED},
        _S.RECORDING: {_E.CLOSED: _S.FINALISING, _E.FAULT: _S.FAILED},
        # A stream that was closed before its second track came gets its only file now.
        _S.FINALISING: {_E.FILE_OPENED: _S.FINALISING, _E.FINISHED: _S.FINALISED, _E.FAULT: _S.FAILED},
        _S.FINALISED: {},
        _S.FAILED: {_E.ROOM_AGAIN: _S.OPENING},
    }
)


def next_state(state: RecordingState, event: RecordingEvent) -> RecordingState:
    """Return the state that ``event`` leads to.

    Raises:
        BugError: the event is impossible in this state.
    """
    return state_after(TRANSITIONS, state, event, of="A recording")
