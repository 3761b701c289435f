"""The words between the service and the courier: orders on its stdin, reports on its stdout, a JSON object a line (DESIGN 2).

An order that begins a job gives it a number, by which all that concerns it is known. Credentials travel on this way alone. Reports
come from a process that has listened to a stranger's store: they are read strictly, and their lines are limited.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias

from powerstream_desktop.cloud.object_store.probe_report import ProbeReport
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials
from powerstream_desktop.cloud.uploads.record_changes import RecordChange
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.common.errors import Fault
from powerstream_desktop.common.json_lines import Vocabulary

MAX_LINE_BYTES: Final = 8 * 1024 * 1024
"""The longest line: the record of an upload in 10,000 parts takes half of it."""
BEAT_S: Final = 2.0
"""The courier says this often that it lives."""
MAX_DATA_BYTES: Final = 2 * 1024 * 1024
"""The longest object that is read or written through these words: a manifest, a picture."""
BATCH: Final = 200
"""So many objects are listed in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configure:
    """The first word: which store, and how fast. ``kbps`` as in ``Allow``."""

    type: Literal["configure"] = "configure"
    config: StoreConfig
    credentials: StoreCredentials | None = field(repr=False)
    kbps: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allow:
    """All transfers together may go this fast, in kilobits a second; 0 for not at all, None for no limit."""

    type: Literal["allow"] = "allow"
    kbps: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOn:
    """The job's last report has been taken, and what it brought is kept: it may go on."""

    type: Literal["go_on"] = "go_on"
    job: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp:
    """The job is not wanted any more."""

    type: Literal["give_up"] = "give_up"
    job: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Bring a file to the store."""

    type: Literal["upload"] = "upload"
    job: int
    record: UploadRecord
    file: Path
    parts_at_once: int
    verify_fully: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelUpload:
    """Take an upload back."""

    type: Literal["cancel"] = "cancel"
    job: int
    record: UploadRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify:
    """Look whether an object is the file."""

    type: Literal["verify"] = "verify"
    job: int
    record: UploadRecord
    file: Path | None
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """Fetch a file."""

    type: Literal["download"] = "download"
    job: int
    record: UploadRecord
    target: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadObject:
    """Read a small object."""

    type: Literal["read"] = "read"
    job: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamObject:
    """Read some bytes of an object, piece by piece; the job waits after each."""

    type: Literal["stream"] = "stream"
    job: int
    key: str
    first: int
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteObject:
    """Write a small object; ``data`` is base64. The conditions as in ``ObjectStore.put``."""

    type: Literal["write"] = "write"
    job: int
    key: str
    data: str
    content_type: str
    if_match: str | None
    if_absent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListObjects:
    """List objects below a prefix, behind a key; the job waits after each batch."""

    type: Literal["list"] = "list"
    job: int
    prefix: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteObject:
    """Remove an object."""

    type: Literal["delete"] = "delete"
    job: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeLink:
    """Make an address from which anybody may read an object for some seconds."""

    type: Literal["link"] = "link"
    job: int
    key: str
    for_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanUp:
    """Give up uploads below a prefix that are older than a day and not among those owned."""

    type: Literal["clean_up"] = "clean_up"
    job: int
    prefix: str
    owned: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Try the store out."""

    type: Literal["probe"] = "probe"
    job: int


JobOrder: TypeAlias = (
    Upload
    | CancelUpload
    | Verify
    | Download
    | ReadObject
    | StreamObject
    | WriteObject
    | ListObjects
    | DeleteObject
    | MakeLink
    | CleanUp
    | Probe
)
Order: TypeAlias = Configure | Allow | GoOn | GiveUp | JobOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Alive:
    """The courier lives."""

    type: Literal["alive"] = "alive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """An upload has made a step. It waits until this is kept."""

    type: Literal["stepped"] = "stepped"
    job: int
    change: RecordChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """So many bytes of so many are read, sent or fetched."""

    type: Literal["moved"] = "moved"
    job: int
    done_bytes: int
    total_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedObject:
    """An object in a list; see ``StoredObject``."""

    key: str
    size_bytes: int
    etag: str
    changed_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Objects, by their key. The job waits before the next ones."""

    type: Literal["listed"] = "listed"
    job: int
    objects: tuple[ListedObject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The next bytes of an object, in base64. The job waits before the ones behind them."""

    type: Literal["piece"] = "piece"
    job: int
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The job is done; of what it brought only that is given which it was for.

    Attributes:
        verdict: of a verification.
        data: of what was read, in base64; None if there is no such object.
        etag: of what was read or written.
        url: of a link.
        count: of what was cleaned up.
        probe: of a probe.
        clock_offset_s: how far the store's clock is ahead of this computer's.
    """

    type: Literal["done"] = "done"
    job: int
    verdict: Verdict | None = None
    data: str | None = None
    etag: str = ""
    url: str = field(default="", repr=False)
    count: int = 0
    probe: ProbeReport | None = None
    clock_offset_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The job cannot be done: a ``PowerStreamError`` in words.

    Attributes:
        code: of a store's trouble; empty for another error.
        retry_after_s: what the store asked for.
    """

    type: Literal["refused"] = "refused"
    job: int
    fault: Fault
    code: str
    title: str
    hint: str
    detail: str
    retry_after_s: float | None


JobReport: TypeAlias = Stepped | Moved | Listed | Piece | Done | Refused
JobAnswer: TypeAlias = Stepped | Listed | Piece | Done | Refused
"""What is waited for: all but progress."""
Report: TypeAlias = Alive | JobReport

ORDERS: Final = Vocabulary[Order]("order to the courier", Order)
REPORTS: Final = Vocabulary[Report]("report of the courier", Report)
