"""What the ways of listening say when they cannot. Made on their threads in English, put into the window's language where it is shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_CONTEXT: Final = "Hotkeys"

NOBODY: Final = str(
    QT_TRANSLATE_NOOP(
        "Hotkeys",
        "This desktop lets no program listen for keys. Give “powerstream ctl” a shortcut in the desktop's own settings.",
    )
)
NO_X_SERVER: Final = str(QT_TRANSLATE_NOOP("Hotkeys", "The X server lets no program listen for keys."))
X_SERVER_LOST: Final = str(QT_TRANSLATE_NOOP("Hotkeys", "The X server is gone; no key is heard any more."))
NO_MACOS: Final = str(QT_TRANSLATE_NOOP("Hotkeys", "macOS lets no program listen for keys."))
TAKEN: Final = str(QT_TRANSLATE_NOOP("Hotkeys", "Another program has this shortcut."))
NO_SUCH_KEY: Final = str(QT_TRANSLATE_NOOP("Hotkeys", "This keyboard has no such key."))
NO_PORTAL: Final = str(
    QT_TRANSLATE_NOOP(
        "Hotkeys",
        "This desktop's portal offers no shortcuts. Give “powerstream ctl” a shortcut in the desktop's own settings.",
    )
)
PORTAL_ENDED: Final = str(
    QT_TRANSLATE_NOOP("Hotkeys", "The desktop's portal has ended; no key is heard until it is back.")
)
NOT_SET: Final = str(
    QT_TRANSLATE_NOOP("Hotkeys", "On this desktop the keys are chosen in a dialog of its own.")
)
CANCELLED: Final = str(QT_TRANSLATE_NOOP("Hotkeys", "The desktop's dialog was closed without choosing keys."))


def translated(sentence: str) -> str:
    """Return one of these sentences in the window's language."""
    return QCoreApplication.translate(_CONTEXT, sentence) if sentence else ""
