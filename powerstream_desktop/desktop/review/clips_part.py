"""The clips of the replay under review: asked for, followed while they are cut, cancelled, opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.clips import Clip
from powerstream_desktop.client.reading import Words
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.review.clip_row import ClipRow
from powerstream_desktop.desktop.review.clip_sheet import ClipSheet
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings


class ClipsPart(QWidget):
    """Not seen while there are no clips.

    Args:
        surroundings: what the window lends.
        parent: the panel.
    """

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._asset: Asset | None = None
        self._is_asking = False
        self._is_stale = False  # something happened since it was asked
        self._rows: list[ClipRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Label(self.tr("Clips"), Tone.MUTED, bold=True, letters=Letters.SMALL))
        layout.addLayout(self._list)
        self.setAccessibleName(self.tr("Clips"))
        self.hide()
        surroundings.feed.library_changed.connect(self._follow)

    @property
    def rows(self) -> tuple[ClipRow, ...]:
        """One for each clip, the newest first."""
        return tuple(self._rows)

    def show_asset(self, asset: Asset | None) -> None:
        """Show the clips of a replay; None for none."""
        is_another = asset is None or self._asset is None or asset.id != self._asset.id
        self._asset = asset
        if is_another:
            self._show_clips(())
            self._look()

    def begin(self, selection: tuple[int, int], still: QImage) -> None:
        """Ask how a clip shall be exported.

        Args:
            selection: from where to where, in microseconds.
            still: a picture of it; may be null.
        """
        if self._asset is not None:
            sheet = ClipSheet(self._surroundings, self._asset, selection, still)
            sheet.made.connect(self._look_at)
            self._surroundings.ways.open_sheet(sheet)

    def _follow(self, words: Words) -> None:
        asset = self._asset
        is_ours = asset is not None and words.get("assetId") in {asset.id, None}
        if words.get("change") in {"clip", "reload"} and is_ours:
            self._look()

    def _look_at(self, _clip: Clip) -> None:
        self._look()

    def _look(self) -> None:
        """Ask how they are: not again before the answer has come, however often something happens."""
        asset = self._asset
        if asset is None:
            return
        if self._is_asking:
            self._is_stale = True
            return
        asset_id = asset.id
        self._is_asking, self._is_stale = True, False
        self._surroundings.desk.ask(
            lambda client: (asset_id, client.clips.of(asset_id)),
            self._take,
            otherwise=self._miss,
            owner=self,
        )

    def _take(self, found: tuple[str, tuple[Clip, ...]]) -> None:
        self._is_asking = False
        asset_id, clips = found
        if self._asset is None or asset_id != self._asset.id:
            self._look()
            return
        self._show_clips(clips)
        if self._is_stale:
            self._look()

    def _miss(self, _error: PowerStreamError) -> None:
        # The window's banner says why; the next thing that happens asks again, or what has happened meanwhile.
        self._is_asking = False
        if self._is_stale:
            self._look()

    def _show_clips(self, clips: Sequence[Clip]) -> None:
        if [row.clip.id for row in self._rows] != [clip.id for clip in clips]:
            self._make_rows(clips)
        for row, clip in zip(self._rows, clips, strict=True):
            row.show_clip(clip)
        self.setVisible(bool(clips))

    def _make_rows(self, clips: Sequence[Clip]) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [ClipRow(clip, self) for clip in clips]
        for row in self._rows:
            row.cancel_wanted.connect(self._cancel)
            row.open_wanted.connect(self._open)
            self._list.addWidget(row)

    def _cancel(self, clip_id: str) -> None:
        self._surroundings.desk.ask(
            lambda client: client.clips.cancel(clip_id), self._look_at, otherwise=self._tell, owner=self
        )

    def _open(self, asset_id: str) -> None:
        self._surroundings.ways.go_to(PageName.REPLAYS, asset_id)

    def _tell(self, error: PowerStreamError) -> None:
        code = getattr(error, "code", "")
        self._surroundings.ways.say(said(code, error.title), said(code, error.hint))
