"""Requests of every kind that the API's document allows, and that it does not, sent to a real service: none is a fault of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.e2e.support.processes import TestProcess
from tests.e2e.support.served import Served
from tests.e2e.support.stage import Stage

pytestmark = pytest.mark.e2e

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
LONGEST_S = 25
A_SECOND = 45
"""The door lets fifty through."""
CONFIGURATION = '[headers]\nAuthorization = "Bearer ${TOKEN}"\n'


@pytest.mark.timeout(120)
def test_no_request_of_any_kind_meets_a_fault_of_the_service(stage: Stage) -> None:
    served = Served(stage, "--headless")
    served.wait_until_ready()
    service = served.file()
    assert service is not None
    configuration = stage.folder / "schemathesis.toml"
    configuration.write_text(CONFIGURATION)
    command = [
        *(str(SCHEMATHESIS), "--config-file", str(configuration), "run", f"{service.url}/api/openapi.json"),
        *("--checks", "not_a_server_error", "--phases", "fuzzing", "--max-examples", "4"),
        *("--rate-limit", f"{A_SECOND}/s", "--max-time", str(LONGEST_S), "--suppress-health-check", "all"),
        *("--exclude-path", "/api/events", "--warnings", "off"),  # the stream of events never ends
    ]
    with TestProcess(
        command,
        name="schemathesis",
        folder=stage.folder,
        env={"TOKEN": service.token.reveal(), "NO_COLOR": "1"},
    ) as schemathesis:
        exit_code = schemathesis.wait_for_exit(timeout_s=LONGEST_S + 50)
        said = schemathesis.out
    assert exit_code == 0, said[-4000:]
    assert " passed" in said
    assert served.ask("GET", "/api/live/health")[0] == 200
