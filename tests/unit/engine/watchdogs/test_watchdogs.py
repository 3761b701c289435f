from __future__ import annotations

from dataclasses import replace

from powerstream_desktop.engine.control.reports import Notice
from powerstream_desktop.engine.watchdogs.facts import ChannelFacts, EngineFacts, RenditionFacts, SourceFacts
from powerstream_desktop.engine.watchdogs.watchdogs import Watchdogs

MICROPHONE = ChannelFacts(
    id="mic", name="Microphone", is_microphone=True, is_open=True, input_dbfs=-20, is_zero=False, late_ms=0
)
FINE = EngineFacts(
    channels=(MICROPHONE,),
    sources=(SourceFacts(id="screen", name="Screen", is_capture=True),),
    renditions=(RenditionFacts(name="landscape", made=30, skipped=0, encode_ms=5, slot_ms=33),),
)
BAD = EngineFacts(
    channels=(replace(MICROPHONE, input_dbfs=-120, is_zero=True),),
    sources=(
        SourceFacts(id="screen", name="Screen", is_capture=True, is_black=True),
        SourceFacts(id="camera", name="Camera", is_frozen=True),
    ),
    renditions=(RenditionFacts(name="landscape", made=30, skipped=0, encode_ms=50, slot_ms=33),),
    is_black=True,
    av_offset_ms=70,
)


def looked(dogs: Watchdogs, facts: EngineFacts, seconds: range) -> list[Notice]:
    return [notice for second in seconds for notice in dogs.look(facts, float(second))]


def test_all_is_quiet_while_all_is_well() -> None:
    assert looked(Watchdogs(), FINE, range(60)) == []


def test_each_trouble_is_told_once_when_it_begins_and_once_when_it_is_over() -> None:
    dogs = Watchdogs()
    begun = looked(dogs, BAD, range(60))
    over = looked(dogs, FINE, range(60, 90))
    codes = ["av_drift", "camera_frozen", "capture_black", "encoder_behind", "microphone_off"]
    assert sorted(notice.code for notice in begun) == codes
    assert sorted(notice.code for notice in over) == codes
    assert not any(notice.is_over for notice in begun)
    assert {replace(notice, is_over=True) for notice in begun} == set(over)


def test_a_source_that_leaves_the_scene_takes_its_notice_along() -> None:
    dogs = Watchdogs()
    looked(dogs, BAD, range(20))
    over = looked(dogs, replace(BAD, sources=()), range(20, 21))
    assert {(notice.code, notice.subject, notice.is_over) for notice in over} >= {
        ("camera_frozen", "camera", True),
        ("capture_black", "screen", True),
    }


def test_the_words_of_a_notice_do_not_change_while_it_lasts() -> None:
    dogs = Watchdogs()
    drifting = replace(FINE, av_offset_ms=50)
    begun = looked(dogs, drifting, range(5))
    assert looked(dogs, replace(FINE, av_offset_ms=60), range(5, 9)) == []
    over = looked(dogs, FINE, range(9, 20))
    assert [notice.title for notice in over] == [notice.title for notice in begun]
