"""Another user of this computer reads neither the token nor a key, even where the folders above let everybody in (S28)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.common.home_lock import HomeLock
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.service_file import ServiceFile, write_service_file
from powerstream_desktop.service.secret_store.passphrase_file import PassphraseFile
from powerstream_desktop.service.secret_store.passphrase_key import ScryptCost

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0 or shutil.which("cat") is None,
    reason="only root may ask as somebody else",
)


@pytest.fixture
def home() -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="home-"))
    root.chmod(0o755)
    (root / "public").mkdir(mode=0o755)
    yield root
    shutil.rmtree(root)


def read_by_somebody_else(path: Path) -> bytes:
    return subprocess.run(["cat", str(path)], user="nobody", capture_output=True, check=False).stdout


def test_what_is_secret_is_read_by_its_owner_alone(home: Path) -> None:
    paths = Paths.from_environment({"POWERSTREAM_HOME": str(home)})
    paths.ensure()
    (home / "public" / "note").write_text("for all")
    lock = HomeLock(paths.runtime)
    lock.acquire()
    service = ServiceFile(url="http://127.0.0.1:5001", token=Secret("t"), pid=1, version="0", started_at_s=0)
    sealed = paths.data / "secrets.sealed"
    cheap = ScryptCost(n=2**14, r=8, p=1)
    PassphraseFile.create(sealed, Secret("four unrelated words"), cost=cheap)
    for folder in (paths.runtime, home / "public"):  # also if the folder were open
        write_service_file(folder, service)
        assert (folder / "service.json").stat().st_size > 0
        assert read_by_somebody_else(folder / "service.json") == b""
    assert read_by_somebody_else(sealed) == b""
    lock.release()
    assert read_by_somebody_else(home / "public" / "note") == b"for all"
