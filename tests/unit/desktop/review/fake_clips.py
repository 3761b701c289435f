"""A room of clips that are cut when a test says so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from powerstream_desktop.client.clips import FAST, Clip
from powerstream_desktop.client.errors import RefusedError, UnknownError


@dataclass
class FakeClips:
    """Clips, the newest first."""

    clips: list[Clip] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    wishes: list[dict[str, object]] = field(default_factory=list)
    refusal: str = ""
    gone: set[str] = field(default_factory=set)

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
        if self.refusal:
            raise RefusedError(self.refusal, status=409, code="clip-refused")
        self.wishes.append(
            {"asset_id": asset_id, "start_ms": start_ms, "end_ms": end_ms, "mode": mode, "centre_x": centre_x}
        )
        clip = Clip(
            words={},
            id=f"c{len(self.clips) + 1}",
            asset_id=asset_id,
            state="queued",
            progress=0.0,
            title=title,
            start_ms=start_ms,
            end_ms=end_ms,
        )
        self.clips.insert(0, clip)
        return clip

    def all(self) -> tuple[Clip, ...]:
        return tuple(self.clips)

    def of(self, asset_id: str) -> tuple[Clip, ...]:
        self.asked.append(f"of {asset_id}")
        if asset_id in self.gone:
            raise UnknownError("There is no such replay.", status=404, code="not-found")
        return tuple(each for each in self.clips if each.asset_id == asset_id)

    def cancel(self, clip_id: str) -> Clip:
        self.change(clip_id, state="cancelled")
        return next(each for each in self.clips if each.id == clip_id)

    def change(self, clip_id: str, **fields: object) -> None:
        """Say what has become of a clip."""
        self.clips = [
            replace(each, **fields) if each.id == clip_id else each  # type: ignore[arg-type]
            for each in self.clips
        ]
