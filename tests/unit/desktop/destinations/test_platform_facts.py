"""What is shown of a platform comes from the catalogue, and what is not known is left out."""

from __future__ import annotations

from powerstream_desktop.client.catalogue import Platform
from powerstream_desktop.desktop.destinations.platform_facts import choosable, facts_of
from tests.unit.desktop.destinations.values import platforms


def test_every_platform_but_the_rehearsal_can_be_added_and_any_server_comes_last() -> None:
    ids = [each.id for each in choosable(platforms())]
    assert {"youtube", "twitch", "facebook", "kick", "linkedin", "tiktok", "instagram", "x"} <= set(ids)
    assert "rehearsal" not in ids
    assert ids[-1] == "custom"


def test_servers_keys_and_limits_are_told() -> None:
    facts = {each.id: each for each in choosable(platforms())}
    youtube = facts["youtube"]
    assert youtube.servers[0].url == "rtmps://a.rtmps.youtube.com:443/live2"
    assert "backup" not in " ".join(each.url for each in youtube.servers), "a second ingest is no first one"
    assert youtube.help_url.startswith("https://")
    assert "Stream key" in youtube.where
    assert facts["twitch"].limits.startswith("6\u202f000\u00a0kbit/s, 1080p, 60 fps")
    assert facts["linkedin"].is_for_one_event
    assert facts["tiktok"].rendition == "portrait"


def test_a_platform_of_a_newer_service_is_shown_with_what_is_there() -> None:
    facts = facts_of(Platform(words={"limits": None, "servers": None}, id="new", name="New"))
    assert (facts.servers, facts.limits, facts.where, facts.is_for_one_event) == ((), "", "", False)
