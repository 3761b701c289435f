"""Marks moments of the replay under review, with a name or without, and takes marks away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.review.mark_sheet import MarkSheet
from powerstream_desktop.desktop.review.reviewer import Reviewer
from powerstream_desktop.desktop.review.stage import ReviewStage
from powerstream_desktop.desktop.review.time_code import US_PER_MS
from powerstream_desktop.desktop.shell.surroundings import Surroundings


class Marking(QObject):
    """Of one replay at a time. On the window's thread.

    Args:
        surroundings: what the window lends.
        stage: where it is shown.
        reviewer: knows the moment that is seen.
    """

    told = Signal(object)  # Asset, as it is now

    def __init__(self, surroundings: Surroundings, stage: ReviewStage, reviewer: Reviewer) -> None:
        super().__init__(stage)
        self._surroundings = surroundings
        self._stage = stage
        self._reviewer = reviewer
        self._asset_id = ""

    def show_asset(self, asset: Asset | None) -> None:
        """Mark this one from now on; None for none."""
        self._asset_id = "" if asset is None else asset.id

    def mark(self) -> None:
        """Mark the moment that is seen."""
        asset_id, offset_ms = self._asset_id, self._offset_ms()
        self._change(lambda client: client.library.mark(asset_id, offset_ms))

    def mark_with_name(self) -> None:
        """Ask for a name, and mark the moment that is seen."""
        if not self._asset_id:
            return
        self._reviewer.hold()
        if self._stage.is_full_screen:
            self._stage.toggle_full_screen()  # a sheet lies over the page
        sheet = MarkSheet(self._surroundings, self._asset_id, self._offset_ms())
        sheet.marked.connect(self.told)
        self._surroundings.ways.open_sheet(sheet)

    def unmark(self, marker_id: str) -> None:
        """Take a mark away."""
        asset_id = self._asset_id
        self._change(lambda client: client.library.remove_marker(asset_id, marker_id))

    def _offset_ms(self) -> int:
        return round(self._reviewer.transport.position_us / US_PER_MS)

    def _change(self, change: Callable[[Client], object]) -> None:
        asset_id = self._asset_id
        if not asset_id:
            return

        def changed(client: Client) -> Asset:
            change(client)
            return client.library.get(asset_id)

        def tell(error: PowerStreamError) -> None:
            if asset_id == self._asset_id:
                code = getattr(error, "code", "")
                self._surroundings.ways.say(said(code, error.title), said(code, error.hint))

        self._surroundings.desk.ask(changed, self.told.emit, otherwise=tell, owner=self)
