"""The editor of the scene that is on: its layers, and what the selected one is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.scroll import Scroll
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.scenery import edits
from powerstream_desktop.desktop.studio.scenery.names import MAX_NAME_CHARACTERS
from powerstream_desktop.desktop.studio.scenery.shown import ShownSource
from powerstream_desktop.desktop.studio.sources.add_sheet import AddSourceSheet
from powerstream_desktop.desktop.studio.sources.content.content_form import ContentForm
from powerstream_desktop.desktop.studio.sources.content.devices import DeviceList
from powerstream_desktop.desktop.studio.sources.content.making import form_of
from powerstream_desktop.desktop.studio.sources.content.path_form import MediaForm
from powerstream_desktop.desktop.studio.sources.layer_form import LayerForm
from powerstream_desktop.desktop.studio.sources.layer_list import LayerList
from powerstream_desktop.desktop.studio.sources.scene_editing import SceneEditing

TYPING_MS: Final = 300
"""What is typed is sent when the keys have rested for so long: each change of a source is a step of the history."""
_LIST_PX: Final = 130


class SourcesPanel(Card):
    """Stands beside the preview while sources are edited.

    Args:
        surroundings: what the window lends.
        editing: the scene.
        parent: the page.
    """

    done = Signal()

    def __init__(
        self, surroundings: Surroundings, editing: SceneEditing, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Sources"), parent)
        self._surroundings = surroundings
        self._editing = editing
        self._devices = DeviceList(surroundings, self)
        self._form: ContentForm | None = None
        self._shown: ShownSource | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._send)
        self.list = LayerList(editing)
        self.list.setMinimumHeight(_LIST_PX)
        self._make_header()
        self._make_buttons()
        self._make_details()
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._buttons)
        self.body.addWidget(self._empty, 2)
        self.body.addWidget(self._details, 2)
        editing.changed.connect(self._render)
        editing.selected_changed.connect(self._selected)
        self._render()

    @property
    def form(self) -> ContentForm | None:
        """The form of the selected layer's source."""
        return self._form

    def _make_header(self) -> None:
        self.add = Button(self.tr("+ Source"), Role.SMALL)
        self.add.clicked.connect(self._open_add_sheet)
        self.close_button = Button(self.tr("Done"), Role.PRIMARY, small=True)
        self.close_button.clicked.connect(self.done)
        self.add_to_header(self.add)
        self.add_to_header(self.close_button)

    def _make_buttons(self) -> None:
        self.up = IconButton("up", self.tr("Further to the front"))
        self.down = IconButton("down", self.tr("Further to the back"))
        self.remove = IconButton("trash", self.tr("Remove from this scene"))
        self.up.clicked.connect(lambda: self.list.step(1))
        self.down.clicked.connect(lambda: self.list.step(-1))
        self.remove.clicked.connect(self._remove)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(4)
        for button in (self.up, self.down):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.remove)

    def _make_details(self) -> None:
        self._empty = Filler()
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_NAME_CHARACTERS)
        self.name.editingFinished.connect(self._rename)
        self._form_place = QVBoxLayout()
        self.layer_form = LayerForm(self._editing)
        self._details = Scroll()
        self._details.body.setContentsMargins(14, 12, 14, 14)
        self._details.body.setSpacing(12)
        self._details.body.addWidget(Field(self.tr("Name"), self.name))
        self._details.body.addLayout(self._form_place)
        self._details.body.addWidget(self.layer_form)
        self._details.body.addStretch(1)

    def _selected(self) -> None:
        self._send_at_once()
        self._render()

    def _render(self) -> None:
        layer = self._editing.selected
        self.add.setEnabled(self._editing.scene is not None)
        is_free = layer is not None and not layer.locked
        for button in (self.up, self.down, self.remove):
            button.setEnabled(is_free)
        self._details.setVisible(layer is not None)
        self._empty.setVisible(layer is None)
        if layer is None:
            self._say_what_to_do()
            return
        source = self._editing.source_of(layer)
        if source is not None:
            self._show_source(source)

    def _say_what_to_do(self) -> None:
        if self._editing.scene is None:
            self._empty.loading(self.tr("The studio is starting…"))
        elif not self._editing.layers:
            self._empty.empty(
                self.tr("This scene shows nothing yet."),
                self.tr("Add a screen, a camera, a picture or a text."),
            )
        else:
            self._empty.empty(
                self.tr("Select a layer, here or on the picture."),
                self.tr(
                    "Drag it to move it, its handles to resize it. Alt crops, Shift keeps the shape, Ctrl does not snap."
                ),
            )

    def _show_source(self, source: ShownSource) -> None:
        """Show what a source is; what is being typed is not overwritten by what was told before."""
        is_other = self._shown is None or self._shown.id != source.id or self._shown.kind != source.kind
        self._shown = source
        if is_other or self._form is None:
            self._replace_form(source)
            self.name.setText(source.name)
        elif not self._typing.isActive():
            self._form.show_content(source.content)
        if not self.name.hasFocus() and self.name.text() != source.name:
            self.name.setText(source.name)

    def _replace_form(self, source: ShownSource) -> None:
        if self._form is not None:
            self._form_place.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = form_of(source.content, self._devices)
        self._form.changed.connect(self._typing.start)
        if isinstance(self._form, MediaForm):
            self._form.restart_wanted.connect(lambda: self._editing.obey(edits.restart_source(source.id)))
        self._form_place.addWidget(self._form)
        self._details.body.activate()

    def _send(self) -> None:
        """Send what the form says, if it can be a source."""
        if self._form is not None and self._shown is not None and self._form.is_complete:
            content = self._form.content
            if content != self._shown.content:
                self._editing.obey(edits.put_source(self._shown.id, self._shown.name, content))

    def _send_at_once(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._send()

    def _rename(self) -> None:
        name = self.name.text().strip()
        if self._shown is not None and name and name != self._shown.name:
            self._editing.obey(edits.put_source(self._shown.id, name, self._shown.content))

    def _remove(self) -> None:
        layer = self._editing.selected
        if layer is not None:
            self._editing.remove(layer)

    def _open_add_sheet(self) -> None:
        studio = self._editing.studio
        if studio is not None:
            self._surroundings.ways.open_sheet(AddSourceSheet(self._surroundings, studio))
