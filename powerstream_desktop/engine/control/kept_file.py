"""What the user made, on disk: one JSON file for each kind, written whole, so that a crash costs nothing that was written."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.common.whole_file import replace_file

log = logging.getLogger(__name__)

VERSION: Final = 1

KeptT = TypeVar("KeptT")


class KeptFile(Generic[KeptT]):
    """The file of one kind of thing.

    Args:
        path: of the file; its folder exists.
        kind: dataclass of what is kept.
        what: the user's word for it in the plural, such as ``scenes``.
    """

    def __init__(self, path: Path, kind: type[KeptT], what: str) -> None:
        self.path = path
        self.what = what
        self._kind = kind

    def read(self) -> tuple[KeptT | None, str]:
        """Return what was kept, and a sentence for the user when that was not what it should be.

        There is nothing at a first start, and nothing in a file that is damaged or of a newer version: such a file is kept
        beside its place under another name and never written over. What a crash left half written is removed.

        Raises:
            SystemFault: the file cannot be read, or not be put aside.
        """
        for half_written in self.path.parent.glob(f".{self.path.name}.*"):
            with contextlib.suppress(OSError):
                half_written.unlink()
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None, ""
        except OSError as error:
            raise SystemFault(
                f"The file of your {self.what} cannot be read.",
                hint=f"See whether {self.path} may be read, and whether its disk is well.",
                detail=str(error),
            ) from error
        try:
            value = parse_json(data)
            if _version_of(value) > VERSION:
                return None, self._put_aside("was written by a newer version of PowerStream")
            kept: KeptT = from_json(self._kind, value)
        except (MalformedError, PowerStreamError) as error:
            log.info("The %s in %s cannot be used: %s", self.what, self.path, error)
            return None, self._put_aside("is damaged")
        return kept, ""

    def write(self, kept: KeptT) -> None:
        """Write so that a crash at any instant leaves the old file or the new one.

        Raises:
            SystemFault: the disk is full, or the folder cannot be written to.
        """
        text = write_json({"version": VERSION, **to_json(kept)})
        try:
            replace_file(self.path, text.encode())
        except OSError as error:
            raise SystemFault(
                f"Your {self.what} could not be saved.",
                hint="See whether the disk is full; what is on air is not affected.",
                detail=str(error),
            ) from error

    def _put_aside(self, why: str) -> str:
        number = 1
        while (aside := self.path.with_name(f"{self.path.stem}.kept-{number}{self.path.suffix}")).exists():
            number += 1
        try:
            self.path.rename(aside)
        except OSError as error:
            raise SystemFault(
                f"The file of your {self.what} {why}, and cannot be put aside.", detail=str(error)
            ) from error
        return f"The file of your {self.what} {why}. It was kept as {aside.name}; these are the {self.what} of a first start."


def _version_of(value: Any) -> int:
    """Take the version out of a file's object; what is left is the thing itself."""
    version = value.pop("version", None) if isinstance(value, dict) else None
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise MalformedError("version", "must be a whole number from 1 on")
    return version
