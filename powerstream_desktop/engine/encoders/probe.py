"""Finding out which encoders work here: each is tried in a process of its own, all at once, and the answer is kept."""

from __future__ import annotations

import json
import logging
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.own_program import own_command
from powerstream_desktop.engine.encoders.catalogue import EncoderKind, kinds_of
from powerstream_desktop.engine.encoders.verdicts import ProbedEncoder, SelfTestLine
from powerstream_desktop.engine.video_settings import Codec, EncoderChoice, Latency, VideoSettings

log = logging.getLogger(__name__)

LIMIT_S: Final = 5.0
"""For an encoder to prove itself while a broadcast waits for it: the start of its process is included, and the reading of its library,
which takes seconds where a slow disk is read for the first time. One that needs longer is not chosen now."""

PATIENT_LIMIT_S: Final = 20.0
"""The same, where somebody asks whether it works and nothing waits."""

KILL_S: Final = 1.0
"""For a process that was killed to be gone: one that hangs inside the kernel is not, until its driver lets it go."""

_LEFT_BEHIND: Final[list[subprocess.Popen[bytes]]] = []
"""Processes that outlived that. They are kept: some systems have a thread that still reads their output, which must stay open."""

_SELF_TEST_SLACK_S: Final = 4.0
"""On top of what is measured: the process starts, the pictures are drawn."""


def encoders_command() -> tuple[str, ...]:
    """Return how this very program is started to try encoders."""
    return own_command("encoders")


class EncoderProbe:
    """Tries encoders and remembers what it found, for each codec. Used by one thread, never the program's.

    Args:
        command: starts the process that tries one encoder.
        limit_s: after which an encoder counts as hung.
        clock: monotonic seconds.
    """

    def __init__(
        self, command: Sequence[str] = (), *, limit_s: float = LIMIT_S, clock: Clock = monotonic
    ) -> None:
        self._command = tuple(command) or encoders_command()
        self._limit_s = limit_s
        self._clock = clock
        self._found: dict[Codec, tuple[ProbedEncoder, ...]] = {}

    def hardware(self, settings: VideoSettings) -> tuple[ProbedEncoder, ...]:
        """Return which hardware encoders of the settings' codec work, best first; blocks for up to five seconds at first.

        Those that cannot be on this computer are not tried and not in the answer.
        """
        if settings.codec not in self._found:
            hardware = [kind for kind in kinds_of(settings.codec)[:-1] if kind.is_plausible()]
            self._found[settings.codec] = self.probe(hardware, settings)
        return self._found[settings.codec]

    def probe(self, kinds: Sequence[EncoderKind], settings: VideoSettings) -> tuple[ProbedEncoder, ...]:
        """Try some encoders now, side by side; blocks until all have answered or the time is up."""
        children = [(kind, self._start(kind, settings)) for kind in kinds]
        deadline_s = self._clock() + self._limit_s
        return tuple(self._answer(kind, child, deadline_s) for kind, child in children)

    def _start(self, kind: EncoderKind, settings: VideoSettings) -> subprocess.Popen[bytes] | None:
        plain = replace(settings, codec=kind.codec, encoder=EncoderChoice.AUTO)
        try:
            return _started((*self._command, "prove", kind.av_name, settings_to_json(plain)))
        except OSError as error:
            log.info("The process to try %s cannot be started: %s", kind.av_name, error)
            return None

    def _answer(
        self, kind: EncoderKind, child: subprocess.Popen[bytes] | None, deadline_s: float
    ) -> ProbedEncoder:
        if child is None:
            return ProbedEncoder(name=kind.av_name, works=False, why="Its process cannot be started.")
        try:
            output = _output_of(child, max(0.0, deadline_s - self._clock()))
        except subprocess.TimeoutExpired:
            return ProbedEncoder(
                name=kind.av_name,
                works=False,
                why=f"It did not answer within {self._limit_s:.0f} s.",
                is_silent=True,
            )
        found = _read_answer(kind, output, child.returncode)
        log.info("%s: %s", found.name, "works" if found.works else found.why)
        return found


def probe_encoders() -> tuple[ProbedEncoder, ...]:
    """Try every encoder that can be on this computer on one picture, software included; blocks for up to ``PATIENT_LIMIT_S``."""
    kinds = [kind for codec in Codec for kind in kinds_of(codec) if kind.is_plausible()]
    return EncoderProbe(limit_s=PATIENT_LIMIT_S).probe(kinds, VideoSettings())


def run_self_test(name: str = "libx264", limit_s: float = 3.0) -> tuple[SelfTestLine, ...]:
    """Measure an encoder in a process of its own; blocks for about a second more than ``limit_s``.

    Args:
        name: what libavcodec calls the encoder.
        limit_s: how long to measure.

    Raises:
        SystemFault: the encoder does not work, hangs or ended its process.
    """
    try:
        child = _started((*encoders_command(), "self-test", name, str(limit_s)))
        output = _output_of(child, limit_s + _SELF_TEST_SLACK_S)
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, name)
        return tuple(SelfTestLine(**line) for line in json.loads(output))
    except (OSError, subprocess.SubprocessError, ValueError, TypeError) as error:
        raise SystemFault(
            f"The encoder {name} could not be measured.", detail=f"{type(error).__name__}: {error}"
        ) from error


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start this very program to try or measure an encoder.

    Raises:
        OSError: it cannot be started.
    """
    return subprocess.Popen(  # noqa: S603 - this very program
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _output_of(child: subprocess.Popen[bytes], limit_s: float) -> bytes:
    """Wait for a process and return what it printed.

    Raises:
        subprocess.TimeoutExpired: it took longer than ``limit_s``. It was killed, or is left behind if even that does not end it.
    """
    try:
        return child.communicate(timeout=limit_s)[0]
    except subprocess.TimeoutExpired:
        child.kill()
        try:
            child.communicate(timeout=KILL_S)
        except subprocess.TimeoutExpired:
            log.warning("A process that tries an encoder cannot be killed: its driver hangs.")
            _LEFT_BEHIND.append(child)
        raise


def settings_to_json(settings: VideoSettings) -> str:
    """Write settings as one argument."""
    return json.dumps(asdict(settings))


def settings_from_json(text: str) -> VideoSettings:
    """Read what ``settings_to_json`` wrote.

    Raises:
        ValueError: it is something else.
    """
    try:
        values = json.loads(text)
        values["latency"] = Latency(values["latency"])
        values["codec"] = Codec(values["codec"])
        values["encoder"] = EncoderChoice(values["encoder"])
        return VideoSettings(**values)
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def _read_answer(kind: EncoderKind, output: bytes, exit_code: int) -> ProbedEncoder:
    try:
        answer = ProbedEncoder(**json.loads(output))
    except (ValueError, TypeError):
        return ProbedEncoder(
            name=kind.av_name, works=False, why=f"Trying it ended its process (exit code {exit_code})."
        )
    return answer
