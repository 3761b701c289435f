"""Who comes in from the network: paired devices, to look and to drive, and nobody else."""

from __future__ import annotations

import pytest

from powerstream_desktop.service.access.admission import Admission, Admitted
from powerstream_desktop.service.access.door import Door, host_and_port
from powerstream_desktop.service.access.refusal import Refusal
from powerstream_desktop.service.access.request_facts import RequestFacts
from powerstream_desktop.service.access.routes import Reach
from powerstream_desktop.service.access.scope import Scope
from powerstream_desktop.service.access.token_record import new_record
from powerstream_desktop.service.access.tokens import TokenAuthority

NOW, UNIX_S, PORT = 50.0, 1_800_000_000.0, 5443
NAMES = ("studio", "studio.local", "192.168.1.20", "fd00::2")


class Scene:
    def __init__(self) -> None:
        authority = TokenAuthority(new_record())
        self.admission = Admission(Door.on_network(NAMES, PORT), authority, reach=Reach.NETWORK)
        self.tokens = {
            "read": authority.pair("Phone", Scope.READ, UNIX_S).token.reveal(),
            "control": authority.pair("Stream Deck", Scope.CONTROL, UNIX_S).token.reveal(),
            "window": authority.token_of_this_run(UNIX_S).reveal(),
        }

    def code(
        self, method: str, path: str, who: str = "", host: str = "studio:5443", is_from_here: bool = False
    ) -> str:
        token = (("authorization", f"Bearer {self.tokens[who]}"),) if who else ()
        facts = RequestFacts(
            method=method,
            path=path,
            headers=(("host", host), ("content-type", "application/json"), *token),
            is_from_here=is_from_here,
        )
        judged = self.admission.judge(facts, NOW, UNIX_S)
        return judged.code if isinstance(judged, Refusal) else ""


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.mark.parametrize(
    "path", ["/api/live/health", "/api/live/status", "/live/news/index.m3u8", "/api/vod", "/"]
)
@pytest.mark.parametrize("is_from_here", [False, True])
def test_nothing_is_open_to_the_network(scene: Scene, path: str, is_from_here: bool) -> None:
    assert scene.code("GET", path, is_from_here=is_from_here) == "no-token"
    assert scene.code("GET", path, "read") == ""


def test_pairing_alone_needs_no_token(scene: Scene) -> None:
    assert scene.code("POST", "/api/access/pair") == ""
    assert scene.code("GET", "/api/access/pair") == "only-at-this-computer"


def test_a_paired_device_does_what_it_was_allowed(scene: Scene) -> None:
    assert scene.code("POST", "/api/live/start", "control") == ""
    assert scene.code("POST", "/api/live/start", "read") == "not-allowed"


@pytest.mark.parametrize("who", ["", "read", "control", "window"])
@pytest.mark.parametrize(
    "path",
    [
        "/api/access/lan",
        "/api/access/devices",
        "/api/access/secrets/place",
        "/api/access/ingest-key",
        "/api/access/replays/as1",
    ],
)
def test_what_is_done_at_this_computer_is_done_there_only(scene: Scene, path: str, who: str) -> None:
    for method in ("GET", "POST", "DELETE", "PUT"):
        assert scene.code(method, path, who, is_from_here=True) == "only-at-this-computer"


def test_the_token_of_this_computer_opens_nothing_from_elsewhere(scene: Scene) -> None:
    assert scene.code("GET", "/api/vod", "window") == "only-at-this-computer"


@pytest.mark.parametrize("host", ["studio:5443", "studio.local:5443", "192.168.1.20:5443", "[fd00::2]:5443"])
def test_it_is_called_by_its_own_names(scene: Scene, host: str) -> None:
    assert scene.code("GET", "/api/vod", "read", host) == ""


@pytest.mark.parametrize(
    "host",
    ["evil.example:5443", "studio", "studio:5001", "STUDIO:5443", "127.0.0.1:5443", "192.168.1.21:5443"],
)
def test_it_answers_to_no_other_name(scene: Scene, host: str) -> None:
    assert scene.code("GET", "/api/vod", "read", host) == "wrong-host"


def test_a_computer_that_was_carried_elsewhere_answers_to_its_new_address_only(scene: Scene) -> None:
    scene.admission.stand_at(Door.on_network(["10.0.0.7"], PORT))
    assert scene.code("GET", "/api/vod", "read", "10.0.0.7:5443") == ""
    assert scene.code("GET", "/api/vod", "read", "192.168.1.20:5443") == "wrong-host"


def test_web_pages_are_kept_out_here_too(scene: Scene) -> None:
    facts = RequestFacts(
        method="GET",
        path="/api/vod",
        headers=(
            ("host", "studio:5443"),
            ("origin", "https://studio:5443"),
            ("authorization", f"Bearer {scene.tokens['read']}"),
        ),
        is_from_here=False,
    )
    judged = scene.admission.judge(facts, NOW, UNIX_S)
    assert not isinstance(judged, Admitted)
    assert judged.code == "foreign-origin"


def test_an_address_of_ipv6_stands_in_brackets() -> None:
    assert [host_and_port(name, 1) for name in NAMES] == [
        "studio:1",
        "studio.local:1",
        "192.168.1.20:1",
        "[fd00::2]:1",
    ]
