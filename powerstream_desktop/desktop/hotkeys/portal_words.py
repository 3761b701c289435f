"""What is said to the desktop portal about global shortcuts, and what its answers mean. Pure: bodies of D-Bus messages as Python values.

The portal answers a call with the path of a request, and later tells that request's outcome by a signal. The path is made of our name on
the bus and a token of ours, so it is known before. Shortcuts belong to a session; the user chooses their keys in a dialog of the desktop,
which opens when they are bound, and a session can bind once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import Binding
from powerstream_desktop.desktop.hotkeys.keysyms import portal_trigger

Body: TypeAlias = tuple[Any, ...]
Options: TypeAlias = "dict[str, tuple[str, Any]]"

BUS_NAME: Final = "org.freedesktop.portal.Desktop"
PATH: Final = "/org/freedesktop/portal/desktop"
SHORTCUTS: Final = "org.freedesktop.portal.GlobalShortcuts"
REQUEST: Final = "org.freedesktop.portal.Request"
SESSION: Final = "org.freedesktop.portal.Session"
REGISTRY: Final = "org.freedesktop.host.portal.Registry"

_MAX_TRIGGER_CHARACTERS: Final = 60
_ACTIONS: Final = frozenset(action.value for action in HotkeyAction)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What we should like.

    Attributes:
        keys: a key for each action.
        names: what the actions are called in the desktop's dialog.
    """

    keys: Mapping[HotkeyAction, KeyCombination]
    names: Mapping[HotkeyAction, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a request ended.

    Attributes:
        is_done: the portal did it.
        was_cancelled: the user said no.
        results: what it tells.
    """

    is_done: bool
    was_cancelled: bool
    results: Mapping[str, tuple[str, Any]]


def request_path(unique_name: str, token: str) -> str:
    """Return the path of the request that a call with this token makes."""
    return f"{PATH}/request/{unique_name.removeprefix(':').replace('.', '_')}/{token}"


def creation(token: str) -> Body:
    """Return the body of ``CreateSession``."""
    options: Options = {"handle_token": ("s", token), "session_handle_token": ("s", token)}
    return (options,)


def listing(session: str, token: str) -> Body:
    """Return the body of ``ListShortcuts``."""
    return (session, {"handle_token": ("s", token)})


def wishes(session: str, token: str, wish: Wish) -> Body:
    """Return the body of ``BindShortcuts``.

    Args:
        session: of ours.
        token: of the request.
        wish: what we should like.
    """
    shortcuts = [
        (
            action.value,
            {
                "description": ("s", wish.names[action]),
                "preferred_trigger": ("s", portal_trigger(combination)),
            },
        )
        for action, combination in wish.keys.items()
    ]
    return (session, shortcuts, "", {"handle_token": ("s", token)})


def outcome_of(body: Body) -> Outcome:
    """Return what a ``Response`` says; one that says something else did not do it."""
    match body:
        case (int(code), dict(results)):
            return Outcome(is_done=code == 0, was_cancelled=code == 1, results=results)
        case _:
            return Outcome(is_done=False, was_cancelled=False, results={})


def session_of(outcome: Outcome) -> str | None:
    """Return the session that ``CreateSession`` made."""
    match outcome.results.get("session_handle"):
        case (str(), str(session)) if outcome.is_done:
            return session
        case _:
            return None


def bindings_of(shortcuts: object) -> Mapping[HotkeyAction, Binding]:
    """Return what is bound, of a list of shortcuts as ``a(sa{sv})``; what is not ours is left out."""
    found: dict[HotkeyAction, Binding] = {}
    for each in shortcuts if isinstance(shortcuts, list) else []:
        match each:
            case (str(name), dict(told)) if name in _ACTIONS:
                kind_and_trigger = told.get("trigger_description", ("s", ""))
                trigger = str(kind_and_trigger[1])[:_MAX_TRIGGER_CHARACTERS]
                found[HotkeyAction(name)] = Binding(is_bound=True, trigger=trigger)
    return found


def shortcuts_in(outcome: Outcome) -> Mapping[HotkeyAction, Binding]:
    """Return what is bound, of the outcome of ``ListShortcuts`` or ``BindShortcuts``."""
    match outcome.results.get("shortcuts"):
        case (str(), list(shortcuts)):
            return bindings_of(shortcuts)
        case _:
            return {}


def action_in(body: Body, session: str | None) -> HotkeyAction | None:
    """Return whose key ``Activated`` or ``Deactivated`` tells of; None for another session's, or none of ours."""
    match body:
        case (str(told), str(name), *_) if told == session and name in _ACTIONS:
            return HotkeyAction(name)
        case _:
            return None
