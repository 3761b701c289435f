"""How the cloud stands, as values: what routes and events tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from powerstream_desktop.service.store.uploads import UploadState, UploadTrouble

MAX_REFUSED: Final = 20


class CloudState(StrEnum):
    """What the uploads are doing."""

    OFF = "off"
    """No store was chosen."""
    INCOMPLETE = "incomplete"
    """One was, but its address, bucket, folder or credentials are missing."""
    IDLE = "idle"
    WORKING = "working"
    PAUSED = "paused"
    """Somebody has stopped them."""
    ON_AIR = "on-air"
    """They wait until the broadcast is over."""
    METERED = "metered"
    """They wait for another network: this one is metered."""
    NO_NETWORK = "no-network"
    """They wait until this computer is in a network."""
    TROUBLE = "trouble"
    """The store cannot be used; it is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the upload or download that is going on has come.

    Attributes:
        kbps: over the last seconds.
        seconds_left: at that rate; None while that cannot be told.
    """

    asset_id: str
    state: UploadState
    bytes_done: int
    bytes_total: int
    kbps: int = 0
    seconds_left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that is not done before somebody has said yes, because it would remove or replace much.

    Attributes:
        code: for scripts.
        sentence: for people.
        count: of replays that it concerns.
    """

    code: str
    sentence: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedReplay:
    """A replay that the PowerStream server does not take as it is.

    Attributes:
        title: for people.
        trouble: why.
    """

    asset_id: str
    title: str
    trouble: UploadTrouble


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerStanding:
    """How it stands with the PowerStream server.

    Attributes:
        address: of the settings, without anything secret.
        has_token: something that opens it is kept.
        untold: replays that it is yet to be told of, or to forget.
        trouble: what hinders all of it; None for nothing.
        refused: replays that it does not take; at most ``MAX_REFUSED`` of them.
        refused_count: all of these.
        only_there: replays that it lists and this library does not know.
        missing: replays that the store does not have any more, and of which no file is here.
        compared_at: when the lists were last compared; None if they never were since the start.
    """

    address: str
    has_token: bool = False
    untold: int = 0
    trouble: UploadTrouble | None = None
    refused: tuple[RefusedReplay, ...] = ()
    refused_count: int = 0
    only_there: int = 0
    missing: int = 0
    compared_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerTrial:
    """What came of asking the PowerStream server.

    Attributes:
        trouble: why it cannot be told of replays; None if it can.
        clock_offset_s: how far its clock is ahead of this computer's.
    """

    trouble: UploadTrouble | None = None
    clock_offset_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudStanding:
    """How all of it stands.

    Attributes:
        place: the store in a few words, without secrets; empty for none.
        waiting: uploads that are not done, the one that is going on among them.
        failed: those of them that met a trouble.
        bytes_left: what they still have to send.
        synced: replays that are here and in the cloud.
        cloud_only: those that are in the cloud alone.
        current: what is going on; None for nothing.
        trouble: what hinders all of them; None for nothing.
        questions: what waits for an answer.
        synced_at: when all manifests were last compared.
        is_comparing: they are compared now, or are about to be.
        server: the PowerStream server; None if none was chosen.
    """

    state: CloudState = CloudState.OFF
    place: str = ""
    has_credentials: bool = False
    waiting: int = 0
    failed: int = 0
    bytes_left: int = 0
    synced: int = 0
    cloud_only: int = 0
    current: Progress | None = None
    trouble: UploadTrouble | None = None
    questions: tuple[Question, ...] = ()
    synced_at: datetime | None = None
    is_comparing: bool = False
    server: ServerStanding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedUpload:
    """An upload in the queue.

    Attributes:
        title: of its replay.
        seconds_left: until it is done, for the one that is going on; None while that cannot be told.
    """

    asset_id: str
    title: str
    state: UploadState
    bytes_done: int
    bytes_total: int
    seconds_left: int | None = None
    trouble: UploadTrouble | None = None
