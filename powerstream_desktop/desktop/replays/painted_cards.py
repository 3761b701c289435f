"""Cards as they were painted last. Scrolling shows the same cards again and again, and painting one takes a millisecond."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QPixmap

MOST_BYTES: Final = 48 * 1024 * 1024
"""About 240 cards; four times fewer on a screen that is twice as fine."""
_BYTES_A_PIXEL: Final = 4


@dataclass(frozen=True, slots=True)
class _Painted:
    looks: tuple[object, ...]
    pixmap: QPixmap

    @property
    def size_bytes(self) -> int:
        return self.pixmap.width() * self.pixmap.height() * _BYTES_A_PIXEL


class PaintedCards:
    """Keeps those that were wanted last. Used on the window's thread.

    Args:
        most_bytes: of all of them together.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, _Painted] = OrderedDict()
        self._size_bytes = 0

    def get(self, key: str, looks: tuple[object, ...], paint: Callable[[], QPixmap]) -> QPixmap:
        """Return a card, painted anew if it looks different.

        Args:
            key: of what it shows.
            looks: all that it depends on, compared by identity where it is no number or text.
            paint: paints it.
        """
        found = self._kept.get(key)
        if found is not None and _are_same(found.looks, looks):
            self._kept.move_to_end(key)
            return found.pixmap
        if found is not None:
            self._size_bytes -= self._kept.pop(key).size_bytes
        made = self._kept[key] = _Painted(looks, paint())
        self._size_bytes += made.size_bytes
        while self._size_bytes > self._most_bytes and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size_bytes -= oldest.size_bytes
        return made.pixmap


def _are_same(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    return len(before) == len(now) and all(
        old is new or (isinstance(new, int | float | str) and old == new)
        for old, new in zip(before, now, strict=True)
    )
