"""The doctor and real ports and processes, some of which hang."""

from __future__ import annotations

import os
import socket
import sys

import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.doctor.check import Level
from powerstream_desktop.service.doctor.devices import list_devices
from powerstream_desktop.service.doctor.media import confinement_here, look_at_confinement
from powerstream_desktop.service.doctor.ports import holder_of, look_at_ports
from powerstream_desktop.service.doctor.security import look_at_keyring, look_at_tls_roots

ENGINE = """
import sys
sys.stdout.write('{"type":"hello","version":2,"pid":1}\\n')
sys.stdin.readline()
sys.stdout.write('{"type":"devices","screens":[],"windows":[],"cameras":[{"id":"c","name":"Cam"}],"microphones":[],'
    '"desktop_sounds":[],"outputs":[],"problems":[]}\\n')
sys.stdout.flush()
sys.stdin.read()
"""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_port_that_is_taken_is_told_with_who_has_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        (taken,) = look_at_ports([(port, "tests")])
    (free,) = look_at_ports([(port, "tests")])
    assert taken.level is Level.WARNING
    assert taken.remedy
    assert free.level is Level.OK
    if sys.platform == "linux":
        assert f"(process {os.getpid()})" in taken.sentence


def test_nobody_holds_a_port_that_is_free() -> None:
    with socket.socket() as unbound:
        unbound.bind(("127.0.0.1", 0))
        assert holder_of(unbound.getsockname()[1]) == ""


def test_an_engine_lists_the_devices() -> None:
    devices = list_devices(python(ENGINE))
    assert [camera.name for camera in devices.cameras] == ["Cam"]


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        "raise SystemExit(3)",
        "print('nonsense', flush=True); import time; time.sleep(60)",
    ],
    ids=["hangs", "dies", "talks nonsense"],
)
def test_an_engine_that_hangs_dies_or_talks_nonsense_is_ended_and_said(code: str) -> None:
    begun_s = monotonic()
    with pytest.raises(SystemFault):
        list_devices(python(code), limit_s=0.5)
    assert monotonic() - begun_s < 10


def test_an_engine_that_cannot_be_started_is_said() -> None:
    with pytest.raises(SystemFault, match="cannot be started"):
        list_devices(["/nonexistent/engine"])


def test_this_computers_media_process_tells_what_it_is_kept_from() -> None:
    held = confinement_here()
    assert set(held) <= {"seccomp", "namespace", "landlock", "rlimit", "job object"}
    if sys.platform == "linux":
        assert "rlimit" in held
    assert all(each.level in {Level.OK, Level.WARNING} for each in look_at_confinement(lambda: held))


def test_this_computers_authorities_and_keyring_can_be_looked_at() -> None:
    assert look_at_tls_roots()[0].sentence
    assert look_at_keyring()[0].level in {Level.OK, Level.WARNING}
