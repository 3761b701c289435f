"""Clips: pieces of replays, and of the recording that is being written, in files of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.request import Request, path_of

FAST: Final = "fast"
EXACT: Final = "exact"
"""How a clip is cut: at key frames, which adds a little; or at exactly these frames, which encodes the edges anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A clip that was asked for since the service was started.

    Attributes:
        asset_id: the replay it is of; None for one of the recording that was being written.
        state: ``queued``, ``running``, ``done``, ``failed`` or ``cancelled``.
        progress: 0 to 1.
        result_asset_id: the replay that it has become; None until it is done.
        start_ms, end_ms: what was asked for, from the beginning of the replay.
        actual_start_ms, actual_end_ms: what it holds; None until it is done.
        error: why it failed, one sentence; None if it has not.
    """

    words: Words
    id: str
    asset_id: str | None
    state: str
    progress: float
    title: str
    start_ms: int
    end_ms: int
    result_asset_id: str | None = None
    actual_start_ms: int | None = None
    actual_end_ms: int | None = None
    error: str | None = None

    @property
    def is_over(self) -> bool:
        """Nothing changes about it any more."""
        return self.state in {"done", "failed", "cancelled"}


class Clips:
    """The routes of clips. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def make(
        self,
        asset_id: str,
        *,
        start_ms: int,
        end_ms: int,
        mode: str = FAST,
        title: str = "",
        centre_x: float | None = None,
    ) -> Clip:
        """Have a clip of a replay cut, and return at once: it is waiting, or being cut.

        Args:
            asset_id: of the replay.
            start_ms: of the first frame, from the beginning of the replay.
            end_ms: of the first frame behind it.
            mode: ``FAST`` or ``EXACT``.
            title: empty for one made of the replay's.
            centre_x: for an upright clip of 9:16, where the middle of the part that is kept is, 0 (left) to 1; None for the
                whole picture.
        """
        body = {
            "startMs": start_ms,
            "endMs": end_ms,
            "mode": mode,
            "title": title,
            "vertical": None if centre_x is None else {"centreX": centre_x},
        }
        request = Request(method="POST", path=path_of("vod", asset_id, "clips"), body=body)
        return self._link.read(request, Clip, "clip")

    def make_live(self, seconds: float) -> Clip:
        """Have the last seconds of the recording that is being written cut, and return at once."""
        request = Request(method="POST", path=path_of("live", "clip"), body={"seconds": seconds})
        return self._link.read(request, Clip, "clip")

    def of(self, asset_id: str) -> tuple[Clip, ...]:
        """Return the clips of a replay that were asked for since the service was started, the newest first."""
        return self._link.read_all(
            Request(method="GET", path=path_of("vod", asset_id, "clips")), Clip, "clips"
        )

    def all(self) -> tuple[Clip, ...]:
        """Return all clips that were asked for since the service was started, the newest first."""
        return self._link.read_all(Request(method="GET", path=path_of("clips")), Clip, "clips")

    def cancel(self, clip_id: str) -> Clip:
        """Do without a clip; harmless when it is over. What was written of it is removed."""
        return self._link.read(Request(method="DELETE", path=path_of("clips", clip_id)), Clip, "clip")
