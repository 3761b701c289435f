"""One connection to a platform, on a transport that is nothing but a list: what happens at its edges."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.platforms.failures import FailureKind
from powerstream_desktop.relay.push.push_link import PushLink
from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.push.send_queue import is_video_frame
from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.rtmp.events import AudioReceived
from powerstream_desktop.rtmp.flv.metadata import read_metadata
from powerstream_desktop.rtmp.packet import MediaPacket
from tests.unit.relay.packets import CAPTION, METADATA, PICTURE_HEADER, inter_frame, key_frame, sound
from tests.unit.relay.push_links import KEY, BrokenPromise, Link, Owner, ResetTransport, looped
from tests.unit.rtmp.pair import on_status


@looped
async def test_a_connection_that_was_lost_before_it_began_is_reported_when_it_begins() -> None:
    its = Link()
    its.link.connection_lost(None)
    assert its.owner.failures == []
    its.link.begin()
    assert [failure.kind for failure in its.owner.failures] == [FailureKind.CLOSED]
    assert its.transport.written == []


@looped
async def test_an_end_is_reported_once_however_often_it_shows() -> None:
    its = Link()
    its.link.begin()
    its.link.data_received(b"HTTP/1.1 400 Bad Request\r\n")
    its.link.data_received(b"more of it")
    its.link.connection_lost(ConnectionResetError())
    assert [failure.kind for failure in its.owner.failures] == [FailureKind.WEB_PAGE]
    assert its.transport.aborted


@looped
async def test_held_input_that_breaks_the_protocol_is_a_failure_and_no_crash() -> None:
    its = Link(BrokenPromise)
    its.link.begin()
    its.link._deadline_passed()
    assert [(f.kind, f.detail) for f in its.owner.failures] == [(FailureKind.PROTOCOL, "held back")]
    assert its.link._deadline is None


@looped
async def test_nothing_that_happens_to_a_connection_after_its_end_is_heard_of() -> None:
    its = Link()
    its.go_live()
    its.link.data_received(
        its.platform.server.writer.write(on_status("NetStream.Publish.Denied", level="error"))
    )
    assert [failure.kind for failure in its.owner.failures] == [FailureKind.ENDED_BY_PLATFORM]
    its.publish(PICTURE_HEADER, key_frame())
    its.link.resume_writing()
    assert its.link.observe(1e9) == 0
    its.link.connection_lost(None)
    assert len(its.owner.failures) == 1
    assert not its.link.sending


@looped
async def test_a_failure_names_no_key_even_if_the_platform_repeats_it() -> None:
    its = Link()
    its.go_live()
    denied = on_status(f"NetStream.{KEY}.Denied", level="error", description=f"no {KEY}")
    its.link.data_received(its.platform.server.writer.write(denied))
    (failure,) = its.owner.failures
    assert KEY not in failure.detail
    assert failure.detail == "NetStream.***.Denied: no ***"


@looped
async def test_the_goodbye_comes_behind_what_is_still_queued() -> None:
    its = Link()
    its.publish(PICTURE_HEADER, key_frame())
    its.go_live()
    its.link.pause_writing()
    its.stream.attach(Forwarding(its.link))
    its.publish(inter_frame(1), inter_frame(2))
    assert len(its.link.feed.queue) == 2
    ending = asyncio.create_task(its.link.finish())
    await asyncio.sleep(0)
    closed_while_queued = its.transport.half_closed
    its.link.resume_writing()
    await ending
    assert not closed_while_queued
    assert its.transport.half_closed, (
        "closed altogether, a platform that still sends would get a reset and lose the goodbye"
    )
    assert not its.transport.closing
    said = b"".join(its.transport.written)
    assert said.index(inter_frame(2)) < said.index(b"FCUnpublish") < said.index(b"deleteStream")
    assert its.owner.failures == []
    assert not its.transport.aborted


@looped
async def test_our_direction_is_closed_when_all_is_sent_and_not_from_within_sending() -> None:
    its = Link()
    its.publish(PICTURE_HEADER, key_frame())
    its.go_live()
    its.transport.waiting_bytes = 5_000
    ending = asyncio.create_task(its.link.finish())
    await asyncio.sleep(0)
    assert b"deleteStream" in b"".join(its.transport.written)
    assert its.transport.high_water_bytes == 0
    closed_while_waiting = its.transport.half_closed
    its.transport.waiting_bytes = 0
    its.link.resume_writing()
    closed_within = its.transport.half_closed
    await ending
    assert (closed_while_waiting, closed_within, its.transport.half_closed) == (False, False, True)
    assert not its.transport.aborted


@looped
async def test_a_goodbye_that_meets_a_reset_is_over() -> None:
    its = Link(transport=ResetTransport())
    its.go_live()
    await its.link.finish()
    assert its.owner.failures == []


@looped
async def test_finishing_a_connection_that_is_gone_is_nothing() -> None:
    its = Link()
    its.link.begin()
    its.link.connection_lost(None)
    written = len(its.transport.written)
    await its.link.finish()
    assert len(its.transport.written) == written


@looped
async def test_a_running_group_that_is_no_longer_fresh_is_for_those_who_come_back() -> None:
    counts = []
    for rejoining in (False, True):
        its = Link(rejoining=rejoining)
        its.publish(PICTURE_HEADER, key_frame(), *(inter_frame(number) for number in range(60)))
        its.go_live()
        counts.append(its.link.feed.frames_sent)
        assert its.link.feed.queue.is_idle is rejoining
        assert its.link.feed.queue.dropped_frames == 0
        await its.link.finish()
    assert counts == [0, 61]


@looped
async def test_sound_that_waits_for_a_picture_is_not_sent_twice_to_who_joins_meanwhile() -> None:
    its = Link()
    its.stream.attach(Forwarding(its.link))
    its.publish(PICTURE_HEADER, key_frame())
    its.stream.take_audio(40, sound(1), 0.0)
    its.go_live()
    its.transport.written.clear()
    its.publish(inter_frame(1))
    received = [event.payload for event in its.platform.server_events if isinstance(event, AudioReceived)]
    assert received == [sound(1)]
    assert sound(1) not in b"".join(its.transport.written)
    assert inter_frame(1) in b"".join(its.transport.written)


@looped
async def test_a_link_whose_owner_has_another_moment_in_mind_waits_to_be_told() -> None:
    its = Link()
    its.owner.lets_join = False
    its.stream.attach(Forwarding(its.link))
    its.publish(PICTURE_HEADER, key_frame(1))
    its.go_live()
    its.publish(inter_frame(2))
    assert (its.owner.started, its.link.sending) == ([its.link], False)
    its.link.take_over(its.stream.group())
    assert its.heard()[1:] == [(0, PICTURE_HEADER), (0, key_frame(1)), (33, inter_frame(2))]
    await its.link.finish()


@looped
async def test_a_platform_is_told_what_a_stream_is_also_where_its_publisher_says_nothing() -> None:
    """Some ingests wait for onMetaData (rtmp.md 2.7)."""
    its = Link()
    its.owner.lets_join = False
    its.publish(PICTURE_HEADER, key_frame(0))
    its.go_live()
    its.link.take_over(its.stream.group())
    (_, description), (_, header), *_ = its.heard()
    assert read_metadata(description)["videocodecid"] == 7
    assert header == PICTURE_HEADER
    await its.link.finish()


@looped
async def test_what_the_publisher_says_of_its_stream_is_not_said_twice() -> None:
    its = Link()
    its.owner.lets_join = False
    its.stream.take_metadata(METADATA, 0.0)
    its.publish(PICTURE_HEADER, key_frame(0))
    its.go_live()
    its.link.take_over(its.stream.group())
    assert [payload for _, payload in its.heard() if read_metadata(payload)] == [METADATA]
    await its.link.finish()


@looped
async def test_a_new_owner_hears_how_far_a_link_has_come() -> None:
    its = Link()
    its.owner.lets_join = False
    its.go_live()
    its.link.change_owner(new_owner := Owner())
    its.link.begin()
    assert (new_owner.keys, new_owner.started) == (1, [its.link])
    assert its.link.sending
    await its.link.finish()


@looped
async def test_a_wish_to_move_is_passed_on_and_ends_nothing() -> None:
    its = Link()
    its.go_live()
    its.link.data_received(
        its.platform.server.writer.write(
            on_status("NetConnection.Connect.ReconnectRequest", level="status", stream_id=0)
        )
    )
    assert its.owner.wishes == [None]
    assert its.link.sending
    await its.link.finish()


@looped
async def test_while_room_is_made_no_picture_goes_out_beside_the_key_frames() -> None:
    its = Link()
    its.publish(PICTURE_HEADER, key_frame(0))
    its.go_live()
    its.stream.attach(Forwarding(its.link))
    its.heard()
    its.publish(inter_frame(1))
    its.link.feed.shed(Room.KEY_FRAMES)
    its.publish(inter_frame(2), key_frame(3), inter_frame(4))
    its.link.feed.shed(Room.SOUND)
    its.publish(key_frame(5))
    its.link.feed.shed(Room.EVERYTHING)
    its.publish(inter_frame(6), key_frame(7), inter_frame(8))
    sent = [payload for _, payload in its.heard()]
    assert sent == [inter_frame(1), key_frame(3), key_frame(7), inter_frame(8)]
    assert its.link.feed.queue.dropped_frames == 4
    await its.link.finish()


ACTIONS = ["key", "inter", "inter", "sound", "sound", "caption", "metadata", "header", "pause", "resume"]


@given(
    st.lists(
        st.tuples(st.sampled_from(ACTIONS), st.integers(0, 60), st.sampled_from([True, True, True, False])),
        max_size=60,
    )
)
def test_cruising_sharing_and_queueing_send_the_same_stream(plan: list[tuple[str, int, bool]]) -> None:
    asyncio.run(compare_with_the_stream(plan))


async def compare_with_the_stream(plan: list[tuple[str, int, bool]]) -> None:
    """Offer a stream to a link that is paused at times; the platform has to get every packet at its time, once."""
    its, everything = Link(), Everything()
    its.go_live()
    for consumer in (Forwarding(its.link), everything):
        its.stream.attach(consumer)
    its.stream.take_video(0, PICTURE_HEADER, 0.0)
    its.stream.take_video(0, key_frame(), 0.0)
    timestamp = 0
    for number, (action, step_ms, ends_read) in enumerate(plan):
        timestamp += step_ms
        match action:
            case "pause":
                its.link.pause_writing()
            case "resume":
                its.link.resume_writing()
            case "sound":
                its.stream.take_audio(timestamp, sound(number), 0.0)
            case "caption":
                its.stream.take_data(CAPTION, 0.0)
            case "metadata":
                its.stream.take_metadata(METADATA, 0.0)
            case _:
                make = {"key": key_frame, "inter": inter_frame}.get(action, lambda _number: PICTURE_HEADER)
                its.stream.take_video(timestamp, make(number), 0.0)
        if ends_read:
            its.stream.hand_out()
    its.stream.hand_out()
    its.link.resume_writing()
    base_ms = everything.packets[1].dts_ms
    expected = [(packet.dts_ms - base_ms, packet.payload) for packet in everything.packets]
    assert its.heard() == [(max(0, ms), payload) for ms, payload in expected]
    assert its.link.feed.frames_sent == sum(is_video_frame(packet) for packet in everything.packets)
    await its.link.finish()


class Everything:
    """A consumer that keeps all packets."""

    def __init__(self) -> None:
        self.packets: list[MediaPacket] = []

    def offer(self, burst: Burst) -> None:
        self.packets += burst.packets

    def stream_started(self) -> None:
        pass

    def stream_ended(self) -> None:
        pass


class Forwarding:
    """A consumer that is only a link."""

    def __init__(self, link: PushLink) -> None:
        self._link = link
        self.offer = link.feed.offer

    def stream_started(self) -> None:
        pass

    def stream_ended(self) -> None:
        pass
