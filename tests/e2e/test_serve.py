"""``powerstream serve``: begins, is found, is followed when it is killed, ends when it is asked to or nobody needs it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.service.store.store import Store
from tests.e2e.support.live_broadcast import POWERSTREAM, environment
from tests.e2e.support.served import (
    KeptWaiting,
    Served,
    cpu_s,
    own_memory_mib,
    processes_of,
    wait_until_gone,
)
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.unit.service.store.rows import station

BACK_S = 3.0
"""F37 allows a service that was killed so much, and no more."""
START_AGAIN_S = 15.0
"""A guard for the wait, so that a service that is late is told apart from one that never comes."""
IDLE_WINDOW_S = 10.0
MAX_IDLE_CPU_PERCENT = 1.0
MAX_IDLE_MIB = 120.0


def test_it_says_where_it_is_answers_there_and_ends_cleanly(stage: Stage) -> None:
    served = Served(stage)
    ready = served.wait_until_ready()
    assert (ready["url"], ready["pid"]) == (f"http://127.0.0.1:{served.port}", served.keeper.pid)
    assert set(ready) == {"ok", "url", "pid", "version"}
    status, health = served.ask("GET", "/api/live/health", token="")
    assert (status, health["ok"], health["version"]) == (200, True, ready["version"])
    file = served.file()
    assert file is not None
    assert (file.url, file.pid) == (ready["url"], served.service_pid())
    assert stat.S_IMODE((served.runtime / "service.json").stat().st_mode) == 0o600
    assert file.token.reveal() not in served.keeper.out + served.keeper.err
    pids = served.all_pids()
    served.keeper.interrupt()  # as Ctrl+C does: to all of them
    assert served.wait_for_end() == 0
    wait_until_gone(pids)
    assert not (served.runtime / "service.json").exists()
    assert (served.keeper.err, processes_of(served.home)) == ("", [])


def test_a_second_one_of_the_same_home_does_not_begin_and_names_the_first(stage: Stage) -> None:
    served = Served(stage)
    url = served.wait_until_ready()["url"]
    second = subprocess.run(
        [*POWERSTREAM, "serve"],
        env={**os.environ, **environment(served.home)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (second.returncode, second.stdout) == (2, "")
    assert f"PowerStream runs already at {url}" in second.stderr
    assert served.ask("GET", "/api/live/health")[0] == 200


def test_a_killed_service_is_back_at_once_with_the_same_address_and_a_token_that_stays_good(
    stage: Stage,
) -> None:
    served = Served(stage)
    served.wait_until_ready()
    file = served.file()
    assert file is not None
    token = file.token.reveal()
    assert served.answers(token)
    for _ in range(2):
        killed = served.kill_service()
        killed_s = time.monotonic()
        machine = KeptWaiting()

        def is_back() -> bool:
            machine.look(*(pid for pid in served.all_pids() if pid != killed))  # noqa: B023 - called at once
            return served.answers(token)

        wait_until(is_back, what="the service to be back", timeout_s=START_AGAIN_S)
        took_s = time.monotonic() - killed_s
        assert served.service_pid() != killed
        assert took_s - machine.lost_s < BACK_S
    assert len(list(served.keeper.json_lines())) == 1, "only the first is announced"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_keeper_alone_ends_the_service_properly_however_often_it_comes(
    stage: Stage, number: signal.Signals
) -> None:
    served = Served(stage)
    served.wait_until_ready()
    pids = served.all_pids()
    for _ in range(3):
        os.kill(served.keeper.pid, number)
    assert served.wait_for_end() == 0
    wait_until_gone(pids)
    assert not (served.runtime / "service.json").exists()


def test_a_signal_that_comes_before_it_has_begun_ends_it_as_well(stage: Stage) -> None:
    served = Served(stage, "--headless")
    served.service_pid()
    os.kill(served.keeper.pid, signal.SIGTERM)
    assert served.wait_for_end() == 0
    assert processes_of(served.home) == []


def test_an_idle_service_takes_next_to_nothing(stage: Stage) -> None:
    served = Served(stage, "--headless")
    served.wait_until_ready()
    assert served.ask("GET", "/api/openapi.json")[0] == 200
    pids = served.all_pids()
    time.sleep(2.0)  # what the start still has to do
    before_s, begun_s = cpu_s(pids), time.monotonic()
    time.sleep(IDLE_WINDOW_S)
    percent = 100 * (cpu_s(pids) - before_s) / (time.monotonic() - begun_s)
    mib = own_memory_mib(pids)
    assert percent < MAX_IDLE_CPU_PERCENT
    assert mib < MAX_IDLE_MIB


def test_data_and_settings_that_were_damaged_are_got_over_and_that_is_said(stage: Stage) -> None:
    paths = Paths.from_environment({"POWERSTREAM_HOME": str(stage.folder / "home")})
    paths.ensure()
    asyncio.run(_keep_a_station(paths.data))
    (paths.data / "powerstream.db").write_bytes(b"no database" * 1000)
    (paths.config / "settings.toml").write_text("[video")
    served = Served(stage)
    served.wait_until_ready()
    _, answer = served.ask("GET", "/api/stations")
    assert [each["slug"] for each in answer["stations"]] == ["news"]
    notices = _notices(served)
    assert [each["code"] for each in notices] == ["data", "settings-damaged"]
    assert "took its place" in notices[0]["message"]


async def _keep_a_station(folder: Path) -> None:
    store = Store(folder)
    await store.start()
    await store.write(lambda tables: tables.stations.add(station()))
    assert await store.back_up_if_due() is not None
    await store.aclose()


def _notices(served: Served) -> list[dict[str, str]]:
    """Return what somebody who begins to listen is told of notices."""
    file = served.file()
    assert file is not None
    headers = {"Authorization": f"Bearer {file.token.reveal()}"}
    request = urllib.request.Request(f"{file.url}/api/events", headers=headers)
    with urllib.request.urlopen(request, timeout=START_AGAIN_S) as stream:
        lines = iter(stream)
        next(line for line in lines if line == b"event: notice\n")
        found: list[dict[str, str]] = json.loads(next(lines).removeprefix(b"data: "))["notices"]
        return found


def test_a_home_that_cannot_be_used_is_a_sentence_and_exit_code_2(stage: Stage) -> None:
    served = Served(stage)
    served.wait_until_ready()
    served.keeper.interrupt()
    served.wait_for_end()
    (served.home / "data" / "powerstream.db").write_bytes(b"no database" * 1000)
    again = Served(stage, name="again")
    assert again.wait_for_end() == 2
    assert again.keeper.err.startswith("powerstream: ")
    assert len(again.keeper.err.splitlines()) == 1
    assert processes_of(served.home) == []
