"""Names of the user's own, where Qt would read signs in them."""

from __future__ import annotations


def menu_text(name: str) -> str:
    """Return a name as a menu or a button shows it as it is: Qt takes a single ``&`` for the mark of a key."""
    return name.replace("&", "&&")
