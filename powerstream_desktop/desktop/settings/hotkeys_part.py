"""Hotkeys: how this desktop lets us listen, and what became of each key."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from powerstream_desktop.client.settings import AllSettings
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import BackendState
from powerstream_desktop.desktop.hotkeys.hotkeys import HotkeysStatus
from powerstream_desktop.desktop.hotkeys.keymap import ClashKind
from powerstream_desktop.desktop.hotkeys.names import action_name
from powerstream_desktop.desktop.hotkeys.sentences import translated
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.settings.keys_editor import KeysEditor
from powerstream_desktop.desktop.settings.part import Part
from powerstream_desktop.desktop.settings.sections import Section
from powerstream_desktop.desktop.shell.surroundings import Surroundings

_FLASH_MS = 900


class HotkeysPart(Part):
    """The hotkeys.

    Args:
        surroundings: has the keys that are listened for.
    """

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(Section.HOTKEYS)
        self._hotkeys = surroundings.hotkeys
        self._sentence = Label(wrap=True)
        self._state = Chip()
        self._set_up = Button(self.tr("Set shortcuts …"), Role.PRIMARY)
        self._set_up.hide()
        card = Card(self.tr("Listening for keys"))
        card.add_to_header(self._state)
        line = QHBoxLayout()
        line.setContentsMargins(16, 12, 14, 12)
        line.setSpacing(14)
        line.addWidget(self._sentence, 1)
        line.addWidget(self._set_up)
        card.body.addLayout(line)
        self.add_card(card, self.tr("Shortcuts, keys, keyboard"), is_first=True)
        self._watched: set[str] = set()
        if self._hotkeys is None:
            self._show_backend(BackendState.GONE, "", self.tr("Nobody listens for keys in this window."))
            return
        self._set_up.clicked.connect(self._hotkeys.set_up)
        self._hotkeys.status_changed.connect(self._show_status)
        self._hotkeys.pressed.connect(self._flash)
        self._show_status(self._hotkeys.status)

    def show_settings(self, settings: AllSettings) -> None:
        """See ``Part``."""
        super().show_settings(settings)
        if self._hotkeys is None or self.options is None:
            return
        for row in self.options.rows:
            if isinstance(row.editor, KeysEditor) and row.name not in self._watched:
                self._watched.add(row.name)
                row.editor.waits_changed.connect(self._pause)
        self._show_status(self._hotkeys.status)

    def _pause(self, is_on: bool) -> None:
        if self._hotkeys is not None and is_on:
            self._hotkeys.pause()
        elif self._hotkeys is not None:
            self._hotkeys.go_on()

    def _show_status(self, status: HotkeysStatus) -> None:
        backend = status.backend
        self._show_backend(backend.state, backend.name, translated(backend.sentence))
        self._set_up.setVisible(backend.is_chosen_by_system and backend.state is not BackendState.GONE)
        for action in HotkeyAction:
            self._show_key(action, status)

    def _show_backend(self, state: BackendState, name: str, sentence: str) -> None:
        words = {
            BackendState.STARTING: (self.tr("Starting"), Tone.MUTED),
            BackendState.WORKING: (self.tr("Working"), Tone.OK),
            BackendState.ASKS_FIRST: (self.tr("Not set yet"), Tone.WARN),
            BackendState.GONE: (self.tr("Not working"), Tone.ERR),
        }
        self._state.show_text(*words[state])
        works = self.tr("Keys are heard by {way} while other programs have the focus.").format(way=name)
        starting = self.tr("Asking the desktop …")
        self._sentence.show_text(sentence or (works if state is BackendState.WORKING else starting))

    def _show_key(self, action: HotkeyAction, status: HotkeysStatus) -> None:
        row = self.options.row(f"hotkeys.{action.value}") if self.options is not None else None
        if row is None:
            return
        clash, binding = status.clashes.get(action), status.backend.bindings.get(action)
        if not status.keymap.is_wanted or (action not in status.keymap.keys and binding is None):
            row.show_chip("", Tone.MUTED)
            row.show_error("")
        elif clash is not None and clash.other is not None and clash.kind is ClashKind.OTHER_ACTION:
            row.show_chip(self.tr("taken"), Tone.ERR)
            row.show_error(self.tr("“{action}” has this shortcut.").format(action=action_name(clash.other)))
        elif clash is not None:
            row.show_chip(self.tr("not possible"), Tone.ERR)
            row.show_error(self.tr("All programs need this shortcut; take another."))
        elif binding is None:
            row.show_chip(self.tr("not heard"), Tone.MUTED)
        elif binding.is_bound:
            text = (
                self.tr("works: {key}").format(key=binding.trigger) if binding.trigger else self.tr("works")
            )
            row.show_chip(text, Tone.OK)
            row.show_error("")
        else:
            row.show_chip(self.tr("refused"), Tone.ERR)
            row.show_error(translated(binding.sentence))

    def _flash(self, action: HotkeyAction) -> None:
        """Show that a key was heard: whoever tries one sees it."""
        row = self.options.row(f"hotkeys.{action.value}") if self.options is not None else None
        if row is not None and self._hotkeys is not None:
            row.show_chip(self.tr("heard"), Tone.ACCENT)
            QTimer.singleShot(_FLASH_MS, self, self._show_again)

    def _show_again(self) -> None:
        if self._hotkeys is not None:
            self._show_status(self._hotkeys.status)
