"""The virtual environment: exactly what a lock file pins, and this source tree, importable and with its command."""

from __future__ import annotations

import base64
import hashlib
import json
import locale
import os
import re
import shutil
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from installer.steps import BootstrapError, run, step

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("POWERSTREAM_VENV") or ROOT / ".venv").absolute()
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "powerstream-bootstrap.json"
RUNTIME_LOCK = ROOT / "installer" / "requirements.lock"
DEV_LOCK = ROOT / "installer" / "requirements-dev.lock"
VENV_BYTES = 1_500_000_000


def install_environment(lock: Path) -> None:
    """Bring ``VENV`` to what ``lock`` and the project's metadata say; costs nothing when it is there already."""
    lock_digests = {path.name: _digest(path.read_bytes()) for path in (lock, RUNTIME_LOCK)}
    project = project_files()
    wanted = {
        **lock_digests,
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "project": _digest(json.dumps(project, sort_keys=True).encode()),
    }
    have = _stamp()
    if have.get("python") != wanted["python"] or not _venv_works():
        have = {}
        with step("Making the virtual environment"):
            make_venv()
    if {**have, **wanted} == have:
        return
    STAMP.unlink(missing_ok=True)  # an interruption from here on is noticed next time
    if any(have.get(name) != digest for name, digest in lock_digests.items()):
        with step(f"Installing Python packages from {lock.name}; the first time takes a minute or two"):
            install_lock(lock)
    with step("Linking the project"):
        install_project(project)
    # The development lock holds all of the runtime lock, so ``run`` after ``test`` installs nothing.
    _write_stamp({**have, **wanted})


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _stamp() -> dict[str, str]:
    try:
        content = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write_stamp(content: Mapping[str, str]) -> None:
    new = STAMP.with_suffix(".new")
    new.write_text(json.dumps(content, indent=1), encoding="utf-8")
    new.replace(STAMP)


def _venv_works() -> bool:
    if not VENV_PYTHON.exists():
        return False
    try:
        return run([VENV_PYTHON, "-I", "-c", "import pip"])[0] == 0
    except OSError:  # of another machine, or another processor
        return False


def make_venv() -> None:
    """Make ``VENV`` anew; refuse to empty a folder that never was a virtual environment."""
    marker = (
        VENV / ".powerstream-venv"
    )  # a folder that was interrupted before venv wrote its own file is ours too
    if VENV.is_dir() and any(VENV.iterdir()):
        if not (marker.exists() or (VENV / "pyvenv.cfg").exists()):
            raise BootstrapError(
                f"{VENV} holds something else than a virtual environment; set POWERSTREAM_VENV to another folder.",
                code=2,
            )
        shutil.rmtree(VENV)
    VENV.mkdir(parents=True, exist_ok=True)
    marker.touch()
    free = shutil.disk_usage(VENV).free
    if free < VENV_BYTES:
        raise BootstrapError(
            f"The disk is too full: the packages need {VENV_BYTES / 1e9:.1f} GB, {free / 1e9:.1f} GB are free."
        )
    code, log = run([sys.executable, "-m", "venv", VENV])
    if code:
        raise BootstrapError(f"Python could not make a virtual environment in {VENV}.", log=log)


def pip(*arguments: str | Path) -> tuple[int, str]:
    """Run the virtual environment's pip, undisturbed by the user's PYTHONPATH."""
    return run([VENV_PYTHON, "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments])


def install_lock(lock: Path) -> None:
    """Install exactly what ``lock`` pins: wheels only, so that nothing is compiled and no foreign setup code runs."""
    # One that was for this system before may share its files with the one that took its place: both kinds of OpenCV do.
    others = names_for_other_systems(lock.read_text(encoding="utf-8"))
    code, log = pip("uninstall", "--yes", *others) if others else (0, "")
    if code:
        raise BootstrapError(_why_pip_failed(log), log=log)
    exactly = ["--require-hashes", "--no-deps", "--only-binary", ":all:"]
    code, log = pip("install", "--progress-bar", "off", "--no-compile", *exactly, "-r", lock)
    if code:
        raise BootstrapError(_why_pip_failed(log), log=log)


def names_for_other_systems(lock: str, platform: str = sys.platform) -> list[str]:
    """Return the packages that a lock names for other systems than this one."""
    named = re.findall(r"^(\S+)==\S+ ; sys_platform (==|!=) '(\w+)' \\$", lock, re.MULTILINE)
    return [name for name, sign, system in named if (system == platform) != (sign == "==")]


def _why_pip_failed(log: str) -> str:
    if "No space left" in log:
        return "The disk is full: the Python packages cannot be installed."
    if "DO NOT MATCH THE HASHES" in log:
        return "A downloaded package is not the one the lock file pins: nothing was installed."
    if any(
        sign in log
        for sign in ("NewConnectionError", "NameResolutionError", "Name or service", "timed out", "Retrying")
    ):
        return "The Python packages cannot be downloaded: check the network, then start again."
    if "No matching distribution" in log:
        return "A pinned Python package does not exist for this system or cannot be reached: see the lines above."
    return "pip could not install the Python packages."


def project_files() -> dict[str, str]:
    """Return the files of a wheel that makes this source tree importable and gives it its ``powerstream`` command.

    Written by hand because the usual way needs setuptools and several seconds for the same five files (PEP 427, 660).
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"].replace("-", "_"), project["version"]
    info = f"{name}-{version}.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {project['name']}", f"Version: {version}"]
    metadata += [f"Requires-Python: {project['requires-python']}"]
    metadata += [f"Requires-Dist: {requirement}" for requirement in project["dependencies"]]
    scripts = [f"{script} = {target}" for script, target in project["scripts"].items()]
    return {
        f"{name}.pth": f"{ROOT}\n",
        f"{info}/METADATA": "\n".join([*metadata, ""]),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: powerstream\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "\n".join(["[console_scripts]", *scripts, ""]),
    }


def install_project(files: Mapping[str, str]) -> None:
    """Install the wheel made of ``files``, and check that the lock file satisfies pyproject.toml."""
    info = next(name for name in files if name.endswith("/METADATA")).split("/")[0]
    # Python reads .pth files in the locale's encoding.
    contents = {
        name: text.encode(
            locale.getpreferredencoding(do_setlocale=False) if name.endswith(".pth") else "utf-8"
        )
        for name, text in files.items()
    }
    record = [f"{name},sha256={_record_digest(data)},{len(data)}" for name, data in contents.items()]
    contents[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""]).encode()
    with tempfile.TemporaryDirectory(prefix="powerstream-") as folder:
        wheel = Path(folder) / f"{info[: -len('.dist-info')]}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for name, data in contents.items():
                archive.writestr(name, data)
        code, log = pip("install", "--no-index", "--no-deps", "--force-reinstall", wheel)
    if code:
        raise BootstrapError("pip could not link the project into the virtual environment.", log=log)
    code, log = pip("check")
    if code:
        raise BootstrapError("The lock file does not satisfy pyproject.toml.", log=log)


def _record_digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
