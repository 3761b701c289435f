"""Adding a source: what kind it is, which device or file, and where it lies at first."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.hand import StudioHand
from powerstream_desktop.desktop.studio.scenery import edits
from powerstream_desktop.desktop.studio.scenery.edits import Edit
from powerstream_desktop.desktop.studio.scenery.names import MAX_NAME_CHARACTERS, free_name
from powerstream_desktop.desktop.studio.scenery.shown import ShownLayer, ShownSource, ShownStudio
from powerstream_desktop.desktop.studio.sources.content.content_form import ContentForm
from powerstream_desktop.desktop.studio.sources.content.device_forms import CameraForm
from powerstream_desktop.desktop.studio.sources.content.devices import DeviceList
from powerstream_desktop.desktop.studio.sources.content.kinds import KINDS, SourceKind, kind_of
from powerstream_desktop.desktop.studio.sources.content.making import form_of

_WIDTH_PX: Final = 640
_LIST_PX: Final = 190
_ROW_PX: Final = 36
_PLACE = Qt.ItemDataRole.UserRole


class AddSourceSheet(Sheet):
    """Offers all kinds of sources, and below them the sources that are there already.

    Args:
        surroundings: what the window lends.
        studio: as it is now.
        parent: the frame over the page.
    """

    def __init__(
        self, surroundings: Surroundings, studio: ShownStudio, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Add a source"), _WIDTH_PX, parent)
        self._surroundings = surroundings
        self._studio = studio
        self._hand = StudioHand(surroundings, self)
        self._devices = DeviceList(surroundings, self)
        self._form: ContentForm | None = None
        self._offers = _offers(studio)
        self.kinds = self._make_list()
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_NAME_CHARACTERS)
        self._name_field = Field(self.tr("Name"), self.name)
        self._explanation = Label("", Tone.MUTED, wrap=True)
        self._place = QVBoxLayout()
        self._problem = Label("", Tone.ERR, wrap=True)
        right = QVBoxLayout()
        right.setSpacing(14)
        for part in (self._name_field, self._explanation):
            right.addWidget(part)
        right.addLayout(self._place)
        right.addWidget(self._problem)
        right.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(18)
        line.addWidget(self.kinds)
        line.addLayout(right, 1)
        self.body.addLayout(line)
        self.cancel = Button(self.tr("Cancel"), Role.PLAIN)
        self.cancel.clicked.connect(self.dismiss)
        self.add = Button(self.tr("Add"), Role.PRIMARY)
        self.add.clicked.connect(self._add)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.add)
        self.kinds.currentRowChanged.connect(self._show_offer)
        self._devices.changed.connect(self._choose_device)
        self.kinds.setCurrentRow(0)

    @property
    def form(self) -> ContentForm | None:
        """The form of the kind that is chosen; None for a source that is there already."""
        return self._form

    def _make_list(self) -> QListWidget:
        offered = QListWidget()
        offered.setFixedWidth(_LIST_PX)
        offered.setIconSize(QSize(18, 18))
        offered.setMinimumHeight(_ROW_PX * len(KINDS) + 12)
        offered.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        offered.setTextElideMode(Qt.TextElideMode.ElideRight)
        offered.setAccessibleName(self.tr("Kinds of sources"))
        for offer in self._offers:
            if offer is None:
                offered.addItem(self._heading())
                continue
            kind = offer if isinstance(offer, SourceKind) else kind_of(offer.kind)
            item = QListWidgetItem(look().icon(kind.icon), offer.name)
            item.setSizeHint(QSize(0, _ROW_PX))
            if isinstance(offer, ShownSource):
                item.setToolTip(self.tr("Is there already: shown in this scene too."))
                item.setForeground(look().palette.muted)
            offered.addItem(item)
        return offered

    def _heading(self) -> QListWidgetItem:
        item = QListWidgetItem(self.tr("There already"))
        item.setFlags(Qt.ItemFlag.NoItemFlags)  # passed over by mouse and keys
        item.setSizeHint(QSize(0, _ROW_PX))
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        return item

    @property
    def _chosen(self) -> SourceKind | ShownSource:
        return self._offers[self.kinds.currentRow()] or KINDS[0]

    def _show_offer(self, _row: int) -> None:
        if self._form is not None:
            self._place.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        offer = self._chosen
        is_new = isinstance(offer, SourceKind)
        self._name_field.setVisible(is_new)
        self._problem.show_text("")
        if isinstance(offer, SourceKind):
            self.name.clear()
            self.name.setPlaceholderText(self._free(offer.name))
            self._form = form_of(offer.content, self._devices)
            self._form.changed.connect(self._judge)
            self._place.addWidget(self._form)
            self._choose_device()
        said = (
            ""
            if is_new
            else self.tr("This source is there already. It is shown in this scene too, and opened only once.")
        )
        self._explanation.show_text(said)
        self._explanation.setVisible(bool(said))
        self._judge()

    def _choose_device(self) -> None:
        if isinstance(self._form, CameraForm):
            self._form.choose_first()

    def _judge(self) -> None:
        """Offer a name, and to add what is complete."""
        offer = self._chosen
        if self._form is not None and isinstance(offer, SourceKind):
            self.name.setPlaceholderText(self._free(self._form.suggested_name or offer.name))
        self.add.setEnabled(self._form is None or self._form.is_complete)

    def _free(self, name: str) -> str:
        return free_name(name, {source.name for source in self._studio.sources})

    def _add(self) -> None:
        self.add.setEnabled(False)
        self._problem.show_text("")
        self._hand.obey(*self._wanted(), then=self.dismiss, otherwise=self._refused)

    def _wanted(self) -> tuple[Edit, ...]:
        offer = self._chosen
        if isinstance(offer, ShownSource):
            kind = kind_of(offer.kind)
            return (self._layer(offer.id, kind),)
        source_id = edits.new_id("source")
        name = self.name.text().strip() or self.name.placeholderText()
        content = self._form.content if self._form is not None else offer.content
        return edits.put_source(source_id, name, content), self._layer(source_id, offer)

    def _layer(self, source_id: str, kind: SourceKind) -> Edit:
        layer = ShownLayer(
            words={}, id=edits.new_id("layer"), source=source_id, place=kind.place, fit=kind.fit
        )
        return edits.add_layer(self._studio.current, layer)

    def _refused(self, error: PowerStreamError) -> None:
        self._problem.show_text(str(error))
        self._judge()


def _offers(studio: ShownStudio) -> tuple[SourceKind | ShownSource | None, ...]:
    """Return what can be added, in the list's order; None stands for the heading before what is there already."""
    return (*KINDS, None, *studio.sources) if studio.sources else KINDS
