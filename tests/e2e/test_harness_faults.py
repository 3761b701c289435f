"""The harness judges everything else, so it is judged first: the proxy, the rude ingest and the certificates."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise
from pathlib import Path

import pytest

from powerstream_desktop.rtmp.flv.file import FLVTag, FLVWriter
from tests.e2e.support.fake_ingest import Behaviour
from tests.e2e.support.flv import video_frame_times_ms
from tests.e2e.support.numbered_pictures import number_in_tag
from tests.e2e.support.ports import LOOPBACK, accepts
from tests.e2e.support.proxy import FaultProxy
from tests.e2e.support.shaping import MADE_UP_FOR_S, Uplink
from tests.e2e.support.stage import Stage
from tests.e2e.support.tls import HOST, Certificate
from tests.e2e.support.waiting import wait_until
from tests.faults.film import cached_film, endless_film

KEY = "live_canary_8Hq2"


def url_through(proxy: FaultProxy) -> str:
    return f"rtmp://{LOOPBACK}:{proxy.port}/live/{KEY}"


def test_a_proxy_left_alone_passes_everything(stage: Stage) -> None:
    server = stage.nginx()
    proxy = stage.proxy(server.port)

    publisher = stage.publish(url_through(proxy), options={"-t": "2"})

    assert publisher.wait_for_exit(timeout_s=15) == 0
    [passage] = proxy.passages
    [recording] = server.recordings(KEY)
    wait_until(
        lambda: len(video_frame_times_ms(recording)) == 60, what="60 frames at the server", timeout_s=5
    )
    # Two codec messages: the configuration, and ffmpeg's end of sequence.
    assert passage.video_messages == 62
    assert KEY.encode() in passage.head
    assert passage.longest_silence_ms(passage.arrivals_s[0], passage.arrivals_s[-1]) < 1000


def test_a_publisher_feels_a_reset_and_the_next_one_gets_through(stage: Stage) -> None:
    server = stage.nginx()
    proxy = stage.proxy(server.port)
    publisher = stage.publish(url_through(proxy))
    server.wait_for_streams([KEY], timeout_s=10)

    proxy.reset()

    assert publisher.wait_for_exit(timeout_s=10) != 0
    stage.publish(url_through(proxy), name="next-publisher")
    server.wait_for_streams([KEY], timeout_s=10)


def test_a_connection_is_reset_at_the_chosen_video_message(stage: Stage) -> None:
    server = stage.nginx()
    proxy = stage.proxy(server.port)
    proxy.reset_at_video(20)

    publisher = stage.publish(url_through(proxy))

    assert publisher.wait_for_exit(timeout_s=15) != 0
    [recording] = server.recordings(KEY)
    assert 10 <= len(video_frame_times_ms(recording)) <= 20


def test_a_connection_is_closed_after_the_chosen_bytes(stage: Stage) -> None:
    server = stage.nginx()
    proxy = stage.proxy(server.port)
    proxy.close_after_bytes(10_000)

    publisher = stage.publish(url_through(proxy))

    assert publisher.wait_for_exit(timeout_s=15) != 0
    assert 10_000 <= proxy.passages[0].received_bytes < 10_000 + 16_384


def test_a_sender_is_stuck_while_nobody_reads_and_goes_on_afterwards(stage: Stage) -> None:
    with socket.create_server((LOOPBACK, 0)) as sink:
        proxy = stage.proxy(sink.getsockname()[1])
        with socket.create_connection((LOOPBACK, proxy.port)) as sender:
            served, _ = sink.accept()
            with served:
                proxy.pause_reading()
                sender.settimeout(0.3)
                with pytest.raises(TimeoutError):
                    sender.sendall(bytes(16 * 1024 * 1024))
                served.send(b"still here")
                assert sender.recv(100) == b"still here"

                proxy.pass_all()

                served.settimeout(5)
                assert served.recv(100)


def test_a_black_hole_swallows_both_directions(stage: Stage) -> None:
    with socket.create_server((LOOPBACK, 0)) as sink:
        proxy = stage.proxy(sink.getsockname()[1])
        with socket.create_connection((LOOPBACK, proxy.port)) as sender:
            served, _ = sink.accept()
            with served:
                proxy.blackhole()
                sender.send(b"out")
                served.send(b"back")

                for end in (sender, served):
                    end.settimeout(0.2)
                    with pytest.raises(TimeoutError):
                        end.recv(100)


def test_a_slow_line_takes_its_time(stage: Stage) -> None:
    with socket.create_server((LOOPBACK, 0)) as sink:
        proxy = stage.proxy(sink.getsockname()[1])
        proxy.limit_bandwidth(200_000)
        with socket.create_connection((LOOPBACK, proxy.port)) as sender:
            served, _ = sink.accept()
            with served:
                began = time.monotonic()
                sender.sendall(bytes(100_000))
                left = 100_000
                while left:
                    left -= len(served.recv(left))
                # The pause after the last of its reads of at most 16 KiB lies behind the data.
                assert 0.4 < time.monotonic() - began < 2


def test_a_proxy_that_refuses_is_not_there_until_restored(stage: Stage) -> None:
    server = stage.nginx()
    proxy = stage.proxy(server.port)

    proxy.refuse()
    assert not accepts(proxy.port)
    proxy.restore()

    stage.publish(url_through(proxy))
    server.wait_for_streams([KEY], timeout_s=10)


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (Behaviour.BAD_NAME, "This stream key is not known"),
        (Behaviour.HANG_UP, "Input/output error"),
        (Behaviour.REJECT_CONNECT, "Go away"),
    ],
)
def test_a_rude_ingest_is_understood_by_ffmpeg(stage: Stage, behaviour: Behaviour, words: str) -> None:
    ingest = stage.fake_ingest(behaviour)

    publisher = stage.publish(f"{ingest.server_url}/{KEY}")

    assert publisher.wait_for_exit(timeout_s=15) != 0
    assert words in publisher.err
    reached = [] if behaviour is Behaviour.REJECT_CONNECT else [KEY]
    assert [attempt.key for attempt in ingest.attempts] == reached


def test_an_accepting_ingest_gets_the_pictures(stage: Stage) -> None:
    ingest = stage.fake_ingest(Behaviour.ACCEPT)

    publisher = stage.publish(f"{ingest.server_url}/{KEY}", options={"-t": "1"})

    assert publisher.wait_for_exit(timeout_s=15) == 0
    wait_until(lambda: ingest.video_messages == 32, what="30 frames and two codec messages", timeout_s=5)


@pytest.mark.parametrize("behaviour", [Behaviour.SILENT, Behaviour.STOP_READING])
def test_an_ingest_that_stalls_keeps_the_connection(stage: Stage, behaviour: Behaviour) -> None:
    ingest = stage.fake_ingest(behaviour)

    publisher = stage.publish(f"{ingest.server_url}/{KEY}")

    wait_until(lambda: ingest.attempts, what="the publish command", timeout_s=10)
    assert publisher.running
    assert ingest.video_messages == 0


def test_a_trusted_certificate_leads_to_the_server_behind(stage: Stage) -> None:
    with socket.create_server((LOOPBACK, 0)) as behind:
        ingest = stage.tls_ingest(Certificate.VALID, target_port=behind.getsockname()[1])

        with connect_tls(stage, ingest.proxy.port) as client:
            client.sendall(KEY.encode())
            served, _ = behind.accept()
            with served:
                assert served.recv(100) == KEY.encode()

        assert KEY.encode() in ingest.received
        assert KEY.encode() not in ingest.proxy.passages[0].head


@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        (Certificate.WRONG_NAME, "Hostname mismatch"),
        (Certificate.EXPIRED, "certificate has expired"),
        (Certificate.SELF_SIGNED, "self.signed certificate"),
        (Certificate.UNKNOWN_AUTHORITY, "unable to get local issuer certificate"),
    ],
)
def test_a_bad_certificate_is_refused_by_a_careful_client(
    stage: Stage, certificate: Certificate, reason: str
) -> None:
    with socket.create_server((LOOPBACK, 0)) as behind:
        ingest = stage.tls_ingest(certificate, target_port=behind.getsockname()[1])

        with pytest.raises(ssl.SSLCertVerificationError, match=reason):
            connect_tls(stage, ingest.proxy.port)

        assert not ingest.received


def connect_tls(stage: Stage, port: int) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=str(stage.authority.trust_file))
    sock = socket.create_connection((LOOPBACK, port))
    try:
        return context.wrap_socket(sock, server_hostname=HOST)
    except BaseException:
        sock.close()
        raise


def test_a_late_line_delivers_everything_in_order_and_late(stage: Stage) -> None:
    with socket.create_server((LOOPBACK, 0)) as sink:
        proxy = stage.proxy(sink.getsockname()[1])
        proxy.delay(0.2, jitter_s=0.1)
        with socket.create_connection((LOOPBACK, proxy.port)) as sender:
            served, _ = sink.accept()
            with served:
                began_s = time.monotonic()
                sent = bytes(number % 251 for number in range(100_000))
                for start in range(0, len(sent), 10_000):
                    sender.sendall(sent[start : start + 10_000])
                sender.shutdown(socket.SHUT_WR)
                received = served.makefile("rb").read()

    assert received == sent
    assert 0.2 <= time.monotonic() - began_s < 1


def test_an_uplink_is_shared_by_the_proxies_on_it(stage: Stage) -> None:
    uplink = Uplink(400_000)
    with socket.create_server((LOOPBACK, 0)) as sink, ThreadPoolExecutor() as threads:
        proxies = [stage.proxy(sink.getsockname()[1]) for _ in range(2)]
        for proxy in proxies:
            proxy.share(uplink)

        def send(proxy: FaultProxy) -> float:
            with socket.create_connection((LOOPBACK, proxy.port)) as sender:
                sender.sendall(bytes(100_000))
                sender.shutdown(socket.SHUT_WR)
                sender.recv(1)
            return time.monotonic()

        began_s = time.monotonic()
        ends = [threads.submit(send, proxy) for proxy in proxies]
        for _ in proxies:
            served, _ = sink.accept()
            threads.submit(drain, served)
        took_s = [end.result() - began_s for end in ends]

    # 200,000 bytes together; alone each would have taken 0.25 s. The pause after the last read lies behind the data.
    assert min(took_s) > 0.35 - MADE_UP_FOR_S
    assert max(took_s) < 1.5


def drain(served: socket.socket) -> None:
    with served:
        while served.recv(65_536):
            pass


def test_slices_leave_one_by_one(stage: Stage) -> None:
    with socket.create_server((LOOPBACK, 0)) as sink:
        proxy = stage.proxy(sink.getsockname()[1])
        proxy.slice(to_server=1)
        with socket.create_connection((LOOPBACK, proxy.port)) as sender:
            served, _ = sink.accept()
            with served:
                sender.sendall(bytes(2_000))
                sender.shutdown(socket.SHUT_WR)
                reads = iter(lambda: served.recv(4096), b"")
                sizes = [len(data) for data in reads]

    assert sum(sizes) == 2_000
    # The kernel joins what has arrived before it is read; in one piece it would be one read.
    assert len(sizes) > 10


def test_stranded_connections_hang_while_new_ones_pass(stage: Stage) -> None:
    with socket.create_server((LOOPBACK, 0)) as sink:
        proxy = stage.proxy(sink.getsockname()[1])
        with socket.create_connection((LOOPBACK, proxy.port)) as old:
            old_served, _ = sink.accept()
            proxy.strand()
            with old_served, socket.create_connection((LOOPBACK, proxy.port)) as new:
                new_served, _ = sink.accept()
                with new_served:
                    old.send(b"lost")
                    new.send(b"through")

                    assert new_served.recv(100) == b"through"
                    old_served.settimeout(0.2)
                    with pytest.raises(TimeoutError):
                        old_served.recv(100)


def test_a_slow_close_is_noticed_late(stage: Stage) -> None:
    with socket.create_server((LOOPBACK, 0)) as sink:
        proxy = stage.proxy(sink.getsockname()[1])
        proxy.close_slowly(0.3)
        with socket.create_connection((LOOPBACK, proxy.port)) as sender:
            served, _ = sink.accept()
            served.close()
            closed_s = time.monotonic()

            assert sender.recv(100) == b""

    assert 0.3 <= time.monotonic() - closed_s < 1


@pytest.mark.parametrize("behaviour", [Behaviour.ACK_WINDOW_1, Behaviour.NEW_CHUNK_SIZES])
def test_an_odd_but_honest_ingest_is_understood_by_ffmpeg(stage: Stage, behaviour: Behaviour) -> None:
    ingest = stage.fake_ingest(behaviour)

    publisher = stage.publish(f"{ingest.server_url}/{KEY}", options={"-t": "1"})

    assert publisher.wait_for_exit(timeout_s=15) == 0
    [visit] = ingest.visits
    wait_until(lambda: len(visit.pictures) == 30, what="30 pictures", timeout_s=5)
    times_ms = [picture.dts_ms for picture in visit.pictures]
    assert all(step in (33, 34) for step in (later - earlier for earlier, later in pairwise(times_ms)))
    assert visit.pictures[0].key
    assert len(visit.sounds) == pytest.approx(47, abs=2)


def test_a_number_in_front_of_a_picture_changes_nothing_that_is_seen(tmp_path: Path) -> None:
    tags = [tag for tag in islice(endless_film(cached_film()), 200) if tag.number is None or tag.number < 60]
    numbered = tmp_path / "numbered.flv"
    writer = FLVWriter(has_video=True, has_audio=True)
    body = b"".join(writer.tag(FLVTag(tag.type, tag.timestamp_ms, tag.payload)) for tag in tags)
    numbered.write_bytes(writer.header() + body)

    decoded = subprocess.run(
        ["ffmpeg", "-v", "warning", "-i", numbered, "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert decoded.stderr == ""
    assert [number_in_tag(tag.payload) for tag in tags if tag.number is not None] == list(range(60))
