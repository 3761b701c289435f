"""How a client takes refusals, ends, redirects and challenges (rtmp.md 1.16, 1.17, 1.19)."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.auth import Credentials
from powerstream_desktop.rtmp.client import ClientConnection
from powerstream_desktop.rtmp.errors import LocalProtocolError
from powerstream_desktop.rtmp.events import (
    AuthenticationRequired,
    CloseReason,
    ConnectionClosed,
    ConnectRefused,
    FinishReason,
    PlayFinished,
    PlayRefused,
    PublishRefused,
    ReconnectRequested,
    RemoteUnpublished,
    Stage,
    StatusReceived,
)
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.states import ClientState
from powerstream_desktop.rtmp.url import RTMPURL, parse_server_url
from tests.unit.rtmp.pair import (
    KEY,
    TARGET,
    ScriptedServer,
    command,
    connect_object_of,
    failure,
    on_status,
    result,
)


def test_a_refused_connect_says_why(server: ScriptedServer) -> None:
    server.shake_hands()
    assert server.send(command("_error", 1, None, failure("NetConnection.Connect.InvalidApp", "no app"))) == [
        ConnectRefused(code="NetConnection.Connect.InvalidApp", description="no app")
    ]
    assert server.client.closed
    assert server.client.next_deadline() is None
    assert server.send(result(4, None, 1)) == []
    assert server.receive(b"") == [
        ConnectionClosed(reason=CloseReason.PEER_CLOSED, stage=Stage.BEFORE_CONNECT)
    ]


@pytest.mark.parametrize(
    "refusal",
    [
        result(1, {}, failure("NetConnection.Connect.Rejected")),
        command("_error", 1, failure("NetConnection.Connect.Rejected")),
        on_status("NetConnection.Connect.Rejected", level="error", stream_id=0),
        on_status("NetConnection.Connect.Rejected", level=None, stream_id=0),
    ],
    ids=["result of level error", "info in the wrong place", "status", "status without level"],
)
def test_a_connect_can_be_refused_in_many_ways(server: ScriptedServer, refusal: Message) -> None:
    server.shake_hands()
    (event,) = server.send(refusal)
    assert isinstance(event, ConnectRefused)
    assert event.code == "NetConnection.Connect.Rejected"


@pytest.mark.parametrize(
    "code", ["BadName", "Rejected", "Denied", "Failed", "Unauthorized", "SomethingOfTheirOwn"]
)
def test_a_refused_publish_says_why(server: ScriptedServer, code: str) -> None:
    server.accept_connect()
    refusal = on_status(f"NetStream.Publish.{code}", level="error", description="because")
    assert server.send(result(4, None, 1), refusal) == [
        PublishRefused(code=f"NetStream.Publish.{code}", description="because", stage=Stage.BEFORE_START)
    ]
    assert server.client.closed


@pytest.mark.parametrize("transaction", [4, 5], ids=["createStream", "publish"])
def test_an_error_to_create_stream_or_publish_is_a_refusal(server: ScriptedServer, transaction: int) -> None:
    server.accept_connect()
    if transaction == 5:
        server.send(result(4, None, 1))
    (event,) = server.send(command("_error", transaction, None, failure("NetStream.Failed")))
    assert event == PublishRefused(code="NetStream.Failed", description="", stage=Stage.BEFORE_START)


def test_a_refusal_after_the_start_tells_its_stage(server: ScriptedServer) -> None:
    server.go_live()
    assert server.send(on_status("NetStream.Publish.Rejected", level="error")) == [
        PublishRefused(code="NetStream.Publish.Rejected", description="", stage=Stage.LIVE)
    ]


def test_a_refused_player_hears_it(player: ScriptedServer) -> None:
    player.accept_connect()
    assert player.send(result(2, None, 1), on_status("NetStream.Play.StreamNotFound", level="error")) == [
        PlayRefused(code="NetStream.Play.StreamNotFound", description="", stage=Stage.BEFORE_START)
    ]


def test_a_remote_end_counts_once_live(server: ScriptedServer) -> None:
    server.accept_connect()
    assert server.send(result(4, None, 1), on_status("NetStream.Unpublish.Success")) == []
    server.send(on_status("NetStream.Publish.Start"))
    # Facebook, when another encoder wins (HaishinKit#549).
    assert server.send(on_status("NetStream.Unpublish.InternalKill", description="x")) == [
        RemoteUnpublished(code="NetStream.Unpublish.InternalKill", description="x")
    ]
    assert server.client.closed


@pytest.mark.parametrize(
    "code", ["NetStream.Play.Stop", "NetStream.Play.Complete", "NetStream.Play.UnpublishNotify"]
)
def test_a_player_hears_the_end(player: ScriptedServer, code: str) -> None:
    player.go_live()
    assert player.send(control.stream_eof(1), on_status(code)) == [
        PlayFinished(stream_id=1, reason=FinishReason.UNPUBLISHED)
    ]
    assert player.client.closed


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ("", Stage.BEFORE_CONNECT),
        ("connect", Stage.BEFORE_START),
        ("connect stream", Stage.BEFORE_START),
        ("live", Stage.LIVE),
    ],
)
def test_an_end_of_input_tells_how_far_we_had_come(server: ScriptedServer, steps: str, stage: Stage) -> None:
    if steps == "live":
        server.go_live()
    elif steps:
        server.accept_connect()
    else:
        server.shake_hands()
    if "stream" in steps:
        server.send(result(4, None, 1))
    assert server.receive(b"") == [ConnectionClosed(reason=CloseReason.PEER_CLOSED, stage=stage)]
    with pytest.raises(LocalProtocolError):
        server.receive(b"x")


def test_another_status_is_for_the_log(server: ScriptedServer) -> None:
    server.go_live()
    assert server.send(on_status("NetStream.Record.Start", description="d"), command("close", 0, None)) == [
        StatusReceived(level="status", code="NetStream.Record.Start", description="d")
    ]


@pytest.mark.parametrize("description", [f"Stream {KEY} is busy", f"{KEY}?a=1"])
def test_a_server_cannot_make_us_show_the_key(description: str) -> None:
    server = ScriptedServer(ClientConnection(TARGET, f"{KEY}?a=1", random_bytes=bytes))
    server.accept_connect()
    (event,) = server.send(result(4, None, 1), on_status(f"x.{KEY}", level="error", description=description))
    assert KEY not in repr(event)
    assert "***" in repr(event)


@pytest.mark.parametrize("before", range(495, 515))
def test_a_text_that_is_cut_in_the_middle_of_the_key_shows_no_half_of_it(before: int) -> None:
    server = ScriptedServer()
    server.accept_connect()
    description = "x" * before + KEY
    (event,) = server.send(
        result(4, None, 1), on_status("NetStream.Publish.BadName", level="error", description=description)
    )
    assert KEY[:6] not in repr(event)


# Moving and signing in.


@pytest.mark.parametrize(
    ("target", "wanted", "resolved"),
    [
        ("rtmp://h/live", "rtmp://other:1936/app", "rtmp://other:1936/app"),
        ("rtmp://h/live", "rtmps://other/app", "rtmps://other/app"),
        ("rtmps://h/live", "rtmp://other/app", None),
        ("rtmp://h/live", "http://other/app", None),
        ("rtmps://h:444/live", "/app2", "rtmps://h:444/app2"),
        ("rtmp://h/a/b", "c", "rtmp://h/c"),
        ("rtmp://live/live", "/app2", "rtmp://live/app2"),
    ],
)
def test_a_reconnect_request_never_leads_out_of_tls(target: str, wanted: str, resolved: str | None) -> None:
    server = ScriptedServer(ClientConnection(parse_server_url(target, KEY), KEY, random_bytes=bytes))
    server.go_live()
    code = "NetConnection.Connect.ReconnectRequest"
    (event,) = server.send(on_status(code, stream_id=0, tcUrl=wanted, description="bye"))
    if resolved is None:
        assert event == StatusReceived(level="status", code=code, description="bye")
    else:
        assert event == ReconnectRequested(tc_url=resolved, description="bye")
    assert server.client.state is ClientState.LIVE


def test_a_reconnect_request_without_an_address_means_the_same_one(server: ScriptedServer) -> None:
    server.go_live()
    request = on_status("NetConnection.Connect.ReconnectRequest", stream_id=0)
    assert server.send(request) == [ReconnectRequested(tc_url=None, description="")]


@pytest.mark.parametrize(
    ("scheme", "redirect", "told"),
    [
        ("rtmp", "rtmp://other/live", "rtmp://other/live"),
        ("rtmps", "rtmp://other/live", None),
        ("rtmp", "http://evil/", None),
        ("rtmp", "", None),
    ],
)
def test_a_redirect_is_told(scheme: str, redirect: str, told: str | None) -> None:
    target = RTMPURL(scheme=scheme, host="h", port=1935, app="live")
    server = ScriptedServer(ClientConnection(target, KEY, random_bytes=bytes))
    server.shake_hands()
    info = failure("NetConnection.Connect.Rejected")
    info["ex"] = {"code": 302, "redirect": redirect}
    (event,) = server.send(command("_error", 1, None, info))
    assert isinstance(event, ConnectRefused)
    assert event.redirect == told


ADOBE = "[ AccessManager.Reject ] : [ code=403 need auth; authmod=adobe ] :"


def rejected(description: str, *, auth_query: str = "", credentials: Credentials | None) -> object:
    client = ClientConnection(TARGET, KEY, random_bytes=bytes, credentials=credentials, auth_query=auth_query)
    server = ScriptedServer(client)
    server.shake_hands()
    (event,) = server.send(command("_error", 1, None, failure("NetConnection.Connect.Rejected", description)))
    assert client.closed
    return event


def test_signing_in_takes_three_connections() -> None:
    me = Credentials(user="ann", password="pw")
    first = rejected(ADOBE, credentials=me)
    assert first == AuthenticationRequired(auth_query="?authmod=adobe&user=ann")
    assert isinstance(first, AuthenticationRequired)
    second = rejected(
        "authmod=adobe ?reason=needauth&salt=s&challenge=c", auth_query=first.auth_query, credentials=me
    )
    assert isinstance(second, AuthenticationRequired)
    assert "&response=" in second.auth_query
    third = rejected("authmod=adobe ?reason=authfailed", auth_query=second.auth_query, credentials=me)
    assert isinstance(third, ConnectRefused)


def test_without_credentials_a_challenge_is_a_refusal() -> None:
    event = rejected(ADOBE, credentials=None)
    assert isinstance(event, ConnectRefused)
    assert event.description == ADOBE


@pytest.mark.parametrize(("app", "sent"), [("live", "live?authmod=x"), ("live?a=1", "live?a=1&authmod=x")])
def test_the_answer_to_a_challenge_ends_app_and_url(app: str, sent: str) -> None:
    target = parse_server_url(f"rtmp://h/{app}", KEY)
    connect = connect_object_of(ClientConnection(target, KEY, random_bytes=bytes, auth_query="?authmod=x"))
    assert (connect["app"], connect["tcUrl"]) == (sent, f"rtmp://h/{sent}")
