"""The review panel, shown, with a film of fake pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.review.jump_chip import JumpChip
from powerstream_desktop.desktop.review.review_panel import ReviewPanel
from powerstream_desktop.desktop.review.transport import Motion
from tests.unit.desktop.driver import control, press, show
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.player.fake_media import FakeMedia, MediaMakers
from tests.unit.desktop.replays.fake_client import FakeClient, asset, marker
from tests.unit.desktop.review.fake_frames import FakeFrames, FrameMakers

S = 1_000_000
KEY, HELD = Qt.Key, Qt.KeyboardModifier
SHOW = asset(
    1,
    "Evening show",
    duration=60.0,
    multistream_session_id="s1",
    markers=(marker(2, 34_000, "Best & last joke"), marker(1, 12_000, "Guest joins")),
)


class ReviewScene:
    """The panel, shown."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.library = self.client.library
        self.library.assets = [SHOW, asset(2, "Other", duration=60.0)]
        surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        self.media_makers, self.frame_makers = MediaMakers(), FrameMakers()
        self.files_shown: list[Path] = []
        self.panel = ReviewPanel(
            surroundings,
            make_media=self.media_makers,
            make_frames=self.frame_makers,
            show_file=self.files_shown.append,
        )
        show(self.panel, 520, 790)

    @property
    def frames(self) -> FakeFrames:
        return self.frame_makers.frames

    @property
    def media(self) -> FakeMedia:
        return self.media_makers.media

    def motion(self) -> Motion:
        return self.panel.reviewer.transport.motion

    def shown(self) -> Asset | None:
        return self.panel.asset

    def fills_screen(self) -> bool:
        return self.panel.stage.is_full_screen

    @property
    def position_us(self) -> int:
        self.frames.answer_all()
        return self.panel.reviewer.transport.position_us

    def open(self, shown: Asset = SHOW) -> None:
        self.panel.show_replay(shown)
        self.frames.tell_facts()
        self.frames.answer_all()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = HELD.NoModifier) -> None:
        press(self.panel.stage, key, held)

    def button(self, name: str) -> Button:
        return control(self.panel, name, Button)

    def place_of(self, at_us: int) -> QPoint:
        timeline = self.panel.stage.timeline
        return QPoint(round(timeline.scale.x_of(at_us)), timeline.height() // 2)

    def chips(self) -> list[str]:
        chips = [each for each in self.panel.chips.findChildren(JumpChip) if each.isVisible()]
        return [each.text() for each in sorted(chips, key=lambda chip: (chip.y(), chip.x()))]
