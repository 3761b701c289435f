"""How the selected layer lies: its place, its fit, its opacity, what is cut off."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.studio.scenery.box import MAX_REACH, MIN_SIDE, WHOLE, Box
from powerstream_desktop.desktop.studio.scenery.shown import UNCROPPED, ShownLayer
from powerstream_desktop.desktop.studio.sources.handles import MIN_LEFT
from powerstream_desktop.desktop.studio.sources.scene_editing import SceneEditing

_SIDES: Final = ("x", "y", "width", "height")
_CROPS: Final = ("left", "right", "top", "bottom")
_OPPOSITE: Final = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}


class LayerForm(QWidget):
    """Shows and changes the selected layer.

    Args:
        editing: whose layer.
        parent: the panel.
    """

    def __init__(self, editing: SceneEditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self._is_rendering = False
        self._sides = {name: self._side_box(name) for name in _SIDES}
        self._crops = {name: self._crop_box(name) for name in _CROPS}
        self._fit = self._fit_choice()
        self._opacity = QSlider(Qt.Orientation.Horizontal)
        self._opacity.setRange(0, 100)
        self._opacity.valueChanged.connect(self._opacity_chosen)
        self._opacity_field = Field(self.tr("Opacity"), self._opacity)
        self._fill = Button(self.tr("Fill the picture"), Role.SMALL)
        self._fill.clicked.connect(lambda: self._change(place=WHOLE))
        self._uncrop = Button(self.tr("Undo the crop"), Role.SMALL)
        self._uncrop.clicked.connect(lambda: self._change(crop=UNCROPPED))
        self._lay_out()
        editing.changed.connect(self._render)
        editing.selected_changed.connect(self._render)
        self._render()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._fill)
        buttons.addWidget(self._uncrop)
        buttons.addStretch(1)
        sides = (self.tr("Left"), self.tr("Top"), self.tr("Width"), self.tr("Height"))
        crops = (
            self.tr("Cut off left"),
            self.tr("Cut off right"),
            self.tr("Cut off top"),
            self.tr("Cut off bottom"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(_in_two_columns(sides, self._sides.values()))
        layout.addWidget(Field(self.tr("In its place"), self._fit))
        layout.addWidget(self._opacity_field)
        layout.addLayout(_in_two_columns(crops, self._crops.values()))
        layout.addLayout(buttons)

    def _fit_choice(self) -> QComboBox:
        fit = QComboBox()
        for value, text in (
            ("whole", self.tr("All of it, with empty edges")),
            ("fill", self.tr("Fill, with edges cut off")),
            ("stretch", self.tr("Stretch")),
        ):
            fit.addItem(text, value)
        # Its words are shortened where letters are large, before the whole form would be too wide.
        fit.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        fit.setMinimumContentsLength(10)
        fit.activated.connect(self._fit_chosen)
        return fit

    def _side_box(self, name: str) -> QDoubleSpinBox:
        least = 100 * MIN_SIDE if name in {"width", "height"} else -100 * MAX_REACH
        box = _per_cent(least, 100 * MAX_REACH)
        box.valueChanged.connect(lambda share: self._side_chosen(name, share))
        return box

    def _crop_box(self, name: str) -> QDoubleSpinBox:
        box = _per_cent(0, 100 * (1 - MIN_LEFT))
        box.valueChanged.connect(lambda share: self._crop_chosen(name, share))
        return box

    def _render(self) -> None:
        layer = self._editing.selected
        self.setEnabled(layer is not None and not layer.locked)
        if layer is None:
            return
        self._is_rendering = True
        for name, box in self._sides.items():
            box.setValue(100 * getattr(layer.place, name))
        for name, box in self._crops.items():
            box.setMaximum(100 * (1 - MIN_LEFT - getattr(layer.crop, _OPPOSITE[name])))
            box.setValue(100 * getattr(layer.crop, name))
        self._fit.setCurrentIndex(max(0, self._fit.findData(layer.fit)))
        if not self._opacity.isSliderDown():
            self._opacity.setValue(round(100 * layer.opacity))
        self._uncrop.setEnabled(layer.crop != UNCROPPED)
        self._is_rendering = False

    def _side_chosen(self, name: str, per_cent: float) -> None:
        layer = self._editing.selected
        if layer is not None and not self._is_rendering:
            sides = {side: getattr(layer.place, side) for side in _SIDES}
            self._change(place=Box(**{**sides, name: per_cent / 100}))

    def _crop_chosen(self, name: str, per_cent: float) -> None:
        layer = self._editing.selected
        if layer is not None and not self._is_rendering:
            self._change(crop=dataclasses.replace(layer.crop, **{name: per_cent / 100}))

    def _fit_chosen(self, _: int) -> None:
        self._change(fit=self._fit.currentData())

    def _opacity_chosen(self, per_cent: int) -> None:
        self._opacity.setAccessibleDescription(f"{per_cent} %")
        self._opacity.setToolTip(f"{per_cent} %")
        self._change(opacity=per_cent / 100)

    def _change(self, **values: object) -> None:
        layer: ShownLayer | None = self._editing.selected
        if layer is not None and not self._is_rendering:
            self._editing.drag_to(dataclasses.replace(layer, **values))  # type: ignore[arg-type]  # names of its own
            self._editing.let_go()


def _in_two_columns(labels: Iterable[str], boxes: Iterable[QWidget]) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(10)
    for place, (label, box) in enumerate(zip(labels, boxes, strict=True)):
        grid.addWidget(Field(label, box), place // 2, place % 2)
    return grid


def _per_cent(least: float, most: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(least, most)
    box.setDecimals(1)
    box.setSuffix(" %")
    box.setKeyboardTracking(False)
    # As wide as its column: what it would like is the room of the largest number that it could ever show.
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return box
