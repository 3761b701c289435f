"""The replays that were told so far, whose titles can be edited where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QItemSelectionRange, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.link.desk import Desk
from powerstream_desktop.desktop.paging.paged_model import ROW_ROLE, PagedModel, RowWords
from powerstream_desktop.desktop.replays.asset_words import spoken
from powerstream_desktop.desktop.replays.cloud_words import sync_words, trouble_words

_EDIT_ROLE: Final = int(Qt.ItemDataRole.EditRole)
_TIP_ROLE: Final = int(Qt.ItemDataRole.ToolTipRole)


class ReplayModel(PagedModel[Asset]):
    """Replays, by their ids.

    Args:
        desk: takes errands.
        wall_now: gives the time of day, with its zone.
        parent: owns it.
    """

    rename_wanted = Signal(object, str)  # Asset, and what it shall be called

    def __init__(self, desk: Desk, wall_now: Callable[[], datetime], parent: QObject) -> None:
        words: RowWords[Asset] = RowWords(key=_id_of, text=lambda asset: spoken(asset, wall_now()))
        super().__init__(desk, words, parent)

    def rows_of(self, ranges: Iterable[QItemSelectionRange]) -> tuple[Asset, ...]:
        """Return the replays of these ranges, in their order."""
        ends = sorted((each.top(), each.bottom()) for each in ranges)
        return tuple(asset for top, bottom in ends for asset in self.slice(top, bottom + 1))

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = ROW_ROLE) -> Any:
        """The replay, its words, or the title that is edited."""
        if role == _EDIT_ROLE:
            asset = super().data(index, ROW_ROLE)
            return asset.title if isinstance(asset, Asset) else None
        if role == _TIP_ROLE:
            asset = super().data(index, ROW_ROLE)
            return _tip_of(asset) if isinstance(asset, Asset) else None
        return super().data(index, role)

    def setData(self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = _EDIT_ROLE) -> bool:
        """Ask for another title; the card shows it when the service has it."""
        asset, title = super().data(index, ROW_ROLE), str(value).strip()
        if role != _EDIT_ROLE or not isinstance(asset, Asset) or title in {"", asset.title}:
            return False
        self.rename_wanted.emit(asset, title)
        return True

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Each can be chosen, renamed and dragged out."""
        flags = super().flags(index)
        if not index.isValid():
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled


def _tip_of(asset: Asset) -> str | None:
    """Return how far it is on its way to the cloud, if there is more to say than the card has room for."""
    words = [sync_words(asset.sync)[0][0]] if asset.sync.seconds_left is not None else []
    text = "\n".join(each for each in (*words, *trouble_words(asset.sync)) if each)
    return plain_tip(text) if text else None


def _id_of(asset: Asset) -> str:
    return asset.id
