"""The process that tries encoders: a driver that hangs or crashes takes nobody with it. One JSON answer on stdout."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.encoders.catalogue import kind_named
from powerstream_desktop.engine.encoders.probe import settings_from_json
from powerstream_desktop.engine.encoders.proof import prove
from powerstream_desktop.engine.encoders.self_test import self_test

EXIT_DONE: Final = 0
EXIT_FAILED: Final = 1
EXIT_WRONG_USE: Final = 2


def main(arguments: Sequence[str]) -> int:
    """Answer ``prove NAME SETTINGS`` or ``self-test NAME SECONDS``; return the exit code."""
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # libraries print there
    try:
        match list(arguments):
            case ["prove", name, settings]:
                answer: object = asdict(prove(kind_named(name), settings_from_json(settings)))
            case ["self-test", name, limit_s]:
                answer = [asdict(line) for line in self_test(kind_named(name), float(limit_s))]
            case _:
                return EXIT_WRONG_USE
    except (KeyError, ValueError):
        return EXIT_WRONG_USE
    except PowerStreamError as error:
        sys.stderr.write(f"{error} {error.detail}\n")
        return EXIT_FAILED
    os.write(answers, json.dumps(answer).encode() + b"\n")
    return EXIT_DONE
