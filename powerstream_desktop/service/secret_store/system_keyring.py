"""The keyring of this system: one explicit class each, and no way to have another."""

from __future__ import annotations

import sys

from powerstream_desktop.service.secret_store.port import Keyring


def system_keyring() -> Keyring:
    """Return this system's keyring, whether one runs or not; ask its ``state``."""
    # Each is loaded only where it exists: they bind libraries of their system.
    if sys.platform == "win32":
        from powerstream_desktop.service.secret_store.library_keyring import windows_keyring

        return windows_keyring()
    if sys.platform == "darwin":
        from powerstream_desktop.service.secret_store.library_keyring import mac_keyring

        return mac_keyring()
    from powerstream_desktop.service.secret_store.secret_service import SecretServiceKeyring

    return SecretServiceKeyring()
