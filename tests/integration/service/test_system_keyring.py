"""Nothing in the environment can put another keyring in the system's place (S37)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from powerstream_desktop.service.secret_store.port import KeyringState
from powerstream_desktop.service.secret_store.secret_faults import SecretStoreError, SecretTrouble
from powerstream_desktop.service.secret_store.system_keyring import system_keyring

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is Linux's")


@pytest.fixture
def _no_bus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")


@pytest.mark.usefixtures("_no_bus")
def test_without_a_bus_there_is_no_keyring_and_that_is_said() -> None:
    keyring = system_keyring()
    assert keyring.state() is KeyringState.ABSENT
    with pytest.raises(SecretStoreError) as raised:
        keyring.write("endpoint-1", "the key")
    assert raised.value.trouble is SecretTrouble.ABSENT


def test_without_an_address_of_a_bus_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert system_keyring().state() is KeyringState.ABSENT


@pytest.mark.usefixtures("_no_bus")
def test_a_plain_text_keyring_forced_by_environment_and_file_is_not_even_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / "planted"
    planted.mkdir()
    (planted / "plaintext.py").write_text("raise SystemExit('the planted module was loaded')")
    settings = tmp_path / "config" / "python_keyring"
    settings.mkdir(parents=True)
    (settings / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=plaintext.Keyring\nkeyring-path={planted}\n"
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "plaintext.Keyring")
    script = (
        "import sys\n"
        "from powerstream_desktop.service.secret_store.system_keyring import system_keyring\n"
        "from powerstream_desktop.service.secret_store.secret_faults import SecretStoreError\n"
        "try:\n    system_keyring().write('endpoint-1', 'the key')\n"
        "except SecretStoreError as error:\n    print(error.trouble.value)\n"
        "print('plaintext' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=50, check=False
    )
    assert done.stdout.split() == [SecretTrouble.ABSENT.value, "False"], done.stderr
