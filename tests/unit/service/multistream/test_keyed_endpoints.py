"""Keys that are missing, or cannot be had, keep nobody else from going live."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.catalogue import load_catalogue
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.multistream.keyed_endpoints import NOTHING_KNOWN, KeyedEndpoints, with_keys
from powerstream_desktop.service.secret_store.secret_faults import keyring_locked
from tests.unit.service.multistream.fakes import FakeSecrets
from tests.unit.service.store.rows import endpoint

TWITCH = endpoint("tw", name="Twitch", key_ref="a")
YOUTUBE = endpoint("yt", name="YouTube", platform="youtube", key_ref="b")
NAMES = {"tw": "Twitch (2)", "yt": "YouTube"}


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets(a="key-of-twitch-4711", b="key-of-youtube-0815")


def keyed(secrets: FakeSecrets, home: Path, known: Mapping[str, Secret] = NOTHING_KNOWN) -> KeyedEndpoints:
    catalogue = load_catalogue(Paths.from_environment({"POWERSTREAM_HOME": str(home)}))
    return asyncio.run(with_keys([TWITCH, YOUTUBE], NAMES, secrets, catalogue, 100.0, known))


def test_endpoints_get_their_keys_and_the_names_of_their_destinations(
    secrets: FakeSecrets, tmp_path: Path
) -> None:
    found = keyed(secrets, tmp_path)
    assert [each.name for each in found.served] == ["Twitch (2)", "YouTube"]
    assert [each.stream_key.reveal() for each in found.served] == [
        "key-of-twitch-4711",
        "key-of-youtube-0815",
    ]
    assert (found.left_out, found.names) == ((), NAMES)


@pytest.mark.parametrize("key", [None, ""])
def test_an_endpoint_without_a_key_is_left_out_and_shown_red(
    secrets: FakeSecrets, tmp_path: Path, key: str | None
) -> None:
    secrets.keys.pop("a")
    if key is not None:
        secrets.keys["a"] = Secret(key)
    found = keyed(secrets, tmp_path)
    assert [each.name for each in found.served] == ["YouTube"]
    light = found.left_out[0].light(130.0)
    assert (light.name, light.state, light.since_s) == ("Twitch (2)", DestinationState.REJECTED, 30.0)
    assert light.cause is not None
    assert (light.cause.code, light.cause.sentence) == ("no-key", "Twitch (2) has no stream key.")
    assert light.cause.remedy


def test_a_keyring_that_refuses_leaves_out_those_who_need_it_and_says_why(
    secrets: FakeSecrets, tmp_path: Path
) -> None:
    secrets.trouble = keyring_locked()
    found = keyed(secrets, tmp_path)
    assert found.served == ()
    assert {each.cause.code for each in found.left_out} == {"keyring-locked"}
    assert found.left_out[0].cause.sentence == (
        "The stream key of Twitch (2) cannot be used: The keyring is locked."
    )


def test_a_keyring_that_was_locked_meanwhile_takes_nobody_off_the_air(
    secrets: FakeSecrets, tmp_path: Path
) -> None:
    before = keyed(secrets, tmp_path)
    secrets.trouble = keyring_locked()
    found = keyed(secrets, tmp_path, {"a": before.keys["a"]})
    assert found.served == before.served[:1]
    assert [each.endpoint.id for each in found.left_out] == ["yt"]


def test_no_word_about_a_key_that_cannot_be_one_repeats_it(secrets: FakeSecrets, tmp_path: Path) -> None:
    key = "a key\nof two lines"
    secrets.keys["a"] = Secret(key)
    [left_out] = keyed(secrets, tmp_path).left_out
    assert left_out.cause.code == "key-unusable"
    assert "two lines" not in repr(left_out)
