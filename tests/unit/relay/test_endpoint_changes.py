"""From one list of endpoints to another."""

from __future__ import annotations

import dataclasses

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.destination.endpoint_changes import EndpointChanges, endpoint_changes
from powerstream_desktop.rtmp.url import parse_server_url


def endpoint(name: str, key: str = "sk_platform_4711") -> RTMPEndpoint:
    server = parse_server_url("rtmp://ingest.example/app", key)
    return RTMPEndpoint(name=name, platform="custom", server=server, stream_key=Secret(key))


def test_what_differs_is_found_by_name() -> None:
    old = [endpoint("stays"), endpoint("goes"), endpoint("changes")]
    new = [endpoint("changes", "sk_platform_0042"), endpoint("comes"), endpoint("stays")]
    changes = endpoint_changes(old, new)
    assert changes == EndpointChanges(removed=("goes",), edited=(new[0],), added=(new[1],))
    assert str(changes) == "added comes; changed changes; removed goes"


def test_another_order_is_no_change() -> None:
    changes = endpoint_changes([endpoint("a"), endpoint("b")], [endpoint("b"), endpoint("a")])
    assert changes == EndpointChanges()
    assert str(changes) == "nothing has changed"


def test_a_change_of_priority_is_one() -> None:
    higher = dataclasses.replace(endpoint("a"), priority=3)
    assert endpoint_changes([endpoint("a")], [higher]).edited == (higher,)


def test_no_key_is_said() -> None:
    changes = endpoint_changes([endpoint("a")], [endpoint("a", "sk_platform_0042"), endpoint("b")])
    assert "sk_platform" not in f"{changes} {changes!r}"
