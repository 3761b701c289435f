"""An examination of this computer, by the program's own doctor in a process of its own; nothing here waits for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, QProcess, Signal

from powerstream_desktop.common.own_program import own_command

_MAX_CHARACTERS: Final = 300
_AREA_OF_ENCODERS: Final = frozenset({"encoders", "speed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at.

    Attributes:
        area: such as ``encoders``.
        level: ``ok``, ``warning`` or ``problem``.
        sentence: what was found; plain text.
        remedy: what to do; may be empty.
    """

    area: str
    level: str
    sentence: str
    remedy: str = ""


def read_checks(output: bytes) -> tuple[Check, ...]:
    """Return what ``powerstream doctor --json`` says; nothing where it says something else. Pure."""
    try:
        told = json.loads(output)
        return tuple(map(_check, told["checks"]))
    except (ValueError, KeyError, TypeError):
        return ()


def of_encoders(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Return what is about encoders and their speed."""
    return tuple(check for check in checks if check.area in _AREA_OF_ENCODERS)


def as_text(checks: Sequence[Check]) -> str:
    """Return it for a report that is pasted somewhere; the doctor tells no keys."""
    return "\n".join(f"{each.level:8} {each.area}: {each.sentence} {each.remedy}".rstrip() for each in checks)


class Examination(QObject):
    """Runs the doctor, one at a time. On the window's thread.

    Args:
        parent: whose it is; the process ends with it.
        command: the doctor's; None for this program's own.
    """

    found = Signal(object)
    """What was found (``tuple[Check, ...]``); empty when the doctor did not answer."""

    def __init__(self, parent: QObject, command: Sequence[str] | None = None) -> None:
        super().__init__(parent)
        self._command = tuple(command or (*own_command("doctor"), "--json"))
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        self._process.finished.connect(self._tell)
        self._process.errorOccurred.connect(self._tell_of_error)

    @property
    def runs(self) -> bool:
        """Whether one is on its way."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Begin one; nothing happens while one runs. It takes ten seconds, and 40 if drivers hang."""
        if not self.runs:
            self._process.start(self._command[0], list(self._command[1:]))

    def close(self) -> None:
        """End what runs; waits for a moment. Harmless when nothing does."""
        if self.runs:
            self._process.finished.disconnect(self._tell)
            self._process.errorOccurred.disconnect(self._tell_of_error)
            self._process.kill()
            self._process.waitForFinished(1000)

    def _tell(self) -> None:
        self.found.emit(read_checks(bytes(self._process.readAllStandardOutput().data())))

    def _tell_of_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # any other ends in ``finished``
            self.found.emit(())


def _check(told: dict[str, Any]) -> Check:
    return Check(
        area=str(told["area"]),
        level=str(told["level"]),
        sentence=str(told["sentence"])[:_MAX_CHARACTERS],
        remedy=str(told.get("remedy", ""))[:_MAX_CHARACTERS],
    )
