"""Cuts the stream of packets into files.

A file has fixed tracks with fixed codec settings and begins with a key frame. ``PartPlanner`` reads packets and says what to
do: open a part, write a frame, finish the part. It is pure: it knows no file and no clock, only media time.

Before the first key frame nothing is recorded. From it on the planner holds what comes until the other track has shown
itself, or 2 s of media have passed (rtmp.md 2.1): tracks cannot be added to an open file. When settings change in
mid-stream, the tracks that did not change go on into the old part up to the new key frame, what did change is held, and
there the old part is finished and the new one opened: no frame is lost, none is in both. The same happens where the owner
wants a new file, and where a track comes back after hours of nothing: MP4 gives a frame's duration 31 bits, and libavformat
ends the process over a longer one.

A pause is a split of which the new part is thrown away; when it ends, a part begins as the first one did.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from powerstream_desktop.recording.tracks import TrackSettings, TrackStart, is_recorded
from powerstream_desktop.rtmp.flv.tags import TagKind, frame_body
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

SECOND_TRACK_WAIT_MS: Final = 2_000
"""How long a lone track is held for another one of which nothing is known yet."""
KEY_FRAME_WAIT_MS: Final = 10_000
"""How long sound is held for the key frame of a picture whose header has come: longer than any sensible GOP."""
LONGEST_HOLE_MS: Final = 6 * 3600 * 1000
"""What a track may be silent for within one file: 2**31 ticks of sound at 96 kHz, and a little less."""
_ENDED: Final = TrackSettings(codec="")
"""Of a track of the open part that goes on in the next one: no frame is made with these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPart:
    """Open a file with these tracks; ``base_ms`` of the stream's timeline is its 0."""

    video: TrackStart | None
    audio: TrackStart | None
    base_ms: int


@dataclass(frozen=True, slots=True)
class WriteFrame:
    """Write this frame into the open part."""

    packet: MediaPacket


@dataclass(frozen=True, slots=True)
class FinishPart:
    """Finish the open part: no more of its frames will come."""


PartAction: TypeAlias = OpenPart | WriteFrame | FinishPart


class PartPlanner:
    """Reads packets in the order they came and says what to do with them."""

    def __init__(self) -> None:
        self._announced: dict[MediaKind, TrackSettings] = {}
        self._open: dict[MediaKind, TrackSettings] = {}
        """Tracks of the open part; empty before the first."""
        self._written_ms: dict[MediaKind, int] = {}
        """Decoding time of each track's newest frame in the open part."""
        self._held: list[MediaPacket] = []
        """Frames of the part to come, in order; its picture begins with a key frame."""
        self._held_tracks: dict[MediaKind, TrackStart] = {}
        self._held_key_ms: int | None = None
        """Decoding time of the key frame in ``_held``."""
        self._is_split_due = False
        self._is_pause_due = False
        self._paused_at_ms: int | None = None
        self._is_paused = False
        self._left_out = 0

    @property
    def is_paused(self) -> bool:
        """Whether frames are left out because the owner wants it so."""
        return self._is_paused

    @property
    def paused_at_ms(self) -> int | None:
        """Where the pause began, on the stream's timeline; ``None`` if no part was ended by one."""
        return self._paused_at_ms

    @property
    def left_out(self) -> int:
        """Frames so far that go into no part: they came before settings or a key frame, or in a pause."""
        return self._left_out

    def split(self) -> None:
        """Begin a new part at the next key frame; harmless to repeat until then, and while no part is open."""
        self._is_split_due = bool(self._open)

    def pause(self) -> None:
        """End the open part at the next key frame, and leave out everything from there on."""
        if self._open:
            self._is_pause_due = True
        elif not self._is_paused:
            self._is_paused = True
            self._leave_out_held()

    def resume(self) -> None:
        """Begin a new part at the next key frame; a pause that has not begun is none."""
        self._is_pause_due = self._is_paused = False
        self._paused_at_ms = None

    def begin_anew(self) -> None:
        """The open part is lost: begin a new one at the next key frame."""
        self._open = {}
        self._written_ms = {}
        self._is_split_due = False
        if self._is_pause_due:
            self._is_pause_due, self._is_paused = False, True
        if self._held_key_ms is None or self._is_paused:
            self._leave_out_held()

    def pass_by(self, packet: MediaPacket) -> None:
        """Take the next packet while no disk takes frames: of these only the settings are kept."""
        if packet.kind is MediaKind.DATA or not is_recorded(packet):
            return
        if packet.info.kind is TagKind.HEADER:
            self._announce(packet)
        else:
            self._left_out += 1

    def receive(self, packet: MediaPacket) -> list[PartAction]:
        """Take the next packet of any kind."""
        if packet.kind is MediaKind.DATA or not is_recorded(packet):
            return []
        if packet.info.kind is TagKind.HEADER:
            self._announce(packet)
            return []
        settings = TrackSettings.of_frame(packet, self._announced.get(packet.kind))
        if settings is None or self._is_paused:
            self._left_out += 1
            return []
        actions: list[PartAction] = []
        held = self._held_tracks.get(packet.kind)
        # They changed twice: what is held needs a part of its own.
        if held is not None and held.settings != settings:
            actions += self._turn()
            if self.is_paused:  # that part would have been the pause
                self._left_out += 1
                return actions
        if packet.dts_ms - self._written_ms.get(packet.kind, packet.dts_ms) > LONGEST_HOLE_MS:
            self._open[packet.kind] = _ENDED
        if self._ends_open_part(packet):
            self._open[packet.kind] = _ENDED
        if self._goes_into_open_part(packet, settings):
            self._written_ms[packet.kind] = packet.dts_ms
            return [*actions, WriteFrame(packet)]
        self._hold(packet, settings)
        if self._is_ready(packet.dts_ms):
            actions += self._turn()
        return actions

    def finish(self) -> list[PartAction]:
        """Return what is left to do when no more packets come."""
        actions = self._turn() if self._held else []
        self._is_pause_due = False
        if self._open:
            actions.append(FinishPart())
        self._open = {}
        return actions

    def _announce(self, header: MediaPacket) -> None:
        settings = TrackSettings.of_header(header)
        if settings is not None:
            self._announced[header.kind] = settings

    def _ends_open_part(self, packet: MediaPacket) -> bool:
        """Tell whether the owner wants the open part to end with the frame before this one, and it can."""
        if not (self._is_split_due or self._is_pause_due) or self._held or packet.kind not in self._open:
            return False
        if packet.kind is MediaKind.VIDEO:
            return packet.info.is_keyframe
        picture_ms = self._written_ms.get(MediaKind.VIDEO)
        return picture_ms is None or packet.dts_ms - picture_ms > KEY_FRAME_WAIT_MS

    def _goes_into_open_part(self, packet: MediaPacket, settings: TrackSettings) -> bool:
        if self._open.get(packet.kind) != settings:
            return False
        if not self._held:
            return True
        # Another track has changed: the next key frame begins the new part.
        if packet.kind is MediaKind.VIDEO:
            return self._held_key_ms is None and not packet.info.is_keyframe
        return self._held_key_ms is None or packet.dts_ms < self._held_key_ms

    def _hold(self, packet: MediaPacket, settings: TrackSettings) -> None:
        if not frame_body(packet.payload, packet.info):
            return  # libavformat learns a track from its first frame, and nothing from an empty one
        if packet.kind is MediaKind.VIDEO:
            if self._held_key_ms is None:
                if not packet.info.is_keyframe:
                    self._left_out += 1
                    return  # cannot be decoded
                if not self._open:
                    # The recording begins with its first key frame: sound before it has no picture.
                    self._leave_out_held()
                self._held_key_ms = packet.dts_ms
        elif not self._open and self._held_key_ms is not None and packet.dts_ms < self._held_key_ms:
            self._left_out += 1
            return
        self._held.append(packet)
        self._held_tracks.setdefault(packet.kind, TrackStart.at(packet, settings))

    def _leave_out_held(self) -> None:
        self._left_out += len(self._held)
        self._drop_held()

    def _drop_held(self) -> None:
        self._held = []
        self._held_tracks = {}
        self._held_key_ms = None

    def _is_ready(self, now_ms: int) -> bool:
        if not self._held:
            return False
        if len(self._held_tracks) == 2:
            return True
        missing = MediaKind.AUDIO if MediaKind.VIDEO in self._held_tracks else MediaKind.VIDEO
        if missing not in self._announced:
            wait_ms = 0 if self._open else SECOND_TRACK_WAIT_MS
        else:
            wait_ms = KEY_FRAME_WAIT_MS if missing is MediaKind.VIDEO else SECOND_TRACK_WAIT_MS
        return now_ms - self._held[0].dts_ms >= wait_ms

    def _turn(self) -> list[PartAction]:
        """Go over to the part that is held, or into the pause that begins where it would."""
        actions: list[PartAction] = [FinishPart()] if self._open else []
        self._is_split_due = False
        if self._is_pause_due:
            self._begin_pause()
            return actions
        actions.append(
            OpenPart(
                video=self._held_tracks.get(MediaKind.VIDEO),
                audio=self._held_tracks.get(MediaKind.AUDIO),
                base_ms=min(packet.dts_ms + min(packet.info.cts_ms, 0) for packet in self._held),
            )
        )
        actions += map(WriteFrame, self._held)
        self._open = {kind: track.settings for kind, track in self._held_tracks.items()}
        self._written_ms = {packet.kind: packet.dts_ms for packet in self._held}
        self._drop_held()
        return actions

    def _begin_pause(self) -> None:
        self._is_pause_due, self._is_paused = False, True
        self._paused_at_ms = min(packet.dts_ms for packet in self._held)
        self._open = {}
        self._written_ms = {}
        self._leave_out_held()
