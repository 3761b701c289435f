"""``powerstream preflight`` as a user runs it: against a real nginx-rtmp, through TLS, and against servers that are none."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from typing import Any

import pytest

from tests.e2e.support.fake_ingest import Behaviour
from tests.e2e.support.live_broadcast import POWERSTREAM, Target, environment, write_destinations
from tests.e2e.support.ports import LOOPBACK, free_port
from tests.e2e.support.stage import Stage
from tests.e2e.support.tls import Certificate

KEY = "canary-4821-KQ7-key"
OTHER_KEY = "canary-4822-KQ8-key"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the command said, and how it ended."""

    exit_code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The one JSON object."""
        report: dict[str, Any] = json.loads(self.out)
        return report

    def stages(self, number: int = 0) -> dict[str, bool]:
        """How the stages of one destination went."""
        return {stage["stage"]: stage["ok"] for stage in self.destination(number)["server"]["stages"]}

    def destination(self, number: int = 0) -> dict[str, Any]:
        """What is said of one destination."""
        destination: dict[str, Any] = self.report["destinations"][number]
        return destination


def run(stage: Stage, command: str, *options: str, targets: list[Target], trusting: bool = False) -> Answer:
    destinations = write_destinations(stage.folder / "destinations.json", targets)
    env = {**os.environ, **environment(stage.folder / "home")}
    env |= stage.authority.environment if trusting else {}
    ended = subprocess.run(
        [*POWERSTREAM, command, "--destinations", str(destinations), *options],
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=30,
        check=False,
    )
    assert KEY not in ended.stdout + ended.stderr
    assert OTHER_KEY not in ended.stdout + ended.stderr
    return Answer(ended.returncode, ended.stdout, ended.stderr)


def preflight(
    stage: Stage, *targets: Target, options: tuple[str, ...] = (), trusting: bool = False
) -> Answer:
    return run(stage, "preflight", "--json", *options, targets=list(targets), trusting=trusting)


def test_a_real_server_accepts_us_and_gets_no_stream(stage: Stage) -> None:
    nginx = stage.nginx()
    proxy = stage.proxy(nginx.port)
    answer = preflight(stage, Target("Mine", f"rtmp://{LOOPBACK}:{proxy.port}/live", KEY))

    assert answer.exit_code == 0
    assert answer.report["ready"] == ["Mine"]
    assert answer.stages() == {"dns": True, "tcp": True, "handshake": True, "connect": True}
    assert answer.destination()["server"]["serverVersion"]
    assert nginx.streams() == {}
    assert nginx.recordings(KEY) == []
    [passage] = proxy.passages
    assert passage.received_bytes
    assert KEY.encode() not in passage.head


def test_an_application_that_a_real_server_lacks_is_found_out(stage: Stage) -> None:
    nginx = stage.nginx()
    answer = preflight(stage, Target("Mine", f"rtmp://{LOOPBACK}:{nginx.port}/nowhere", KEY))

    assert answer.exit_code == 1
    assert answer.stages() == {"dns": True, "tcp": True, "handshake": True, "connect": False}
    assert answer.destination()["server"]["error"] == "closed-before-connect"


def test_after_connect_a_server_hears_nothing(stage: Stage) -> None:
    ingest = stage.fake_ingest(Behaviour.ACCEPT)
    answer = preflight(stage, Target("Mine", ingest.server_url, KEY))

    assert answer.exit_code == 0
    assert ingest.commands == ["connect"]
    assert ingest.attempts == []


def test_tls_is_checked_and_its_certificate_dated(stage: Stage) -> None:
    ingest = stage.tls_ingest(Certificate.VALID, target_port=stage.nginx().port)
    answer = preflight(stage, Target("Mine", ingest.server_url, KEY), trusting=True)

    assert answer.exit_code == 0
    assert list(answer.stages()) == ["dns", "tcp", "tls", "handshake", "connect"]
    server = answer.destination()["server"]
    assert server["tlsVersion"] in ("TLSv1.2", "TLSv1.3")
    assert server["certificateDaysLeft"] > 0
    assert ingest.received
    assert KEY.encode() not in ingest.received


@pytest.mark.parametrize(
    ("certificate", "error"),
    [
        (Certificate.WRONG_NAME, "tls-wrong-name"),
        (Certificate.EXPIRED, "tls-expired"),
        (Certificate.SELF_SIGNED, "tls-untrusted"),
        (Certificate.UNKNOWN_AUTHORITY, "tls-untrusted"),
    ],
)
def test_a_certificate_that_proves_nothing_ends_it(
    stage: Stage, certificate: Certificate, error: str
) -> None:
    ingest = stage.tls_ingest(certificate, target_port=free_port())
    answer = preflight(stage, Target("Mine", ingest.server_url, KEY), trusting=True)

    assert answer.exit_code == 1
    assert answer.stages() == {"dns": True, "tcp": True, "tls": False}
    assert answer.destination()["server"]["error"] == error
    assert ingest.received == b""


def test_servers_of_all_kinds_are_asked_side_by_side(stage: Stage) -> None:
    portal, refusing = stage.fake_ingest(Behaviour.HTTP), stage.fake_ingest(Behaviour.REJECT_CONNECT)
    targets = [
        Target("Portal", portal.server_url, KEY),
        Target("Refusing", refusing.server_url, KEY),
        Target("Closed", f"rtmp://{LOOPBACK}:{free_port()}/live", KEY),
        Target("Nameless", "rtmp://ingest.invalid/live", KEY),
        Target("Well", stage.fake_ingest(Behaviour.ACCEPT).server_url, KEY),
    ]
    answer = preflight(stage, *targets)

    assert answer.exit_code == 1
    assert answer.report["ready"] == ["Well"]
    assert [answer.destination(number)["server"]["error"] for number in range(5)] == [
        "web-page",
        "connect-rejected",
        "refused",
        "dns",
        None,
    ]
    refusal = answer.destination(1)["findings"][0]["message"]
    assert "NetConnection.Connect.Rejected" in refusal


def test_offline_nobody_is_asked(stage: Stage) -> None:
    ingest = stage.fake_ingest(Behaviour.ACCEPT)
    answer = preflight(stage, Target("Mine", ingest.server_url, KEY), options=("--offline",))

    assert answer.exit_code == 0
    assert ingest.connections == []
    assert answer.destination()["server"] is None


def test_only_the_named_ones_are_looked_at(stage: Stage) -> None:
    one, other = stage.fake_ingest(Behaviour.ACCEPT), stage.fake_ingest(Behaviour.ACCEPT)
    targets = [Target("One", one.server_url, KEY), Target("Other", other.server_url, OTHER_KEY)]
    answer = preflight(stage, *targets, options=("--only", "Other"))

    assert answer.report["ready"] == ["Other"]
    assert one.connections == []


def test_an_upload_that_is_too_small_for_all_is_told_in_figures(stage: Stage) -> None:
    ingest = stage.fake_ingest(Behaviour.ACCEPT)
    targets = [Target(name, ingest.server_url, f"{KEY}-{name}") for name in ("One", "Two", "Three", "Four")]
    options = ("--offline", "--upload-kbps", "12000")
    answer = preflight(stage, *targets, options=options)

    assert answer.exit_code == 1
    [finding] = answer.report["findings"]
    assert finding["code"] == "upload-too-small"
    assert "24.2 Mbit/s" in finding["message"]
    assert "12 Mbit/s" in finding["message"]


def test_without_json_there_is_a_table_with_sentences(stage: Stage) -> None:
    ingest = stage.fake_ingest(Behaviour.ACCEPT)
    closed = Target("Closed", f"rtmp://{LOOPBACK}:{free_port()}/live", OTHER_KEY)
    targets = [Target("Mine", ingest.server_url, KEY), closed]
    answer = run(stage, "preflight", targets=targets)

    lines = answer.out.splitlines()
    assert answer.exit_code == 1
    assert lines[1].startswith("● Mine ")
    assert lines[2].startswith("✖ Closed ")
    assert lines[3].startswith("✖ Closed does not accept connections on this port.")
    assert lines[-1] == "✖ 1 of 2 destinations ready."
    assert answer.err == ""


def test_live_does_not_begin_with_the_same_server_and_key_twice(stage: Stage) -> None:
    ingest = stage.fake_ingest(Behaviour.ACCEPT)
    targets = [Target("One", ingest.server_url, KEY), Target("Two", ingest.server_url, KEY)]
    answer = run(stage, "live", "--source", "test", "--duration", "1", targets=targets)

    assert answer.exit_code == 2
    assert "send to the same server with the same stream key" in answer.err
    assert len(answer.err.splitlines()) == 1
    assert ingest.connections == []
