"""HEVC and AV1 by choice: from our encoder through the relay to a platform, and into a recording that any player decodes."""

from __future__ import annotations

import time

import av
import pytest

from powerstream_desktop.engine.video_settings import Codec
from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.live_broadcast import Target
from tests.e2e.support.relay_broadcast import RelayBroadcast
from tests.e2e.support.stage import Stage
from tests.integration.engine.programs import pattern_program, settings

pytestmark = pytest.mark.e2e

LENGTH_S = 3.0


@pytest.mark.parametrize("codec", [Codec.HEVC, Codec.AV1])
def test_every_picture_of_the_codec_arrives_and_the_recording_decodes(stage: Stage, codec: Codec) -> None:
    made = settings(width=320, height=180, bitrate_kbps=500, codec=codec)
    ingest = stage.fake_ingest(Behaviour.ACCEPT)
    broadcast = RelayBroadcast(stage, Target("one", ingest.server_url, "key-one"))
    publisher = broadcast.engines_publisher()
    tags = pattern_program(made, LENGTH_S)
    began_s = time.monotonic()
    for tag in tags:
        time.sleep(max(0.0, began_s + tag.timestamp / 1000 - time.monotonic()))
        publisher.put([tag])
    publisher.close()
    broadcast.end()
    assert ingest.video_messages == LENGTH_S * made.fps + 1
    (recording,) = broadcast.recordings
    with av.open(str(recording)) as container:
        assert container.streams.video[0].codec_context.codec.canonical_name == codec.value
        assert sum(1 for _ in container.decode(video=0)) == LENGTH_S * made.fps
