"""Who follows the publishers cannot hurt them."""

from __future__ import annotations

import pytest

from powerstream_desktop.relay.ingest.publish_hooks import Ending, PublishEvent, PublishHooks, tell

EVENT = PublishEvent(stream="program", at_s=3.0)


def test_nobody_has_to_listen() -> None:
    hooks = PublishHooks()
    tell(hooks.on_publish, EVENT)
    tell(hooks.on_done_publish, EVENT, Ending.GOODBYE)


def test_who_listens_is_told() -> None:
    heard: list[object] = []
    hooks = PublishHooks(on_bridge=heard.append)
    tell(hooks.on_bridge, EVENT)
    tell(hooks.on_bridged, EVENT)
    assert heard == [EVENT]


@pytest.mark.allow_warning_logs
def test_a_listener_that_raises_is_logged_and_no_more(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_event: PublishEvent) -> None:
        raise RuntimeError("a bug")

    tell(PublishHooks(on_publish=broken).on_publish, EVENT)
    assert [record.getMessage() for record in caplog.records] == ["Whoever follows the publishers failed"]
