"""Wayland: the desktop portal listens, and the user chooses the keys in a dialog of the desktop (style_ecosystem.md 2b).

Desktops differ: KDE shows its dialog at every ``BindShortcuts``. So at the start only what was bound before is asked for, and the dialog
opens when the user presses "Set shortcuts". Nothing is claimed before the portal has answered.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Mapping
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys import portal_words as words
from powerstream_desktop.desktop.hotkeys import sentences
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import (
    BackendState,
    BackendStatus,
    Binding,
    KeyEvent,
    Listener,
)
from powerstream_desktop.desktop.hotkeys.names import action_name
from powerstream_desktop.desktop.hotkeys.portal_bus import PortalBus, Told
from powerstream_desktop.desktop.hotkeys.wishing_thread import WishingThread
from powerstream_desktop.desktop.identity import APP_ID

NAME: Final = "XDG desktop portal"


class PortalBackend:
    """Listens by ``org.freedesktop.portal.GlobalShortcuts``."""

    def __init__(self) -> None:
        self._work: WishingThread[words.Wish] = WishingThread()

    def start(self, listener: Listener) -> None:
        """See ``HotkeyBackend``."""
        self._work.start(lambda: self._run(listener))

    def bind(self, keys: Mapping[HotkeyAction, KeyCombination], *, is_wish: bool = False) -> None:
        """See ``HotkeyBackend``; without a wish the keys stay as the user has set them in the desktop."""
        if is_wish:
            # Named here: translations belong to the window's thread.
            names = {action: action_name(action) for action in keys}
            self._work.wish(words.Wish(keys=dict(keys), names=names))

    def close(self) -> None:
        """See ``HotkeyBackend``."""
        self._work.close()

    def _run(self, listener: Listener) -> None:
        try:
            bus = PortalBus()
        except (SystemFault, TimeoutError):
            listener.stands(_status(BackendState.GONE, sentences.NO_PORTAL))
            return
        talk = _Talk(bus, listener)
        try:
            talk.begin()
            while not self._work.is_over:
                if (wish := self._work.taken()) is not None:
                    talk.wish(wish)
                talk.hear()
                self._work.wait(bus.fileno())
        except (SystemFault, TimeoutError):
            talk.lose(sentences.NO_PORTAL)
        finally:
            talk.let_go()
            bus.close()


class _Talk:
    """The talk with the portal; lives on the backend's thread."""

    def __init__(self, bus: PortalBus, listener: Listener) -> None:
        self._bus = bus
        self._listener = listener
        self._tokens = itertools.count(1)
        self._awaited: dict[str, Callable[[words.Outcome], None]] = {}
        self._session: str | None = None
        self._is_opening = False
        self._wished: words.Wish | None = None
        self._held: list[HotkeyAction] = []

    def begin(self) -> None:
        """Introduce ourselves, and ask for what was bound before."""
        try:
            self._bus.find_portal()
            with contextlib.suppress(SystemFault):  # older portals know no registry, and need none
                self._bus.call(words.REGISTRY, "Register", "sa{sv}", (APP_ID, {}))
            self._open()
        except SystemFault:
            self.lose(sentences.NO_PORTAL)

    def wish(self, wish: words.Wish) -> None:
        """Have the user asked. A session binds once: there is a new one for each wish."""
        self._wished = wish
        try:
            if self._session is not None:
                self.let_go()
                self._bus.close_session(self._session)
                self._forget()
            self._bus.find_portal()
            self._open()
        except SystemFault:
            self.lose(sentences.NO_PORTAL)

    def hear(self) -> None:
        """Take what the portal tells."""
        for told in self._bus.told():
            self._take(told)

    def lose(self, sentence: str) -> None:
        """Say that nothing is heard."""
        self.let_go()
        self._forget()
        self._listener.stands(_status(BackendState.GONE, sentence))

    def let_go(self) -> None:
        """Tell that nothing is held any more."""
        while self._held:
            self._listener.heard(KeyEvent(action=self._held.pop(), is_pressed=False))

    def _forget(self) -> None:
        self._session, self._is_opening, self._awaited = None, False, {}

    def _take(self, told: Told) -> None:
        if told.member == "NameOwnerChanged":
            self._take_owner(str(told.body[2]))
        elif told.member == "Response" and told.path in self._awaited:
            self._awaited.pop(told.path)(words.outcome_of(told.body))
        elif told.member in {"Activated", "Deactivated"}:
            self._take_key(words.action_in(told.body, self._session), is_pressed=told.member == "Activated")
        elif told.member == "ShortcutsChanged" and told.body[:1] == (self._session,):
            self._show(words.bindings_of(told.body[1]))

    def _take_owner(self, owner: str) -> None:
        if owner == self._bus.owner:
            return  # we have found it before the bus told us
        if owner:
            self._forget()
            self.begin()
        else:
            self.lose(sentences.PORTAL_ENDED)

    def _take_key(self, action: HotkeyAction | None, *, is_pressed: bool) -> None:
        if action is None or is_pressed is (action in self._held):
            return
        if is_pressed:
            self._held.append(action)
        else:
            self._held.remove(action)
        self._listener.heard(KeyEvent(action=action, is_pressed=is_pressed))

    def _open(self) -> None:
        """Ask for a session, if none is on its way: what was wished meanwhile is bound in that one."""
        if self._is_opening:
            return
        self._is_opening = True
        token = self._token(self._opened)
        self._bus.call(words.SHORTCUTS, "CreateSession", "a{sv}", words.creation(token))

    def _opened(self, outcome: words.Outcome) -> None:
        self._is_opening = False
        self._session = words.session_of(outcome)
        if self._session is None:
            self.lose(sentences.NO_PORTAL)
            return
        wished, self._wished = self._wished, None
        if wished is None:
            token = self._token(self._listed)
            self._ask("ListShortcuts", "oa{sv}", words.listing(self._session, token))
        else:
            token = self._token(self._bound)
            self._ask("BindShortcuts", "oa(sa{sv})sa{sv}", words.wishes(self._session, token, wished))

    def _ask(self, method: str, signature: str, body: words.Body) -> None:
        try:
            self._bus.call(words.SHORTCUTS, method, signature, body)
        except SystemFault:
            self.lose(sentences.NO_PORTAL)

    def _listed(self, outcome: words.Outcome) -> None:
        self._show(words.shortcuts_in(outcome))

    def _bound(self, outcome: words.Outcome) -> None:
        if outcome.is_done:
            self._show(words.shortcuts_in(outcome))
        else:
            self._listener.stands(
                _status(
                    BackendState.ASKS_FIRST,
                    sentences.CANCELLED if outcome.was_cancelled else sentences.NO_PORTAL,
                )
            )

    def _show(self, bindings: Mapping[HotkeyAction, Binding]) -> None:
        if bindings:
            self._listener.stands(_status(BackendState.WORKING, "", bindings))
        else:
            self._listener.stands(_status(BackendState.ASKS_FIRST, sentences.NOT_SET))

    def _token(self, then: Callable[[words.Outcome], None]) -> str:
        token = f"powerstream{next(self._tokens)}"
        self._awaited[words.request_path(self._bus.unique_name, token)] = then
        return token


def _status(
    state: BackendState, sentence: str, bindings: Mapping[HotkeyAction, Binding] | None = None
) -> BackendStatus:
    return BackendStatus(
        name=NAME, state=state, sentence=sentence, bindings=bindings or {}, is_chosen_by_system=True
    )
