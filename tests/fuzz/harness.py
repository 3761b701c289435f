"""The frame of the fuzz targets: finds them, and runs one under atheris.

A target is a module beside this one with ``fuzz_one(data: bytes) -> None``, which raises only on a bug, and a folder
``corpus/<name>`` of small seeds. ``test_corpus.py`` replays the seeds in every test run; this runs until the time is up::

    python -m tests.fuzz.harness amf --seconds 60
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"


def target_names() -> list[str]:
    """The modules beside this one that have a ``fuzz_one``; they are not imported."""
    has_target = re.compile(r"^def fuzz_one\(", re.MULTILINE)
    return sorted(path.stem for path in HERE.glob("*.py") if has_target.search(path.read_text("utf-8")))


def load_target(name: str) -> Callable[[bytes], None]:
    """The ``fuzz_one`` of a target."""
    fuzz_one: Callable[[bytes], None] = importlib.import_module(f"tests.fuzz.{name}").fuzz_one
    return fuzz_one


def seeds(name: str) -> list[Path]:
    """A target's seed files."""
    return sorted(path for path in (CORPUS / name).glob("*") if path.is_file())


def fuzz(name: str, seconds: int) -> None:
    """Runs a target under atheris; ends the process, with 0 only if nothing was found.

    New inputs go to a folder of their own and stay there for the next run; the seeds in the repository are only read.
    """
    try:
        import atheris
    except ImportError:
        sys.exit("Fuzzing needs atheris: install the extra 'fuzz' (Linux only).")
    with atheris.instrument_imports(include=["powerstream_desktop"]):
        target = load_target(name)
    work = Path(tempfile.gettempdir()) / "powerstream-fuzz" / name
    found, crashes = work / "found", work / "crashes"
    for folder in (found, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    options = [
        "-max_len=65536",
        "-timeout=1",
        "-rss_limit_mb=512",
        f"-max_total_time={seconds}",
        f"-artifact_prefix={crashes}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(found), str(CORPUS / name)], target)
    atheris.Fuzz()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.harness", description="Fuzzes one target.")
    parser.add_argument("target", choices=target_names())
    parser.add_argument("--seconds", type=int, default=60, help="how long to run (default: 60)")
    arguments = parser.parse_args()
    fuzz(arguments.target, arguments.seconds)


if __name__ == "__main__":
    main()
