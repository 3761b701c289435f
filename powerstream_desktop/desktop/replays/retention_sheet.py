"""What the rules of retention would remove, before anything is: and why all else stays."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from powerstream_desktop.client.library_care import RetentionEntry, RetentionPlan
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings

_ONLY_COPY = "only-copy"
_WIDTH_PX = 640
_MOST_ROWS = 6
_MOST_REMOVED = 1000


class RetentionSheet(Sheet):
    """Asks what would be removed, shows it, and removes it when that is confirmed.

    Args:
        surroundings: what the window lends.
    """

    removed = Signal()

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(self.tr("Free up space"), _WIDTH_PX)
        self._surroundings = surroundings
        self._shown: tuple[str, ...] = ()  # nothing else is ever removed
        self._about = Label("", Tone.MUTED, wrap=True)
        self.going, self.staying = _Entries(), _Entries()
        self.rules = Button(self.tr("Change the rules"))
        self.remove = AskOnceButton(self.tr("Remove these"), self.tr("Really remove them?"))
        self.body.addWidget(self._about)
        self.body.addWidget(self.going)
        self.body.addWidget(self.staying)
        self.body.addStretch(1)
        cancel = Button(self.tr("Close"))
        self.footer.addWidget(self.rules)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.remove)
        cancel.clicked.connect(self.dismiss)
        self.rules.clicked.connect(self._go_to_rules)
        self.remove.confirmed.connect(self._apply)
        self._be_asking()
        surroundings.desk.ask(
            lambda client: client.library.retention(), self._show, otherwise=self._be_refused, owner=self
        )

    def _be_asking(self) -> None:
        self._about.show_text(self.tr("Asking what the rules would remove…"), Tone.MUTED)
        self.going.hide()
        self.staying.hide()
        self.remove.setEnabled(False)

    def _show(self, plan: RetentionPlan) -> None:
        self._about.show_text(self._sentence(plan), Tone.MUTED)
        self._shown = tuple(each.asset_id for each in plan.removes)[:_MOST_REMOVED]
        freed = sum(each.size_bytes for each in plan.removes)
        going = self.tr("%n would be removed: {size}", "", len(plan.removes)).format(size=figures.size(freed))
        self.going.show_entries(going, plan.removes)
        self.staying.show_entries(self.tr("%n stay(s)", "", len(plan.keeps)), plan.keeps)
        self.remove.setEnabled(bool(plan.removes))

    def _sentence(self, plan: RetentionPlan) -> str:
        if plan.removes:
            return self.tr("Nothing is removed before it is confirmed here.")
        if plan.keeps:
            return self.tr("The rules would remove nothing. Below stands why.")
        return self.tr("No rule is set, or none concerns a replay: nothing would be removed.")

    def _apply(self) -> None:
        shown = self._shown
        self.remove.setEnabled(False)
        self._surroundings.desk.ask(
            lambda client: client.library.apply_retention(shown),
            lambda _: self._be_done(),
            otherwise=self._miss_removal,
            owner=self,
        )

    def _be_done(self) -> None:
        self.removed.emit()
        self.dismiss()

    def _be_refused(self, error: PowerStreamError) -> None:
        code = getattr(error, "code", "")
        words = (said(code, error.title), said(code, error.hint))
        self._about.show_text(" ".join(each for each in words if each), Tone.ERR)

    def _miss_removal(self, error: PowerStreamError) -> None:
        self._be_refused(error)
        self.remove.setEnabled(True)

    def _go_to_rules(self) -> None:
        self._surroundings.ways.close_sheet()
        self._surroundings.ways.go_to(PageName.SETTINGS, "recording")


class _Entries(QWidget):
    """Replays with the reason of each, below a heading."""

    def __init__(self) -> None:
        super().__init__()
        self._heading = Label("", bold=True, letters=Letters.SMALL, wrap=True)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._heading)
        layout.addWidget(self.list)

    def show_entries(self, heading: str, entries: Sequence[RetentionEntry]) -> None:
        """Show these; nothing at all if there are none."""
        self.setVisible(bool(entries))
        self._heading.show_text(heading)
        self.list.setAccessibleName(heading)
        self.list.clear()
        for each in entries:
            is_last = each.is_only_copy and each.reason != _ONLY_COPY
            only_copy = self.tr("the only copy") if is_last else ""
            file_only = (
                self.tr("its file alone, once its copy in the cloud was verified again")
                if each.waits_for_check
                else ""
            )
            reason = said(each.reason, each.sentence)
            told = (each.title, figures.size(each.size_bytes), reason, only_copy, file_only)
            self.list.addItem(" · ".join(word for word in told if word))
        rows = min(max(len(entries), 1), _MOST_ROWS)
        self.list.setFixedHeight(rows * max(20, self.list.sizeHintForRow(0)) + 2 * self.list.frameWidth() + 4)
