"""The studio page: program and scenes at the left with the sound below, destinations and recording at the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from powerstream_desktop.client.settings import Value
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.audio_card import AudioCard
from powerstream_desktop.desktop.studio.destinations_card import DestinationsCard
from powerstream_desktop.desktop.studio.program_card import ProgramCard
from powerstream_desktop.desktop.studio.recording_card import RecordingCard
from powerstream_desktop.desktop.studio.scenes.scene_strip import SceneStrip
from powerstream_desktop.desktop.studio.sources.scene_editing import SceneEditing
from powerstream_desktop.desktop.studio.sources.sources_panel import SourcesPanel

SIDE_PX: Final = 384
_HOTKEYS: Final = 9
_GAP_PX: Final = 12
_MARGIN_PX: Final = 14


class StudioPage(Page):
    """What the audience sees and hears, and where it goes.

    Args:
        surroundings: what the window lends.
        parent: the window's stack of pages.
    """

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self._editing = SceneEditing(surroundings, self)
        self.program = ProgramCard(surroundings, self._editing)
        self.scenes = SceneStrip(surroundings)
        self.sources = Button(self.tr("Sources…"), Role.PLAIN)
        self.sources.setCheckable(True)
        self.sources.toggled.connect(self._edit_sources)
        self.scenes.add_action(self.sources)
        self.audio = AudioCard(surroundings, self)
        self.destinations = DestinationsCard(surroundings, self)
        self.recording = RecordingCard(surroundings, self)
        self._panel: SourcesPanel | None = None
        self.program.edit_wanted.connect(lambda: self.sources.setChecked(True))
        self._side = QStackedWidget()
        self._side.addWidget(self.destinations)
        self._lay_out()
        surroundings.feed.settings_changed.connect(self._show_settings)
        if surroundings.feed.now.settings is not None:
            self._show_settings(surroundings.feed.now.settings)

    @property
    def panel(self) -> SourcesPanel:
        """The editor of sources; made when it is opened for the first time, so that the page is there at once."""
        if self._panel is None:
            self._panel = SourcesPanel(self._surroundings, self._editing)
            self._panel.done.connect(self._end_editing)
            self._side.addWidget(self._panel)
        return self._panel

    def came_up(self) -> None:
        """Watch the program, and listen to it."""
        self.program.preview.watch()
        self.audio.watch()

    def went_down(self) -> None:
        """Do neither any more."""
        self.program.preview.rest()
        self.audio.rest()

    def show_subject(self, subject: str) -> None:
        """Open the editor of sources when it is named."""
        self.sources.setChecked(subject == "sources")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``: undo and redo wherever nobody types; who types undoes what was typed."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.program.undo.click()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.program.redo.click()
        else:
            super().keyPressEvent(event)

    def _show_settings(self, values: Mapping[str, Value]) -> None:
        size, fps = values.get("video.size"), values.get("video.fps")
        if isinstance(size, str) and isinstance(fps, int):
            self.program.show_form(size, fps)
        keys = {number: values.get(f"hotkeys.scene_{number}") for number in range(1, _HOTKEYS + 1)}
        self.scenes.show_hotkeys({number: str(value) for number, value in keys.items() if value})

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(_GAP_PX)
        left.addWidget(self.program, 1)
        left.addWidget(self.scenes)
        left.addWidget(self.audio)
        right.addWidget(self._side, 1)
        right.addWidget(self.recording)
        self.audio.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._side.setFixedWidth(SIDE_PX)
        self.recording.setFixedWidth(SIDE_PX)
        grid = QGridLayout(self)
        grid.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        grid.setSpacing(_MARGIN_PX)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 1)

    def _end_editing(self) -> None:
        self.sources.setChecked(False)

    def _edit_sources(self, is_edited: bool) -> None:
        self._side.setCurrentWidget(self.panel if is_edited else self.destinations)
        self.program.edit_layers(is_edited=is_edited)
        if is_edited:
            self.panel.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._editing.select("")
