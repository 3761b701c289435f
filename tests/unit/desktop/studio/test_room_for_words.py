"""The studio's cards and sheets have room for their words, in German and in a language of long words, and change language at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.studio.audio.add_channel_sheet import AddChannelSheet
from powerstream_desktop.desktop.studio.audio.channel_sheet import ChannelSheet
from powerstream_desktop.desktop.studio.audio.filter_kinds import FILTER_KINDS, usual_filter
from powerstream_desktop.desktop.studio.audio_card import AudioCard
from powerstream_desktop.desktop.studio.destinations_card import DestinationsCard
from powerstream_desktop.desktop.studio.recording_card import RecordingCard
from tests.unit.desktop.clipping import clipped
from tests.unit.desktop.driver import let_go, show, texts, wait_for
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.language import speaking as speech
from tests.unit.desktop.studio.sound_stage import (
    FakeClient,
    Watch,
    broadcast,
    cause,
    channel,
    destination,
    devices,
    endpoint,
    engine,
    levels,
    live,
    recording,
    studio,
    tell,
)

LEFT_PX, SIDE_PX = 780, 384
"""What a window of 1280 × 800 leaves for them."""
ALL_FILTERS = [usual_filter(kind) for kind in FILTER_KINDS]


def lent() -> Any:
    """Return what the window lends, in the midst of a broadcast with every trouble there is."""
    client = FakeClient()
    client.found = (endpoint("tt", "TikTok"),)
    client.room = {"freeBytes": 412_000_000_000, "hours": 0.6}
    surroundings, _, feed, _ = surroundings_with(client)
    on_air = broadcast(
        destination(sinceSeconds=5021.0, backupInUse=True),
        destination("fb", "Facebook", "slow", droppedFramesPerSecond=0.36),
        destination("kick", "Kick", "retrying", attempt=3, retryInSeconds=400.0, cause=cause()),
        destination(
            "li", "LinkedIn", "rejected", cause=cause("key-refused", helpUrl="https://linkedin.example")
        ),
        destination("x", "X", "off"),
    )
    sound = studio(
        channel(isPushToTalk=True),
        channel("desk", "Computer", "desktop-sound", isMuted=True),
        channel("t", "Tone", "tone"),
    )
    tell(
        feed, service=ServiceState.THERE, engine=engine(), studio=sound, broadcast=on_air, live=live(),
        recording=recording(error="The disk is full."), levels=levels(-6.0, mic=-90.0),
    )  # fmt: skip
    return surroundings


def audio(surroundings: Any) -> QWidget:
    return show(AudioCard(surroundings, clock=Watch()), LEFT_PX)


def destinations(surroundings: Any) -> QWidget:
    return show(DestinationsCard(surroundings, clock=Watch()), SIDE_PX, 700)


def recorded(surroundings: Any) -> QWidget:
    return show(RecordingCard(surroundings, clock=Watch()), SIDE_PX)


def settings(surroundings: Any) -> QWidget:
    status = studio(channel(filters=ALL_FILTERS))
    assert status.sound is not None
    return show(ChannelSheet(surroundings, status.sound.channels[0], devices()), 620, 700)


def adding(surroundings: Any) -> QWidget:
    return show(AddChannelSheet(surroundings))


def settled(widget: QWidget) -> QWidget:
    let_go()
    sizes: list[object] = []

    def stands() -> bool:
        sizes.append(
            [(each.x(), each.y(), each.width(), each.height()) for each in widget.findChildren(QWidget)]
        )
        return len(sizes) > 2 and sizes[-1] == sizes[-2] == sizes[-3]

    wait_for(stands)
    return widget


@pytest.mark.parametrize("language", ["en", "de", "qps"])
@pytest.mark.parametrize("make", [audio, destinations, recorded, settings, adding])
def test_nothing_is_cut_off(make: Callable[[Any], QWidget], language: str) -> None:
    with speech.speaking(language):
        assert clipped(settled(make(lent()))) == []


@pytest.fixture
def large_letters() -> Iterator[None]:
    look().set_text_size(150)
    yield
    look().set_text_size(100)


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("make", [audio, destinations, recorded, settings, adding])
def test_nothing_is_cut_off_in_the_largest_letters(make: Callable[[Any], QWidget]) -> None:
    assert clipped(settled(make(lent()))) == []


@pytest.mark.usefixtures("large_letters")
def test_where_the_heading_has_no_room_shapes_stand_for_words() -> None:
    card = settled(destinations(lent()))
    chips = [chip for chip in card.findChildren(Chip) if chip.isVisible()]
    assert [chip.text() for chip in chips] == ["● 2", "◐ 1", "✖ 1"]
    assert [chip.accessibleName() for chip in chips] == ["2 live", "1 retrying", "1 rejected"]


def test_letters_that_grow_while_the_card_is_seen_make_room_for_themselves() -> None:
    card = settled(audio(lent()))
    look().set_text_size(150)
    try:
        assert clipped(settled(card)) == []
    finally:
        look().set_text_size(100)


@pytest.mark.parametrize(
    ("make", "english", "german"),
    [(audio, "Muted", "Stumm"), (destinations, "Off for this stream", "Aus für diesen Stream"),
     (recorded, "Recording", "Aufzeichnung")],
)  # fmt: skip
def test_a_card_that_is_seen_changes_its_language(
    make: Callable[[Any], QWidget], english: str, german: str
) -> None:
    card = make(lent())
    assert english in texts(card)
    with speech.speaking("de"):
        wait_for(lambda: german in texts(card))
        assert english not in texts(card)
