"""How a clip is exported: its title, fast or exact, whole or upright."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QLineEdit, QRadioButton, QVBoxLayout

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.clips import EXACT, FAST, Clip
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.review.crop_picker import CropPicker
from powerstream_desktop.desktop.review.time_code import US_PER_MS, US_PER_S, time_code
from powerstream_desktop.desktop.shell.surroundings import Surroundings

MAX_TITLE: Final = 200
_WIDTH_PX: Final = 560


class ClipSheet(Sheet):
    """Asks for a clip of a replay.

    Args:
        surroundings: what the window lends.
        asset: the replay.
        selection: from where to where, in microseconds.
        still: a picture of it, on which the upright part is placed; may be null.
    """

    made = Signal(object)  # Clip: it was asked for

    def __init__(
        self, surroundings: Surroundings, asset: Asset, selection: tuple[int, int], still: QImage
    ) -> None:
        super().__init__(self.tr("Export clip"), _WIDTH_PX)
        self._surroundings = surroundings
        self._asset = asset
        self._selection = selection
        self.title = QLineEdit()
        self.title.setMaxLength(MAX_TITLE)
        self.fast = QRadioButton(self.tr("Fast"))
        self.exact = QRadioButton(self.tr("Exactly these pictures"))
        self._ways = QButtonGroup(self)
        self.upright = QCheckBox(self.tr("Upright, 9:16"))
        self.crop = CropPicker(still)
        self.export = Button(self.tr("Export"), Role.PRIMARY)
        self._refusal = Label("", Tone.ERR, wrap=True)
        self._arrange()
        self.fast.setChecked(True)
        self.crop.hide()
        self._refusal.hide()
        self.upright.toggled.connect(self._show_crop)
        self.export.clicked.connect(self._export)
        self.title.returnPressed.connect(self._export)
        self.title.setFocus()

    def _arrange(self) -> None:
        start_us, end_us = self._selection
        lasts = figures.short_duration((end_us - start_us) / US_PER_S)
        span = f"{time_code(start_us)} – {time_code(end_us)}  ({lasts})"
        self.body.addWidget(Label(span, Tone.MUTED))
        hint = self.tr("Left empty, it is called after the replay and the moment.")
        self.body.addWidget(Field(self.tr("Title"), self.title, hint))
        for button, sentence in (
            (
                self.fast,
                self.tr(
                    "Done at once, and nothing is encoded anew. It may begin up to a few seconds earlier."
                ),
            ),
            (
                self.exact,
                self.tr("Its first and last seconds are encoded anew; all between stays as it was recorded."),
            ),
        ):
            self._ways.addButton(button)
            self._add(button, sentence)
        upright = self.tr("For phones. Everything is encoded anew, which takes a while.")
        self._add(self.upright, upright)
        self.body.addWidget(self.crop)
        self.body.addWidget(self._refusal)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.dismiss)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.export)

    def _add(self, button: QAbstractButton, sentence: str) -> None:
        """Add a choice and, close below it, what it means."""
        button.setAccessibleDescription(sentence)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(button)
        column.addWidget(Label(sentence, Tone.FAINT, letters=Letters.SMALL, wrap=True))
        self.body.addLayout(column)

    def _show_crop(self, is_upright: bool) -> None:
        self.crop.setVisible(is_upright)
        # Every picture of an upright clip is made anew: it is exact whatever was chosen.
        self.fast.setEnabled(not is_upright)
        if is_upright:
            self.exact.setChecked(True)

    def _export(self) -> None:
        self.export.setEnabled(False)
        start_us, end_us = self._selection
        title, mode = self.title.text().strip(), EXACT if self.exact.isChecked() else FAST
        centre_x = self.crop.centre_x if self.upright.isChecked() else None
        asset_id = self._asset.id

        def make(client: Client) -> Clip:
            return client.clips.make(
                asset_id,
                start_ms=round(start_us / US_PER_MS),
                end_ms=round(end_us / US_PER_MS),
                mode=mode,
                title=title,
                centre_x=centre_x,
            )

        self._surroundings.desk.ask(make, self._be_made, otherwise=self._be_refused, owner=self)

    def _be_made(self, clip: Clip) -> None:
        self.made.emit(clip)
        self.dismiss()

    def _be_refused(self, error: PowerStreamError) -> None:
        self.export.setEnabled(True)
        code = getattr(error, "code", "")
        self._refusal.show_text(f"{said(code, error.title)} {said(code, error.hint)}".strip())
        self._refusal.show()
