"""The endpoints that could be chosen, as chips: a press takes one in or leaves it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.desktop.golive.flow_layout import FlowLayout
from powerstream_desktop.desktop.kit.toggle_chip import ToggleChip


class DestinationChips(QWidget):
    """Holds which are pressed, until the choice is sent.

    Args:
        parent: where it lives.
    """

    changed = Signal()
    """Somebody pressed one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, ToggleChip] = {}
        self._flow = FlowLayout(self)

    @property
    def chosen(self) -> frozenset[str]:
        """Ids of those that are pressed."""
        return frozenset(each for each, chip in self._chips.items() if chip.isChecked())

    def show_endpoints(
        self, endpoints: Sequence[Endpoint], chosen: frozenset[str], label_of: Callable[[Endpoint], str]
    ) -> None:
        """Show other endpoints, with these of them pressed."""
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        before = _stop_before(self)
        for endpoint in endpoints:
            chip = ToggleChip(label_of(endpoint), self)
            chip.setChecked(endpoint.id in chosen)
            chip.clicked.connect(self.changed)
            self._flow.addWidget(chip)
            self._chips[endpoint.id] = chip
            if before is not None:
                QWidget.setTabOrder(before, chip)  # else it would come after all that was made earlier
            before = chip
            chip.show()
        self.updateGeometry()

    def press(self, chosen: frozenset[str]) -> None:
        """Have just these pressed."""
        for endpoint_id, chip in self._chips.items():
            chip.setChecked(endpoint_id in chosen)


def _stop_before(widget: QWidget) -> QWidget | None:
    """Return what the keyboard reaches last before it comes to where a widget stands; None for nothing."""
    each = widget.previousInFocusChain()
    while each is not None and each is not widget:
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.isHidden():
            return each
        each = each.previousInFocusChain()
    return None
