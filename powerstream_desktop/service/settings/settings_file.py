"""``settings.toml`` on disk: read at the start, read again before each change, written whole. All methods block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.paths import PRIVATE_MODE
from powerstream_desktop.common.whole_file import replace_file
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.service.settings.document import (
    MAX_BYTES,
    DamagedDocumentError,
    Document,
    changed,
    document_of,
    read_document,
)

FILE_NAME: Final = "settings.toml"
_EMPTY: Final = document_of({})


class SettingsFile:
    """The file of one home.

    Args:
        folder: where it lies; made at the first change.
        wall_now: Unix seconds, for the name of a damaged file.
    """

    def __init__(self, folder: Path, wall_now: Clock) -> None:
        self._path = folder / FILE_NAME
        self._wall_now = wall_now

    def load(self) -> Document:
        """Return what it says. A damaged one is put aside, and defaults are used; the findings say so.

        One that cannot be read is left alone: defaults are used then too, and ``change`` fails until it can be read.
        """
        try:
            return self._read()
        except OSError as error:
            return replace(_EMPTY, findings=(_unreadable(self._path, error),))
        except DamagedDocumentError as error:
            return replace(_EMPTY, findings=(self._put_aside(str(error)),))

    def change(self, changes: Mapping[str, object]) -> Document:
        """Set options, also when somebody else has edited the file meanwhile; return what it says then.

        Args:
            changes: values as TOML or JSON holds them, by the options' names; ``None`` for the default.

        Raises:
            UserError: a value that cannot be; nothing was changed.
            SystemFault: the disk refuses; nothing was changed.
        """
        try:
            document = changed(self._read(), changes)
            self._path.parent.mkdir(mode=PRIVATE_MODE, parents=True, exist_ok=True)
            replace_file(self._path, document.content())
        except DamagedDocumentError as error:
            raise UserError(
                f"{self._path} was edited and cannot be read any more: {error}.",
                hint="Correct or delete it; nothing was changed.",
            ) from None
        except OSError as error:
            raise SystemFault(
                f"The settings cannot be saved in {self._path}: {error.strerror or 'the disk refuses'}.",
                hint="Make room there, or give yourself the right to write; nothing was changed.",
                detail=repr(error),
            ) from error
        return document

    def _read(self) -> Document:
        try:
            with self._path.open("rb") as file:
                return read_document(file.read(MAX_BYTES + 1))
        except FileNotFoundError:
            return _EMPTY

    def _put_aside(self, why: str) -> Finding:
        moment = datetime.fromtimestamp(self._wall_now(), UTC).strftime("%Y%m%dT%H%M%SZ")
        aside = self._path.with_name(f"{FILE_NAME}.damaged-{moment}")
        number = 1
        while aside.exists():
            number += 1
            aside = self._path.with_name(f"{FILE_NAME}.damaged-{moment}-{number}")
        try:
            self._path.rename(aside)
        except OSError as error:
            return _unreadable(self._path, error)
        return Finding(
            severity=Severity.WARNING,
            code="settings-damaged",
            sentence=f"{self._path} is damaged ({why}); the usual settings are used.",
            remedy=f"The damaged file is kept as {aside.name}. Correct it and bring it back, or choose the settings anew.",
        )


def _unreadable(path: Path, error: OSError) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="settings-unreadable",
        sentence=f"{path} cannot be used: {error.strerror or 'the disk refuses'}; the usual settings are used.",
        remedy="Give yourself the right to read it; until then no setting can be saved.",
    )
