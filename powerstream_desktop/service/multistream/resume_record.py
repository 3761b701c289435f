"""What goes on, written down while it does: a service that died in the middle of a broadcast reads it and takes it up again.

The record lies in the data folder from the moment a broadcast is on until it has ended properly, so that a power cut, which
empties the runtime folder, leaves it too. Its time of change is when the broadcast was last seen. It holds no key.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json
from powerstream_desktop.common.whole_file import replace_file
from powerstream_desktop.service.multistream.going_on_file import FILE_NAME, MAX_AGE_S
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.store.sessions import SessionSource

_VERSION: Final = 1
_MAX_FILE_BYTES: Final = 1024 * 1024

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFile:
    """A file that the broadcast was recorded to.

    Attributes:
        unfinished: its name while it was being written.
        began: wall time with its zone, as ISO 8601.
    """

    unfinished: Path
    began: str

    @property
    def began_at(self) -> datetime:
        """When it began, in UTC; ValueError or OverflowError if that is no time."""
        return datetime.fromisoformat(self.began).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingOn:
    """A broadcast that goes on: what it was begun with, but for the key.

    Attributes:
        endpoint_ids: of the destinations that it has.
        ingest_port: where its encoder publishes to; ``None`` for our own engine.
        key_ref: of the key that the caller gave; ``None`` if none was given.
        files: what this run has recorded, the file being written last.
        left_behind: what runs before it, which died, have recorded.
        live_since: when it first went live, as wall time with its zone in ISO 8601; ``None`` before.
        is_ending: it was on its way out already.
    """

    session_id: str
    station_id: str | None = None
    user_id: str | None = None
    title: str = ""
    description: str = ""
    use_multistream: bool = True
    profile_id: str | None = None
    selected_endpoints: tuple[str, ...] | None = None
    is_recorded: bool = True
    is_uploaded: bool | None = None
    source: SessionSource = SessionSource.STUDIO
    is_rehearsal: bool = False
    endpoint_ids: tuple[str, ...] = ()
    ingest_port: int | None = None
    key_ref: str | None = None
    files: tuple[RecordedFile, ...] = ()
    left_behind: tuple[RecordedFile, ...] = ()
    live_since: str | None = None
    is_ending: bool = False
    version: int = field(default=_VERSION)

    def live_s(self, now: datetime) -> float:
        """Return for how many seconds it has been live at ``now``; ValueError or OverflowError if its record makes no sense."""
        if self.live_since is None:
            return 0.0
        return max(0.0, (now - datetime.fromisoformat(self.live_since).astimezone(UTC)).total_seconds())

    def request(self) -> SessionRequest:
        """Return what was asked for, without the key."""
        return SessionRequest(
            station_id=self.station_id,
            user_id=self.user_id,
            title=self.title,
            description=self.description,
            use_multistream=self.use_multistream,
            profile_id=self.profile_id,
            selected_endpoints=self.selected_endpoints,
            is_recorded=self.is_recorded,
            is_uploaded=self.is_uploaded,
            source=self.source,
            is_rehearsal=self.is_rehearsal,
        )


def going_on(session_id: str, request: SessionRequest) -> GoingOn:
    """Return the record of a broadcast that begins."""
    return GoingOn(
        session_id=session_id,
        station_id=request.station_id,
        user_id=request.user_id,
        title=request.title,
        description=request.description,
        use_multistream=request.use_multistream,
        profile_id=request.profile_id,
        selected_endpoints=request.selected_endpoints,
        is_recorded=request.is_recorded,
        is_uploaded=request.is_uploaded,
        source=request.source,
        is_rehearsal=request.is_rehearsal,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """A record that a run before this one left.

    Attributes:
        seen_s: when its broadcast was last seen; seconds since 1970.
    """

    going_on: GoingOn
    seen_s: float

    def may_go_on(self, now_s: float) -> bool:
        """Whether the broadcast may be taken up again at ``now_s``; a clock that was set back a little does not matter."""
        return not self.going_on.is_ending and abs(now_s - self.seen_s) <= MAX_AGE_S


class ResumeRecord:
    """The file. Every call may block as long as the disk does; none raises: without a record a broadcast is as good.

    Args:
        folder: where it lies.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def write(self, record: GoingOn) -> None:
        """Replace the record as a whole."""
        try:
            replace_file(self._path, json.dumps(to_json(record)).encode() + b"\n")
        except OSError as error:
            logger.info("The broadcast could not be taken up again after a crash: %s", error)

    def seen(self) -> None:
        """Say that the broadcast still goes on."""
        try:
            os.utime(self._path)
        except OSError as error:
            logger.info("The record of the broadcast cannot be kept up: %s", error)

    def read(self) -> FoundRecord | None:
        """Return what a run before this one left; ``None`` if nothing did, or it makes no sense."""
        try:
            with self._path.open("rb") as file:
                text, seen_s = file.read(_MAX_FILE_BYTES), os.fstat(file.fileno()).st_mtime
            record: GoingOn = from_json(GoingOn, parse_json(text))
            for each in (*record.files, *record.left_behind):
                _ = each.began_at
            record.live_s(datetime.now(tz=UTC))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, OverflowError, MalformedError, PowerStreamError) as error:
            logger.info("The record of a broadcast in %s makes no sense: %s", self._path, error)
            return None
        return FoundRecord(going_on=record, seen_s=seen_s) if record.version == _VERSION else None

    def remove(self) -> None:
        """Say that nothing goes on."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            logger.info("The record of a broadcast that is over cannot be removed: %s", error)
