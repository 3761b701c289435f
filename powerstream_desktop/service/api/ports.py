"""What the API asks of the rest of the service. The composition root hands it the real parts; all are called on the loop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.control.commands import EngineCommand
from powerstream_desktop.engine.control.desk_reports import Devices, SoundChanged, SoundLevels, StudioChanged
from powerstream_desktop.engine.control.reports import PreviewReady, Stats
from powerstream_desktop.engine.life_cycle import EngineSnapshot
from powerstream_desktop.platforms.preflight import PreflightReport
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.service.clips.clip import Clip, ClipWish
from powerstream_desktop.service.multistream.encoder_access import EncoderAccess
from powerstream_desktop.service.multistream.session_request import (
    EndedSession,
    RunningSession,
    SessionRequest,
)
from powerstream_desktop.service.store.markers import Marker


class Multistream(Protocol):
    """Runs broadcasts (``MultistreamService``)."""

    @property
    def running(self) -> RunningSession | None:
        """The broadcast that runs, ``None`` while there is none."""
        ...

    @property
    def is_saving(self) -> bool:
        """Whether what a service that died had recorded is still being made whole."""
        ...

    async def start(self, request: SessionRequest) -> RunningSession:
        """Begin a broadcast, and return once it can be published to.

        Raises:
            ConflictError: one runs already.
            UnknownRecordError: station, profile or an endpoint does not exist.
            UserError, SystemFault: it cannot begin; says why.
        """
        ...

    async def stop(self, session_id: str | None) -> EndedSession | None:
        """End the broadcast that runs, and return once all is kept; a session that is over is returned as it is.

        Args:
            session_id: which one; ``None`` for whichever runs. ``None`` is returned if none does.

        Raises:
            UnknownRecordError: there never was such a session.
        """
        ...

    async def endpoints_changed(self) -> None:
        """Serve the endpoints as they are saved now, if a broadcast runs that has them; the others notice nothing."""
        ...

    async def retry(self, endpoint_id: str) -> None:
        """Have a destination of the running broadcast try again at once; UnknownRecordError if it has no such."""
        ...

    async def mark(self, label: str) -> Marker:
        """Mark this moment of the running broadcast; ConflictError while none runs."""
        ...

    async def order_recording(self, order: RecordingOrder) -> None:
        """Have the recording of the running broadcast obey at its next key frame.

        Raises:
            ConflictError: none runs, or it is not recorded.
        """
        ...

    async def key_refs(self) -> tuple[str, ...]:
        """Return the references of keys that no endpoint names, such as the one for external encoders."""
        ...

    async def encoder_access(self, *, renews: bool = False) -> EncoderAccess:
        """Return where an external encoder publishes to, and the key that is kept for encoders.

        Args:
            renews: make another key; the one before opens nothing any more.

        Raises:
            ConflictError: it shall be renewed while an encoder may be using it.
            SystemFault: the place where it is kept cannot be asked just now; then nothing has changed.
        """
        ...

    async def preflight(self, request: SessionRequest) -> PreflightReport:
        """Ask the servers that such a broadcast would go to, and judge what they would get; publishes nothing."""
        ...


class Studio(Protocol):
    """The studio's engine (``StudioEngine``): runs while somebody needs it."""

    @property
    def snapshot(self) -> EngineSnapshot:
        """How its process stands."""
        ...

    @property
    def stats(self) -> Stats | None:
        """Its newest figures; ``None`` without a running engine."""
        ...

    @property
    def studio(self) -> StudioChanged | None:
        """Sources and scenes as they were last told; ``None`` before the first engine told them."""
        ...

    @property
    def sound(self) -> SoundChanged | None:
        """The mixer's settings, likewise."""
        ...

    @property
    def levels(self) -> SoundLevels | None:
        """The meters; ``None`` while nobody watches them."""
        ...

    @property
    def devices(self) -> Devices | None:
        """What can be captured; ``None`` until it was asked for."""
        ...

    @property
    def preview(self) -> PreviewReady | None:
        """Where the preview's ring is; ``None`` while nobody watches."""
        ...

    @property
    def is_private(self) -> bool:
        """The audience sees "Be right back" and hears nothing."""
        ...

    @property
    def troubles(self) -> tuple[str, ...]:
        """What hinders it, in sentences."""
        ...

    async def send(self, command: EngineCommand) -> None:
        """Have the engine obey; it is started if it does not run, and stays for ten seconds after the last wish.

        Raises:
            UserError: it refuses.
            SystemFault: it does not come up, or does not answer.
        """
        ...


class Clips(Protocol):
    """Cuts clips (``ClipDesk``)."""

    async def make(self, asset_id: str, wish: ClipWish) -> Clip:
        """Have a clip of a replay made, and return it as it waits.

        Raises:
            UnknownRecordError: there is no such replay.
            UserError: there is no such part of it, or its file is not here.
            ConflictError: too many wait.
        """
        ...

    async def make_live(self, seconds: float) -> Clip:
        """Have the last seconds of the recording that is being written cut; ConflictError if none is, or too many wait."""
        ...

    def all(self) -> tuple[Clip, ...]:
        """Return the clips that were asked for since the start, the newest first."""
        ...

    def of_asset(self, asset_id: str) -> tuple[Clip, ...]:
        """Return those of a replay."""
        ...

    async def cancel(self, clip_id: str) -> Clip:
        """Do without a clip, and return it as it is then; UnknownRecordError if there is no such."""
        ...


class Media(Protocol):
    """Makes pictures and waveforms of replays (``MediaDesk``)."""

    def ask(self, asset_id: str) -> None:
        """Somebody wants to see a replay's pictures now: make them before those of others."""
        ...

    async def waveform(self, asset_id: str) -> tuple[float, str] | None:
        """Return a replay's peaks per second, and peaks in base64; None while there is none, which is then asked for."""
        ...


class Imports(Protocol):
    """Takes in films that were made elsewhere (``ImportDesk``)."""

    async def begin(self, paths: Sequence[Path], station_id: str | None) -> tuple[str, int]:
        """Take in files, and the films in folders; return the import's id and the number of files.

        Raises:
            UnknownRecordError: there is no such station.
            SystemFault: too many imports wait.
        """
        ...


class Secrets(Protocol):
    """Where keys are kept (``SecretDesk``)."""

    async def keep(self, key: Secret) -> str:
        """Keep a key and return its reference, a new one; an older key stays until it is forgotten: its row still names it.

        Raises:
            UserError: it cannot be a key.
            SystemFault: the keyring refuses, is silent, or is not there.
        """
        ...

    async def forget(self, key_ref: str | None) -> None:
        """Delete a key; harmless for ``None``."""
        ...

    async def get(self, key_ref: str | None) -> Secret | None:
        """Return a key; ``None`` if there is none."""
        ...
