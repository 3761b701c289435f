from __future__ import annotations

import pytest
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordSetError

from powerstream_desktop.service.secret_store.library_keyring import LibraryKeyring
from powerstream_desktop.service.secret_store.secret_faults import SecretStoreError, SecretTrouble
from tests.unit.service.secret_store.fake_keyrings import FakeBackend


class ForeignError(Exception):
    """As Windows raises them: with no base but this."""


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (KeyringLocked("Can't get password from keychain"), SecretTrouble.LOCKED),
        (NoKeyringError("none"), SecretTrouble.ABSENT),
        (InitError("none"), SecretTrouble.ABSENT),
        (PasswordSetError("no"), SecretTrouble.FAILED),
        (ForeignError(1783, "CredWrite", "live_1234567 is bad data"), SecretTrouble.FAILED),
        (OSError("live_1234567"), SecretTrouble.FAILED),
    ],
)
@pytest.mark.parametrize("act", ["read", "write", "erase"])
def test_what_a_backend_raises_becomes_ours_and_quotes_nothing(
    error: Exception, trouble: SecretTrouble, act: str
) -> None:
    backend = FakeBackend()
    backend.raises = error
    keyring = LibraryKeyring(backend, "a fake")
    arguments = ("endpoint-1", "live_1234567") if act == "write" else ("endpoint-1",)
    with pytest.raises(SecretStoreError) as raised:
        getattr(keyring, act)(*arguments)
    assert raised.value.trouble is trouble
    assert "live_1234567" not in f"{raised.value} {raised.value.detail} {raised.value.__cause__}"


def test_no_two_entries_share_a_service_for_windows_would_rename_them() -> None:
    backend = FakeBackend()
    keyring = LibraryKeyring(backend, "a fake")
    keyring.write("endpoint-1", "a")
    keyring.write("endpoint-2", "b")
    assert len({service for service, _user in backend.items}) == 2
