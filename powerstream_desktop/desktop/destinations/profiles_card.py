"""The card of profiles: each with what belongs to it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Profile
from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.desktop.destinations.dashboard_facts import DashboardFacts
from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.scroll import Scroll
from powerstream_desktop.desktop.kit.tone import Tone


class ProfileTile(QFrame):
    """One profile.

    Args:
        profile: which.
        names: what belongs to it.
        is_on_air: the broadcast that runs was begun with it.
        parent: where it lives.
    """

    chosen = Signal()
    """Go live with it."""
    edited = Signal()
    deleted = Signal()

    def __init__(
        self, profile: Profile, names: tuple[str, ...], *, is_on_air: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("box", "chosen" if is_on_air else "raised")
        more = IconButton("more", self.tr("More for {name}").format(name=profile.name))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addAction(self.tr("Go live with it")).triggered.connect(self.chosen)
        menu.addAction(self.tr("Edit")).triggered.connect(self.edited)
        menu.addSeparator()
        delete = menu.addMenu(self.tr("Delete"))
        sure = self.tr("Yes, delete {name}").format(name=profile.name).replace("&", "&&")
        delete.addAction(sure).triggered.connect(self.deleted)
        more.setMenu(menu)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(profile.name, bold=True, elide=True))
        text = ", ".join(names) or self.tr("no destinations in it")
        words.addWidget(Label(text, Tone.FAINT, letters=Letters.TINY, wrap=True))
        across = QHBoxLayout(self)
        across.setContentsMargins(10, 7, 6, 7)
        across.addLayout(words, stretch=1)
        across.addWidget(more)


class ProfilesCard(Card):
    """Shows all of them.

    Args:
        parent: where it lives.
    """

    chosen = Signal(str)
    """Go live with the profile of this id."""
    edited = Signal(str)
    """Of this id; a new one for an empty text."""
    deleted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.show_title(self.tr("Profiles"))
        self._add = Button(self.tr("+ Profile"), Role.SMALL)
        self._add.clicked.connect(lambda: self.edited.emit(""))
        self.add_to_header(self._add)
        self._shown: object = None
        self._filler = Filler()
        self._scroll = Scroll()
        self._scroll.body.setContentsMargins(12, 12, 12, 12)
        self._scroll.body.setSpacing(10)
        self.body.addWidget(self._filler)
        self.body.addWidget(self._scroll)
        self._scroll.hide()

    def show_profiles(self, facts: DashboardFacts, on_air: str | None) -> None:
        """Show them.

        Args:
            facts: with endpoints, for their names.
            on_air: id of the profile that the broadcast which runs was begun with; None for none.
        """
        self._add.setEnabled(bool(facts.endpoints))
        wanted = (facts.profiles, facts.endpoints, on_air)
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self._scroll.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for profile in facts.profiles:
            self._scroll.body.addWidget(self._tile(profile, facts, is_on_air=profile.id == on_air))
        self._scroll.body.addStretch(1)
        self._scroll.setVisible(bool(facts.profiles))
        self._filler.setVisible(not facts.profiles)
        self._filler.empty(
            self.tr("No profile yet."),
            self.tr("A profile remembers which destinations belong to a show."),
        )

    def _tile(self, profile: Profile, facts: DashboardFacts, *, is_on_air: bool) -> ProfileTile:
        tile = ProfileTile(profile, _names(profile, facts.endpoints, facts.label_of), is_on_air=is_on_air)
        tile.chosen.connect(lambda: self.chosen.emit(profile.id))
        tile.edited.connect(lambda: self.edited.emit(profile.id))
        tile.deleted.connect(lambda: self.deleted.emit(profile.id))
        return tile


def _names(
    profile: Profile, endpoints: tuple[Endpoint, ...], label_of: Callable[[Endpoint], str]
) -> tuple[str, ...]:
    known = {each.id: each for each in endpoints}
    return tuple(label_of(known[each]) for each in profile.endpoint_ids if each in known)
