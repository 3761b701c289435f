"""The strip of scenes below the preview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QWidget

from powerstream_desktop.common.errors import PowerStreamError, UserError
from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys.key_words import key_words
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.hand import StudioHand
from powerstream_desktop.desktop.studio.plain_text import menu_text
from powerstream_desktop.desktop.studio.scenery import edits
from powerstream_desktop.desktop.studio.scenery.names import free_name
from powerstream_desktop.desktop.studio.scenery.shown import ShownScene, ShownStudio, shown_studio
from powerstream_desktop.desktop.studio.scenes.name_line import NameLine
from powerstream_desktop.desktop.studio.scenes.scene_menu import SceneMenu
from powerstream_desktop.desktop.studio.scenes.scene_tile import SceneTile

_GAP_PX: Final = 8
_HOTKEYS: Final = 9


class SceneStrip(QWidget):
    """Shows all scenes; a press puts one on at once.

    Args:
        surroundings: what the window lends.
        parent: the page.
    """

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._hand = StudioHand(surroundings, self)
        self._studio: ShownStudio | None = None
        self._tiles: list[SceneTile] = []
        self._wanted = ""
        self._name_when_there = ""
        self._naming: NameLine | None = None
        self._hotkeys = {number: f"Ctrl+Alt+{number}" for number in range(1, _HOTKEYS + 1)}
        self._row = QWidget()
        self._row_layout = QHBoxLayout(self._row)
        self._row_layout.setContentsMargins(0, 0, 0, 0)
        self._row_layout.setSpacing(_GAP_PX)
        self._row_layout.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._row)
        self._mark = QFrame(self._row)
        self._mark.setProperty("tone", "accent")
        self._mark.setFrameShape(QFrame.Shape.VLine)
        self._mark.hide()
        self._add = Button(self.tr("+ Scene"), Role.PLAIN)
        self._add.clicked.connect(self._offer_scenes)
        self._actions = QHBoxLayout()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP_PX)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._add)
        layout.addLayout(self._actions)
        surroundings.feed.studio_changed.connect(self._follow)
        self._follow()

    @property
    def tiles(self) -> tuple[SceneTile, ...]:
        """The scenes in their order."""
        return tuple(self._tiles)

    def add_action(self, button: QWidget) -> None:
        """Put a button at the strip's end."""
        self._actions.addWidget(button)

    def show_hotkeys(self, hotkeys: Mapping[int, str]) -> None:
        """Show which keys put which scene on.

        Args:
            hotkeys: the keys as the settings have them, by the scene's number, counted from 1; empty for none.
        """
        self._hotkeys = dict(hotkeys)
        self._render()

    def _hotkey(self, number: int) -> str:
        """Return the keys as people know them; empty for a scene without."""
        try:
            return key_words(KeyCombination.of(self._hotkeys.get(number, "")))
        except UserError:
            return ""

    def _follow(self, *_: object) -> None:
        self._studio = shown_studio(self._surroundings.feed.now.studio)
        scenes = self._studio.scenes if self._studio is not None else ()
        self._add.setEnabled(self._studio is not None)
        if self._studio is not None and self._studio.current == self._wanted:
            self._wanted = ""
        if [tile.scene_id for tile in self._tiles] != [scene.id for scene in scenes]:
            self._rebuild(scenes)
        self._render()
        self._name_new()

    def _rebuild(self, scenes: tuple[ShownScene, ...]) -> None:
        """Make tiles for new scenes, and keep those of the others with the keyboard's focus."""
        kept = {tile.scene_id: tile for tile in self._tiles}
        self._tiles = [
            kept.pop(scene.id) if scene.id in kept else self._new_tile(scene.id) for scene in scenes
        ]
        for tile in kept.values():
            self._row_layout.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        for place, tile in enumerate(self._tiles):
            self._row_layout.insertWidget(place, tile)
        for before, after in zip(self._tiles, self._tiles[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _new_tile(self, scene_id: str) -> SceneTile:
        tile = SceneTile(scene_id, self._row)
        tile.clicked.connect(lambda: self._switch_to(scene_id))
        tile.menu_wanted.connect(lambda at: self._open_menu(scene_id, at))
        tile.rename_wanted.connect(lambda: self._rename(scene_id))
        tile.step_wanted.connect(lambda way: self._step(scene_id, way))
        tile.dragged.connect(lambda at: self._show_mark(scene_id, at))
        tile.dropped.connect(lambda at: self._drop(scene_id, at))
        tile.show()
        return tile

    def _render(self) -> None:
        if self._studio is None:
            return
        for number, (tile, scene) in enumerate(zip(self._tiles, self._studio.scenes, strict=True), start=1):
            is_on = scene.id == self._studio.current
            tile.show_scene(scene.name, self._hotkey(number), is_on=is_on, is_wanted=scene.id == self._wanted)
        self._area.setFixedHeight(self._height())

    def _height(self) -> int:
        """Return the height of a tile; with room for the bar to scroll by when there are many."""
        tile = max((each.sizeHint().height() for each in self._tiles), default=50)
        needed = sum(each.sizeHint().width() + _GAP_PX for each in self._tiles) - _GAP_PX
        bar = self._area.horizontalScrollBar().sizeHint().height() if needed > self._area.width() else 0
        return tile + bar

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Make room for the bar to scroll by, or take it away."""
        self._area.setFixedHeight(self._height())

    # What is wanted.

    def _switch_to(self, scene_id: str) -> None:
        if self._studio is None or scene_id == self._studio.current:
            return
        self._wanted = scene_id
        self._hand.obey(edits.switch_to(scene_id), otherwise=self._not_switched)
        self._render()

    def _not_switched(self, error: PowerStreamError) -> None:
        self._wanted = ""
        self._render()
        self._surroundings.ways.say(error.title, error.hint)

    def _step(self, scene_id: str, way: int) -> None:
        places = [tile.scene_id for tile in self._tiles]
        self._move(scene_id, places.index(scene_id) + way)

    def _move(self, scene_id: str, to_index: int) -> None:
        edit = edits.move_scene(self._studio, scene_id, to_index) if self._studio is not None else None
        if edit is not None:
            self._hand.obey(edit)

    def _place_at(self, scene_id: str, at: QPoint) -> int:
        """Return the place in the order, the scene itself not counted, that a point stands for."""
        x = self._row.mapFromGlobal(at).x()
        others = [tile for tile in self._tiles if tile.scene_id != scene_id]
        return sum(tile.geometry().center().x() < x for tile in others)

    def _show_mark(self, scene_id: str, at: QPoint) -> None:
        place = self._place_at(scene_id, at)
        others = [tile.geometry() for tile in self._tiles if tile.scene_id != scene_id]
        x = others[place].left() - _GAP_PX // 2 if place < len(others) else others[-1].right() + 3
        self._mark.setGeometry(max(0, x - 1), 0, 3, self._row.height())
        self._mark.raise_()
        self._mark.show()

    def _drop(self, scene_id: str, at: QPoint) -> None:
        self._mark.hide()
        self._move(scene_id, self._place_at(scene_id, at))

    # New scenes, names, deleting.

    def _offer_scenes(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Empty scene")).triggered.connect(self._add_empty)
        menu.addSeparator()
        for scene in self._studio.scenes if self._studio is not None else ():
            action = menu.addAction(self.tr("Copy of “{name}”").format(name=menu_text(scene.name)))
            action.triggered.connect(lambda _=False, scene=scene: self._add_copy(scene))
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _add_empty(self) -> None:
        self._name_when_there = edits.new_id("scene")
        self._hand.obey(edits.add_scene(self._name_when_there, self._free(self.tr("Scene"))))

    def _add_copy(self, scene: ShownScene) -> None:
        self._name_when_there = edits.new_id("scene")
        self._hand.obey(edits.copy_scene(scene, self._name_when_there, self._free(scene.name)))

    def _free(self, name: str) -> str:
        taken = {scene.name for scene in self._studio.scenes} if self._studio is not None else set()
        return free_name(name, taken)

    def _open_menu(self, scene_id: str, at: QPoint) -> None:
        scene = self._studio.scene(scene_id) if self._studio is not None else None
        if scene is None or self._studio is None:
            return
        place = [tile.scene_id for tile in self._tiles].index(scene_id)
        menu = SceneMenu(
            scene.name,
            is_on=scene_id == self._studio.current,
            can_step=(place > 0, place + 1 < len(self._tiles)),
            parent=self,
        )
        menu.rename_wanted.connect(lambda: self._rename(scene_id))
        menu.copy_wanted.connect(lambda: self._add_copy(scene))
        menu.step_wanted.connect(lambda way: self._step(scene_id, way))
        menu.removal_wanted.connect(lambda: self._hand.obey(edits.remove_scene(scene_id)))
        menu.popup(at)

    def _name_new(self) -> None:
        if self._name_when_there in {tile.scene_id for tile in self._tiles}:
            wanted, self._name_when_there = self._name_when_there, ""
            self._row_layout.activate()
            self._rename(wanted)

    def _rename(self, scene_id: str) -> None:
        """Open a line for the name, in the tile's place."""
        tile = next((each for each in self._tiles if each.scene_id == scene_id), None)
        if tile is None or self._naming is not None:
            return
        line = self._naming = NameLine(tile.accessibleName(), self.tr("Name of the scene"), self._row)
        line.setGeometry(tile.geometry())
        line.named.connect(lambda name: self._named(scene_id, name))
        line.show()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(tile)

    def _named(self, scene_id: str, name: str) -> None:
        self._naming = None
        scene = self._studio.scene(scene_id) if self._studio is not None else None
        if scene is not None and name and name != scene.name:
            self._hand.obey(edits.rename_scene(scene, name))
        tile = next((each for each in self._tiles if each.scene_id == scene_id), None)
        if tile is not None:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)
