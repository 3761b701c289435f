"""What the service says about the cloud: the store, the queue, and how far a replay is on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from powerstream_desktop.client.reading import Words
from powerstream_desktop.common.secrets import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What hinders.

    Attributes:
        code: for scripts.
        sentence: for people.
        remedy: what to do; may be empty.
    """

    code: str
    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sync:
    """How far a replay is on its way to the cloud.

    Attributes:
        state: ``local``, ``waiting``, ``hashing``, ``uploading``, ``verifying``, ``synced``, ``evicted`` (in the cloud only),
            ``downloading``, ``cancelling``, ``failed`` (it is tried again) or ``elsewhere`` (its only copy is in another store).
        seconds_left: None while that cannot be told.
        trouble: what it failed of last, why its file was not given up, or what is the matter with its copy.
        wanted: ``evict`` or ``download`` while its file waits to be given up or brought back, or just is; ``verify`` or
            ``verify-fully`` while its copy is to be looked at.
        verified_at: when its copy was last looked at and found good; None for never, by this computer.
    """

    state: str
    bytes_done: int = 0
    bytes_total: int = 0
    seconds_left: int | None = None
    trouble: Trouble | None = None
    wanted: str | None = None
    verified_at: datetime | None = None


LOCAL: Final = Sync(state="local")


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudProgress:
    """The transfer that is going on."""

    asset_id: str
    state: str
    bytes_done: int
    bytes_total: int
    kbps: int = 0
    seconds_left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudQuestion:
    """Something that is not done before somebody has said yes.

    Attributes:
        count: of replays that it concerns.
    """

    code: str
    sentence: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedReplay:
    """A replay that the PowerStream server does not take as it is."""

    asset_id: str
    trouble: Trouble
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudServer:
    """How it stands with the PowerStream server.

    Attributes:
        has_token: something that opens it is kept.
        untold: replays that it is yet to be told of, or to forget.
        trouble: what hinders all of it.
        refused: the first replays that it does not take; ``refused_count`` are all.
        only_there: replays that it lists and the library does not know.
        missing: replays that the store does not have any more, and of which no file is here.
        compared_at: when the lists were last compared; None if they never were since the start.
    """

    address: str
    has_token: bool = False
    untold: int = 0
    trouble: Trouble | None = None
    refused: tuple[RefusedReplay, ...] = ()
    refused_count: int = 0
    only_there: int = 0
    missing: int = 0
    compared_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudStanding:
    """How the store and the uploads stand.

    Attributes:
        state: ``off``, ``incomplete``, ``idle``, ``working``, ``paused``, ``on-air``, ``metered``,
            ``no-network`` or ``trouble``.
        place: the store in a few words; empty for none.
        waiting: uploads that are not done.
        failed: those of them that met a trouble.
        synced: replays that are here and in the cloud.
        cloud_only: those that are in the cloud alone.
        trouble: what hinders all uploads.
        server: the PowerStream server; None if none was chosen.
        synced_at: when all edits were last compared with those of other computers.
        is_comparing: they are compared now, or are about to be.
    """

    words: Words
    state: str
    place: str = ""
    has_credentials: bool = False
    waiting: int = 0
    failed: int = 0
    bytes_left: int = 0
    synced: int = 0
    cloud_only: int = 0
    current: CloudProgress | None = None
    trouble: Trouble | None = None
    questions: tuple[CloudQuestion, ...] = ()
    synced_at: datetime | None = None
    is_comparing: bool = False
    server: CloudServer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedUpload:
    """An upload that is not done."""

    words: Words
    asset_id: str
    title: str
    state: str
    bytes_done: int = 0
    bytes_total: int = 0
    seconds_left: int | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialStep:
    """One thing that a store was tried with."""

    name: str
    is_good: bool
    was_tried: bool = True
    sentence: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialAdvice:
    """Something that works but could be better."""

    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of trying a store out.

    Attributes:
        is_good: replays can be kept there.
    """

    words: Words
    is_good: bool
    steps: tuple[TrialStep, ...]
    advice: tuple[TrialAdvice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerTrial:
    """What came of asking the PowerStream server.

    Attributes:
        is_good: it can be told of replays.
        trouble: why it cannot.
        clock_offset_seconds: how far its clock is ahead of this computer's.
    """

    words: Words
    is_good: bool
    trouble: Trouble | None = None
    clock_offset_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LostText:
    """A text of a replay that an edit on another computer has replaced.

    Attributes:
        number: takes it back.
        field: such as ``title``.
        device: whose text it was.
    """

    words: Words
    number: int
    field: str
    value: str
    device: str
    written_at: datetime
    lost_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsWish:
    """What opens a store."""

    access_key_id: str
    secret_access_key: Secret
    session_token: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginWish:
    """What opens the PowerStream server of the settings.

    Attributes:
        refresh_token: gets a new pair when the other one ends; None where the server gives none.
    """

    access_token: Secret
    refresh_token: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreWish:
    """A store to try out; what is None is as the settings have it.

    Attributes:
        kind: ``s3`` or ``folder``.
        folder: its whole path.
        access_key_id: with its secret; without them, those that are kept.
    """

    kind: str | None = None
    endpoint_url: str | None = None
    region: str | None = None
    bucket: str | None = None
    prefix: str | None = None
    addressing: str | None = None
    public_base_url: str | None = None
    folder: str | None = None
    access_key_id: str | None = None
    secret_access_key: Secret | None = None
    session_token: Secret | None = None
