"""What keeps keys secret: the authorities that tell a platform's server from another one, and the keyring."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from typing import Final

from powerstream_desktop.common.tls import verifying_context
from powerstream_desktop.service.doctor.check import Level, Verdict
from powerstream_desktop.service.secret_store.port import Keyring, KeyringState
from powerstream_desktop.service.secret_store.system_keyring import system_keyring

_FEW_ROOTS: Final = 20


def look_at_tls_roots(make_context: Callable[[], ssl.SSLContext] = verifying_context) -> tuple[Verdict, ...]:
    """Look how many authorities are trusted, and how long loading them takes, which every connection pays once."""
    begun_s = time.monotonic()
    context = make_context()
    took_ms = (time.monotonic() - begun_s) * 1000
    count = context.cert_store_stats()["x509_ca"]
    if count >= _FEW_ROOTS:
        return (
            Verdict(sentence=f"{count} certificate authorities are trusted, loaded in {took_ms:.0f} ms."),
        )
    if count == 0 and ssl.get_default_verify_paths().capath:
        return (
            Verdict(
                sentence="Certificate authorities are looked up in the system's folder when they are needed."
            ),
        )
    return (
        Verdict(
            level=Level.PROBLEM if count == 0 else Level.WARNING,
            sentence=f"Only {count} certificate authorities are trusted: platforms cannot be told from impostors.",
            remedy="Install the system's certificates (Debian and Ubuntu: apt install ca-certificates).",
        ),
    )


def look_at_keyring(find: Callable[[], Keyring] = system_keyring) -> tuple[Verdict, ...]:
    """Look whether this system's keyring would keep stream keys. Nothing is read or written, so that no dialog opens."""
    keyring = find()
    match keyring.state():
        case KeyringState.AVAILABLE:
            return (Verdict(sentence=f"Stream keys can be kept in {keyring.name}."),)
        case KeyringState.LOCKED:
            return (
                Verdict(
                    sentence=f"Stream keys can be kept in {keyring.name}, which will ask for its password."
                ),
            )
    return (
        Verdict(
            level=Level.WARNING,
            sentence="There is no keyring to keep stream keys in.",
            remedy="Log in to a desktop, or install gnome-keyring or KWallet. Until then keys are kept for a run only.",
        ),
    )
