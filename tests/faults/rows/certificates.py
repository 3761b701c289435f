"""TLS that cannot be trusted, or does not come about: the key must not be sent."""

from __future__ import annotations

from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.fake_ingest import FakeIngest
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.tls import HOST, Certificate, TlsIngest
from tests.e2e.support.waiting import wait_until
from tests.faults.judging import RETURN_S, all_of, back_within, seconds_until_back
from tests.faults.matrix import Play, Verdict, row
from tests.faults.scene import Scene

HANDSHAKE_S, TOLERANCE_S = 5.0, 1.0
BAD_CERTIFICATES = {
    Certificate.EXPIRED: "tls-expired",
    Certificate.WRONG_NAME: "tls-wrong-name",
    Certificate.SELF_SIGNED: "tls-untrusted",
    Certificate.UNKNOWN_AUTHORITY: "tls-untrusted",
}
BAD_SERVERS = (Certificate.OLD_TLS, Certificate.NAME_NOT_SERVED)
BYTES_UNTIL_CLOSE = 3_000
AFTERWARDS_S = 1.0
"""So long whoever would send the key after all has the time to."""


@row(
    "F10",
    "TLS: expired, wrong name, self-signed, unknown authority",
    promised="refused, key not sent, said why",
    group="tls",
)
def bad_certificates(scene: Scene) -> Play:
    behind = scene.ingest()
    good = _tls_ingest(scene, Certificate.VALID, behind)
    bad = {certificate: _tls_ingest(scene, certificate, behind) for certificate in BAD_CERTIFICATES}
    yield [
        scene.destination("F10 valid", good.server_url),
        *(scene.destination(_name("F10", each), ingest.server_url) for each, ingest in bad.items()),
    ]
    seconds_until_back(behind, scene.published_s)
    verdicts = [
        (each.name, _refused(scene, _name("F10", each), ingest, code=BAD_CERTIFICATES[each]))
        for each, ingest in bad.items()
    ]
    return all_of(*verdicts)


@row(
    "F11",
    "TLS: handshake stalls; closed in a record",
    promised="5 s time-out, retry; live again in 1.5 s",
    group="tls",
)
def tls_stalls(scene: Scene) -> Play:
    mute, behind = scene.ingest(Behaviour.MUTE), scene.ingest()
    closing = _tls_ingest(scene, Certificate.VALID, behind)
    yield [
        scene.destination("F11 stalls", f"rtmps://{HOST}:{mute.port}/live"),
        scene.destination("F11 closed", closing.server_url),
    ]
    since_s = scene.wait_for_the_fault()
    closing.proxy.close_after_bytes(closing.proxy.passages[0].received_bytes + BYTES_UNTIL_CLOSE)
    closed = back_within(RETURN_S, behind, since_s)
    closing.proxy.pass_all()
    wait_until(lambda: len(mute.visits) > 1, what="another try", timeout_s=15)
    first, second = mute.visits[:2]
    given_up_s = (first.closed_s or second.opened_s) - first.opened_s
    stalled = Verdict(
        f"given up after {given_up_s:.2f} s, tried again {second.opened_s - first.opened_s - given_up_s:.2f} s later",
        abs(given_up_s - HANDSHAKE_S) <= TOLERANCE_S,
    )
    return all_of(("stalls:", stalled), ("closed:", closed))


@row("F12", "TLS 1.1 at most; name not served (SNI)", promised="refused, key not sent, said why", group="tls")
def unusable_tls(scene: Scene) -> Play:
    behind = scene.ingest()
    servers = {each: _tls_ingest(scene, each, behind) for each in BAD_SERVERS}
    yield [scene.destination(_name("F12", each), server.server_url) for each, server in servers.items()]
    verdicts = [
        (each.name, _refused(scene, _name("F12", each), server, code="tls-"))
        for each, server in servers.items()
    ]
    return all_of(*verdicts)


def _refused(scene: Scene, name: str, ingest: TlsIngest, *, code: str) -> Verdict:
    """Judge whether a destination says why it has no connection, and nothing has reached the server."""
    said = scene.wait_for_light(
        name, lambda light: light["cause"] is not None, what="to say why", timeout_s=10
    )
    found = said.line["cause"]["code"]
    key = scene.destination(name, "")["streamKey"].encode()
    scene.let_last(AFTERWARDS_S)
    leaked = bool(ingest.received) or any(key in passage.head for passage in ingest.proxy.passages)
    return Verdict(found + (", KEY SENT" if leaked else ""), found.startswith(code) and not leaked)


def _tls_ingest(scene: Scene, certificate: Certificate, behind: FakeIngest) -> TlsIngest:
    assert behind.host == LOOPBACK
    return scene.stage.tls_ingest(certificate, target_port=behind.port)


def _name(row_id: str, certificate: Certificate) -> str:
    return f"{row_id} {certificate.name.lower()}"
