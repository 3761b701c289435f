"""Everything of a channel that has no place in its strip. Each change is sent at once, and heard at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.computer import Devices
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.studio import Channel, StudioStatus
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.audio.channel_edits import (
    filters_of,
    with_filter_added,
    with_filter_changed,
    with_filter_moved,
    without_filter,
)
from powerstream_desktop.desktop.studio.audio.channel_form import ChannelForm
from powerstream_desktop.desktop.studio.audio.filter_editor import FilterEditor
from powerstream_desktop.desktop.studio.audio.filter_kinds import (
    FILTER_KINDS,
    MAX_FILTERS,
    FilterKind,
    kind_of,
    translated,
    usual_filter,
)
from powerstream_desktop.desktop.studio.audio.meter import LevelMeter
from powerstream_desktop.desktop.studio.audio.meter_pulse import MeterPulse
from powerstream_desktop.desktop.studio.audio.paced_sender import PacedSender
from powerstream_desktop.desktop.studio.audio.paced_value import PacedValue
from powerstream_desktop.desktop.studio.audio.readings import ChannelReading, read_levels

WIDTH_PX: Final = 620
_NOTHING_HEARD: Final = ChannelReading()


class ChannelSheet(Sheet):
    """The sheet; it closes by itself when its channel is removed.

    Args:
        surroundings: what the window lends.
        channel: whose it is.
        devices: those there are; None while nobody knows.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        channel: Channel,
        devices: Devices | None,
        *,
        clock: Clock = monotonic,
    ) -> None:
        super().__init__(channel.name, WIDTH_PX)
        self._surroundings = surroundings
        self._channel_id = channel.id
        self._clock = clock
        self._sender: PacedSender[Words] = PacedSender(
            surroundings,
            PacedValue(channel.words, lambda wanted, told: wanted == told),
            _send,
            owner=self,
            on_settled=self._render,
            clock=clock,
        )
        self._meter = LevelMeter()
        self._pulse = MeterPulse(self._meter.show_moment, self, clock)
        self._form = ChannelForm(channel.words, devices)
        self._filters = QVBoxLayout()
        self._editors: list[FilterEditor] = []
        self._shown_types: tuple[str, ...] | None = None
        self._no_filter = Label(self.tr("None yet. Sound passes them from above to below."), Tone.FAINT)
        self._add = Button(self.tr("Add a filter"), Role.SMALL)
        self._lay_out()
        self._connect()
        self._render()

    def showEvent(self, event: QShowEvent) -> None:
        """See ``QWidget``."""
        super().showEvent(event)
        self._pulse.beat()

    def hideEvent(self, event: QHideEvent) -> None:
        """See ``QWidget``."""
        super().hideEvent(event)
        self._pulse.rest()

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(Label(self.tr("Filters"), bold=True))
        heading.addStretch(1)
        heading.addWidget(self._add)
        self._filters.setSpacing(8)
        self.body.addWidget(self._meter)
        self.body.addWidget(self._form)
        self.body.addLayout(heading)
        self.body.addWidget(self._no_filter)
        self.body.addLayout(self._filters)
        self.body.addStretch(1)
        menu = QMenu(self)
        for kind in FILTER_KINDS:
            action = menu.addAction(translated(kind.label))
            action.setToolTip(translated(kind.help))
            action.triggered.connect(lambda _=False, kind=kind: self._add_filter(kind))
        self._add.setMenu(menu)
        remove = AskOnceButton(self.tr("Remove this channel"), self.tr("Remove it now?"))
        remove.confirmed.connect(self._remove)
        done = Button(self.tr("Done"), Role.PRIMARY)
        done.clicked.connect(self.dismiss)
        self.footer.addWidget(remove)
        self.footer.addStretch(1)
        self.footer.addWidget(done)

    def _connect(self) -> None:
        feed = self._surroundings.feed
        feed.studio_changed.connect(self._studio_changed)
        feed.levels_changed.connect(self._levels_changed)
        self._form.edited.connect(self._edit)

    def _studio_changed(self, status: StudioStatus | None) -> None:
        if status is None or status.sound is None:
            return
        channel = next((each for each in status.sound.channels if each.id == self._channel_id), None)
        if channel is None:
            self.dismiss()
        else:
            self._sender.told(channel.words)
            self.show_title(channel.name)
            self._render()

    def _levels_changed(self, words: Words | None) -> None:
        reading = read_levels(words).channels.get(self._channel_id, _NOTHING_HEARD)
        self._meter.hear(reading.meter, self._clock())
        if self.isVisible():
            self._pulse.beat()

    def _edit(self, channel: Words) -> None:
        self._sender.want(channel)
        self._render()

    def _render(self) -> None:
        channel = self._sender.shown
        self._form.show_channel(channel)
        filters = filters_of(channel)
        types = tuple(str(each.get("type")) for each in filters)
        if types != self._shown_types:
            self._shown_types = types
            self._make_editors(filters)
        for editor, words in zip(self._editors, filters, strict=True):
            editor.show_words(words)
        self._no_filter.setVisible(not filters)
        self._add.setEnabled(len(filters) < MAX_FILTERS)

    def _make_editors(self, filters: tuple[Words, ...]) -> None:
        for editor in self._editors:
            self._filters.removeWidget(editor)
            editor.deleteLater()
        self._editors = [
            FilterEditor(kind_of(words), words, index, len(filters)) for index, words in enumerate(filters)
        ]
        for editor in self._editors:
            self._filters.addWidget(editor)
            editor.changed.connect(self._change_filter, Qt.ConnectionType.QueuedConnection)
            editor.moved.connect(self._move_filter, Qt.ConnectionType.QueuedConnection)
            editor.removed.connect(self._remove_filter, Qt.ConnectionType.QueuedConnection)

    def _add_filter(self, kind: FilterKind) -> None:
        self._edit(with_filter_added(self._sender.shown, usual_filter(kind)))

    def _change_filter(self, index: int, key: str, value: float) -> None:
        self._edit(with_filter_changed(self._sender.shown, index, **{key: value}))

    def _move_filter(self, index: int, by: int) -> None:
        self._edit(with_filter_moved(self._sender.shown, index, by))

    def _remove_filter(self, index: int) -> None:
        self._edit(without_filter(self._sender.shown, index))

    def _remove(self) -> None:
        self._surroundings.desk.ask(
            lambda client: client.studio.obey("audio/remove", {"channel": self._channel_id}),
            lambda _: self.dismiss(),
            owner=self,
        )


def _send(client: Client, channel: Words) -> None:
    client.studio.obey("audio/channel", {"channel": channel}, is_repeatable=True)
