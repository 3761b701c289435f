"""The program: its picture, the portrait beside it, and above them what concerns the whole of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from powerstream_desktop.client.studio import EngineStatus
from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.hand import StudioHand
from powerstream_desktop.desktop.studio.preview.portrait_view import PortraitView
from powerstream_desktop.desktop.studio.preview.preview_view import PreviewView
from powerstream_desktop.desktop.studio.preview.window_handle import WindowHandle
from powerstream_desktop.desktop.studio.scenery import edits
from powerstream_desktop.desktop.studio.scenery.shown import ShownScene, shown_studio
from powerstream_desktop.desktop.studio.scenes.privacy_button import PrivacyButton
from powerstream_desktop.desktop.studio.scenes.transition_button import TransitionButton
from powerstream_desktop.desktop.studio.sources.layer_canvas import LayerCanvas
from powerstream_desktop.desktop.studio.sources.scene_editing import SceneEditing

_GAP_PX = 8


class ProgramCard(Card):
    """Shows the program.

    Args:
        surroundings: what the window lends.
        editing: the scene, as its layers are edited on the picture.
        parent: the page.
        preview: where the picture is shown; by default one of its own.
    """

    edit_wanted = Signal()

    def __init__(
        self,
        surroundings: Surroundings,
        editing: SceneEditing,
        parent: QWidget | None = None,
        *,
        preview: PreviewView | None = None,
    ) -> None:
        super().__init__(self.tr("Program"), parent)
        self._surroundings = surroundings
        self._hand = StudioHand(surroundings, self)
        self.preview = preview or PreviewView(surroundings)
        self.portrait = PortraitView(self.preview)
        self.window_handle = WindowHandle(self.preview, self._hand)
        self.layers = LayerCanvas(self.preview, editing)
        self._form = Chip("", Tone.MUTED)
        self._form.hide()
        self.undo = IconButton("undo", self.tr("Undo"))
        self.redo = IconButton("redo", self.tr("Redo"))
        self.undo.clicked.connect(lambda: self._hand.obey(edits.UNDO))
        self.redo.clicked.connect(lambda: self._hand.obey(edits.REDO))
        self.transition = TransitionButton(surroundings)
        self.privacy = PrivacyButton(surroundings)
        self.add_beside_title(self._form)
        for tool in (self.transition, self.undo, self.redo, self.privacy):
            self.add_to_header(tool)
        pictures = QHBoxLayout()
        pictures.setContentsMargins(_GAP_PX, _GAP_PX, _GAP_PX, _GAP_PX)
        pictures.setSpacing(_GAP_PX)
        pictures.addWidget(self.preview, 1)
        pictures.addWidget(self.portrait)
        self.body.addLayout(pictures, 1)
        feed = surroundings.feed
        feed.studio_changed.connect(self._render)
        feed.engine_changed.connect(self._render)
        self.edit_layers(is_edited=False)
        self._render()

    def show_form(self, size: str, fps: int) -> None:
        """Say how large the program is, and how many pictures it has a second.

        Args:
            size: such as "1920x1080".
            fps: pictures a second.
        """
        said = self.tr("{size} · {fps} fps").format(size=size.replace("x", "×"), fps=fps)
        self._form.show_text(said, Tone.MUTED)
        self._form.show()

    def edit_layers(self, *, is_edited: bool) -> None:
        """Lay the layers' frames over the picture, or take them away: nothing is dragged by mistake while live."""
        self.layers.setVisible(is_edited)
        if is_edited:
            self.layers.raise_()
            self.window_handle.raise_()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """See ``QWidget``: a double click on the picture opens the editor."""
        if self.preview.geometry().contains(event.position().toPoint()):
            self.edit_wanted.emit()

    def _render(self, *_: object) -> None:
        now = self._surroundings.feed.now
        status, studio = now.studio, shown_studio(now.studio)
        self.undo.setEnabled(status is not None and status.can_undo)
        self.redo.setEnabled(status is not None and status.can_redo)
        is_there = studio is not None and _has_portrait(now.engine)
        scene = studio.on_air if studio is not None else None
        is_window = is_there and scene is not None and scene.portrait is None
        self.portrait.setVisible(is_there)
        self.window_handle.setVisible(is_window)
        if studio is not None:
            self.window_handle.show_position(studio.portrait_window)
        self.preview.show_hint(self._hint(scene))
        window = self.window_handle.part if is_window else None
        self.preview.show_window(window)
        self.portrait.show_window(window)

    def _hint(self, scene: ShownScene | None) -> str:
        if scene is None or any(layer.visible for layer in scene.layers):
            return ""
        if scene.layers:
            return self.tr("All layers of this scene are hidden.")
        return self.tr("This scene shows nothing yet. Add something by “Sources…”.")


def _has_portrait(engine: EngineStatus | None) -> bool:
    """Tell whether the engine encodes the portrait rendition now."""
    stats = engine.words.get("stats") if engine is not None else None
    renditions = stats.get("renditions", ()) if isinstance(stats, dict) else ()
    return any(each.get("rendition") == "portrait" for each in renditions)
