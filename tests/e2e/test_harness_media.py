"""The harness judges everything else, so it is judged first: nginx-rtmp, ffprobe and the virtual screen."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.e2e.support.av_sync import pulse_offsets_ms
from tests.e2e.support.ffprobe import record_live, stream_facts
from tests.e2e.support.flv import video_frame_times_ms
from tests.e2e.support.ports import accepts
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until


def make_clip(target: Path, *options: str) -> Path:
    """Encode four seconds of 320x240, 25 fps, a key frame each second, with sound that starts 100 ms late."""
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=320x240:r=25:d=4"]
    command += ["-itsoffset", "0.1", "-f", "lavfi", "-i", "sine=r=48000:d=3.9"]
    command += [
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p",
        "-g",
        "25",
        "-c:a",
        "aac",
        "-ac",
        "2",
    ]
    subprocess.run([*command, *options, str(target)], check=True)
    return target


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mkv")


def test_facts_of_a_good_file_are_found(clip: Path) -> None:
    video, audio = stream_facts(clip).both

    assert (video.codec, video.width, video.height) == ("h264", 320, 240)
    assert video.fps == pytest.approx(25, rel=0.001)
    assert video.key_frame_intervals_s == [1.0, 1.0, 1.0]
    assert video.dts_increases
    assert audio.dts_increases
    assert (audio.codec, audio.sample_rate, audio.channels) == ("aac", 48000, 2)
    assert video.gaps(longer_than_ms=41) == []


def test_sound_that_starts_late_is_measured(clip: Path) -> None:
    encoder_delay_ms = 1024 / 48

    assert stream_facts(clip).audio_start_offset_ms == pytest.approx(100 - encoder_delay_ms, abs=2)


def test_a_hole_in_the_picture_is_found(tmp_path: Path) -> None:
    holed = make_clip(tmp_path / "holed.mkv", "-vf", "select='not(between(t,1.99,2.39))'", "-fps_mode", "vfr")

    video, audio = stream_facts(holed).both

    [gap] = video.gaps(longer_than_ms=100)
    assert gap.length_ms == pytest.approx(440, abs=1)
    assert gap.at_s - video.start_s == pytest.approx(1.96, abs=0.01)
    assert audio.gaps(longer_than_ms=100) == []


@pytest.mark.parametrize("sound_late_ms", [0, 60, -45])
def test_the_distance_between_flash_and_beep_is_measured(tmp_path: Path, sound_late_ms: int) -> None:
    pulse = "lt(mod(t,1),0.1)"
    late_s = f"{sound_late_ms / 1000}"
    picture = f"testsrc=s=320x180:r=30:d=5,drawbox=x=250:y=130:w=40:h=40:color=0x303030:t=fill,drawbox=x=250:y=130:w=40:h=40:color=white:t=fill:enable='{pulse}'"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, "-itsoffset", late_s]
    command += ["-f", "lavfi", "-i", f"aevalsrc='0.3*sin(6283*t)*{pulse}':s=48000:d=5", "-c:v", "libx264"]
    command += ["-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", str(tmp_path / "pulse.mkv")]
    subprocess.run(command, check=True)

    offsets_ms = pulse_offsets_ms(tmp_path / "pulse.mkv")

    assert len(offsets_ms) == 4  # the flash at 0 has no darkness before it
    assert offsets_ms == pytest.approx([sound_late_ms] * 4, abs=5)


def test_nginx_records_what_is_published_to_it(stage: Stage) -> None:
    server = stage.nginx()
    publisher = stage.publish(server.url("key"), options={"-t": "3"})
    server.wait_for_streams(["key"], timeout_s=10)

    publisher.wait_for_exit(timeout_s=15)

    wait_until(lambda: not server.streams(), what="the end of the stream", timeout_s=5)
    [recording] = server.recordings("key")
    video, audio = stream_facts(recording).both
    assert len(video.packets) == len(video_frame_times_ms(recording)) == 90
    assert video.key_frame_intervals_s == [1.0, 1.0]
    assert audio.sample_rate == 48000


def test_nginx_can_be_killed_and_comes_back_on_its_port(stage: Stage) -> None:
    server = stage.nginx()

    server.kill()
    assert not accepts(server.port)
    server.restart()

    stage.publish(server.url("key"))
    server.wait_for_streams(["key"], timeout_s=10)


def test_nginx_hangs_up_on_a_publisher_of_the_denied_application(stage: Stage) -> None:
    server = stage.nginx()

    publisher = stage.publish(f"{server.denied_server_url}/key")

    assert publisher.wait_for_exit(timeout_s=15) != 0


def test_a_live_stream_is_probed_while_it_runs(stage: Stage) -> None:
    server = stage.nginx()
    stage.publish(server.url("key"))
    server.wait_for_streams(["key"], timeout_s=10)

    facts = stream_facts(record_live(server.url("key"), stage.folder / "live.flv", duration_s=2))

    video, audio = facts.both
    assert video.fps == pytest.approx(30, rel=0.02)
    assert audio.channels == 2


def test_the_screen_shows_a_new_picture_in_every_frame(stage: Stage) -> None:
    screen = stage.screen(size=(640, 360))
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-nostdin",
        "-f",
        "x11grab",
        "-framerate",
        "15",
        "-video_size",
        "640x360",
    ]
    command += ["-i", screen.display, "-frames:v", "20", "-f", "framemd5", "-"]

    grabbed = subprocess.run(command, capture_output=True, check=True, text=True).stdout

    digests = [line.rpartition(",")[2] for line in grabbed.splitlines() if not line.startswith("#")]
    assert len(digests) == 20
    assert len(set(digests)) >= 18  # a busy machine may repeat one
