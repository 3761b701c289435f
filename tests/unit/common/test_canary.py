"""The leak test (reliability_security.md 3.9, S36) for logs, exceptions and reprs; and its own instrument, tested."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.canary import find_canary, spellings

ROOT = Path(__file__).resolve().parents[3]

CANARIES = [
    "CANARY-0d8e7a5c-1f2b-4c3d",
    "CANARY/with/slashes?and=query&more",
    "CANARY@home%2Fand%",
    'CANARY "quoted" \\back',
    "CANARY-schlüssel-🔑",
]

# A child leaks its key by every path of the reference's table that this package is meant to close. The key comes on
# stdin, as it does in the product.
LEAKY_PROGRAM = """
import asyncio, base64, json, logging, os, sys, threading, traceback
from urllib.parse import quote
from powerstream_desktop.common.logs import configure_logging
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret

paths = Paths.from_environment(os.environ)
paths.ensure()
pipe = configure_logging(paths, "leaky", verbose=True)
secret = Secret(json.loads(sys.stdin.readline()))
key = secret.reveal()
log = logging.getLogger("leaky")

print(secret, repr(secret), f"{secret:>50}", [secret], {"key": secret}, flush=True)
for text in (
    key, repr(key), ascii(key), json.dumps(key), json.dumps({"a": json.dumps(key)}), quote(key), quote(key, safe=""),
    base64.b64encode(key.encode()).decode(), base64.urlsafe_b64encode(key.encode()).decode(), str(key.encode()),
    base64.b64encode(b"user:" + key.encode()).decode(), key.encode().hex(), repr(key.encode("utf-16-le")),
    f"rtmp://host/app/{key}", f"rtmps://user:{key}@host/app/x", f"https://host/?token={quote(key)}",
):
    log.info(text)
    log.warning("with an argument: %s", text)
    log.error("with an object: %r", {"text": text}, extra={"field": text})
    log.info("with a stack", stack_info=True, extra={"nested": [text, {text: text}]})
    try:
        try:
            raise OSError(5, text)
        except OSError as error:
            error.add_note(f"note: {text}")
            raise ConnectionError(text) from error
    except ConnectionError:
        log.exception("caught")

def fail():
    raise ExceptionGroup(key, [ValueError(key), KeyError(key)])

thread = threading.Thread(target=fail, name=key)
thread.start()
thread.join()

async def main():
    asyncio.get_running_loop().call_soon(fail)
    await asyncio.sleep(0)

asyncio.run(main())

class Doomed:
    def __del__(self):
        fail()

Doomed()
logging.getLogger(key).warning("a logger named by the key")
sys.stdout.write("ready\\n")
sys.stdout.flush()
sys.stdin.readline()
fail()
"""


@pytest.mark.parametrize(
    "canary", CANARIES, ids=["plain", "slashes", "percent", "quotes", "unicode"]
)  # pytest puts ids into the environment
def test_a_program_that_logs_its_key_in_every_way_leaks_it_nowhere(
    canary: str, tmp_path: Path, powerstream_home: Path
) -> None:
    output = tmp_path / "output"
    with (
        output.open("wb") as out,
        subprocess.Popen(
            [sys.executable, "-c", LEAKY_PROGRAM],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        ) as child,
    ):
        assert child.stdin is not None
        child.stdin.write(json.dumps(canary) + "\n")
        child.stdin.flush()
        running_hits = find_canary([], canary, pids=[child.pid])
        child.communicate("\n", timeout=30)
    log = "".join(file.read_text(encoding="utf-8") for file in powerstream_home.rglob("*.jsonl"))
    assert log.count("***") > 100, output.read_text()
    assert log.count("ExceptionGroup") >= 4
    assert "***" in output.read_text()
    assert running_hits + find_canary([output, powerstream_home], canary) == []
    assert all(json.loads(line)["message"] for line in log.splitlines())


@pytest.mark.parametrize(
    "canary", CANARIES, ids=["plain", "slashes", "percent", "quotes", "unicode"]
)  # pytest puts ids into the environment
def test_the_search_finds_a_canary_in_every_spelling(canary: str, tmp_path: Path) -> None:
    for number, (name, form) in enumerate(spellings(canary).items()):
        file = tmp_path / f"file{number}"
        file.write_bytes(b"before" + form + b"after")
        assert f"{file}: {name}" in find_canary([file], canary, pids=[])


@pytest.mark.parametrize("before", range(7))
def test_the_search_finds_a_canary_inside_any_base64(before: int, tmp_path: Path) -> None:
    canary = "CANARY-0d8e7a5c"
    (tmp_path / "header").write_bytes(base64.b64encode(b"u" * before + canary.encode() + b":tail"))
    assert find_canary([tmp_path], canary, pids=[])


def test_the_search_finds_a_canary_across_its_own_blocks(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * (1024 * 1024 - 5) + b"CANARY-0d8e7a5c")
    assert find_canary([tmp_path], "CANARY-0d8e7a5c", pids=[]) == [f"{tmp_path / 'big'}: plain"]


def test_the_search_reads_file_names(tmp_path: Path) -> None:
    (tmp_path / "CANARY-0d8e7a5c.log").touch()
    assert find_canary([tmp_path], "CANARY-0d8e7a5c", pids=[]) == [
        f"name of {tmp_path}/CANARY-0d8e7a5c.log: plain"
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc")
def test_the_search_sees_command_lines_and_environments_of_all_descendants() -> None:
    canary = f"CANARY-{uuid.uuid4()}"
    waiting = [sys.executable, "-c", "print('ready', flush=True); input()"]
    parent = [
        sys.executable,
        "-c",
        f"import subprocess, sys; subprocess.run({waiting!r} + sys.argv[1:])",
        quote(canary),
    ]
    with subprocess.Popen(
        parent, env={"KEY": canary, "PATH": ""}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        hits = find_canary([], canary)
        child.communicate("\n", timeout=20)
    places = {hit.partition(": ")[0].rpartition(" ")[2] for hit in hits}
    pids = {hit.split()[1] for hit in hits}
    assert places == {"cmdline", "environ"}
    assert len(pids) == 2


def test_a_clean_place_has_no_hits(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("all is well")
    assert find_canary([tmp_path], "CANARY-0d8e7a5c") == []


def test_a_canary_that_chance_could_find_is_refused() -> None:
    with pytest.raises(ValueError, match="eight"):
        find_canary([], "short")
