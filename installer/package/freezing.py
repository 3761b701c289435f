"""Makes the program's folder: PyInstaller in an environment of its own, and what came of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from installer import environment
from installer.package.icon_files import icns_of, ico_of
from installer.package.needed_libraries import binaries_below
from installer.package.product import ICON, PROGRAM
from installer.steps import BootstrapError, run, step

SPEC = environment.ROOT / "installer" / "package" / "powerstream.spec"
DRAWING = environment.ROOT / "installer" / "package" / "draw_icons.py"
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Qt and PySide6": ("PySide6", "shiboken6"),
    "OpenCV": ("cv2", "opencv_python_headless.libs"),
    "FFmpeg and PyAV": ("av", "av.libs"),
    "NumPy": ("numpy", "numpy.libs"),
    "botocore": ("botocore", "boto3"),
    "our resources": ("powerstream_desktop",),
}


def draw_icons(folder: Path) -> None:
    """Write the icon in all sizes, and as Windows and macOS want it."""
    with step("Drawing the icons"):
        code, log = run([environment.VENV_PYTHON, "-I", DRAWING, ICON, folder])
        if code:
            raise BootstrapError("The icons could not be drawn.", log=log)
        pngs = {int(path.stem): path.read_bytes() for path in folder.glob("*.png")}
        (folder / "powerstream.ico").write_bytes(ico_of(pngs))
        (folder / "powerstream.icns").write_bytes(icns_of(pngs))


def freeze(build: Path) -> Path:
    """Return the folder with the program and all it needs, made anew."""
    dist, work = build / "dist", build / "work"
    shutil.rmtree(dist, ignore_errors=True)
    with step("Collecting the program and its libraries; takes two minutes or so"):
        places: list[str | Path] = ["--distpath", dist, "--workpath", work]
        how = ["--noconfirm", "--clean", "--log-level", "WARN"]
        code, log = run([environment.VENV_PYTHON, "-I", "-m", "PyInstaller", *how, *places, SPEC])
        build.joinpath("pyinstaller.log").write_text(log, encoding="utf-8")
        if code or not (dist / PROGRAM).is_dir():
            raise BootstrapError("PyInstaller could not make the program's folder.", log=log)
    strip(dist / PROGRAM)
    return dist / PROGRAM


def strip(program: Path) -> None:
    """Take from Python and from its modules what only debuggers read, a tenth of the folder; libraries of others stay as they came."""
    if shutil.which("strip") is None:
        return
    with step("Taking away what only debuggers read"):
        modules = [path for path in binaries_below(program) if is_pythons(path.name)]
        code, log = run(["strip", "--strip-debug", *modules])
        if code:
            raise BootstrapError("The program's modules could not be stripped.", log=log)


def is_pythons(file_name: str) -> bool:
    """Return whether a library is Python's own, or a module that Python loads."""
    return any(fnmatch(file_name, pattern) for pattern in ("libpython3*", "*.abi3.so", "*.cpython-*.so"))


def weights_mb(sizes: Iterable[tuple[PurePosixPath, int]]) -> dict[str, float]:
    """Return how many MB each part of the program takes, the heaviest first.

    Args:
        sizes: each file's path below the program's folder, and its bytes.
    """
    weights = dict.fromkeys([*GROUPS, "Python and the rest"], 0.0)
    for path, size in sizes:
        inside = path.parts[1] if path.parts[0] == "_internal" and len(path.parts) > 1 else path.parts[0]
        group = next((name for name, tops in GROUPS.items() if inside in tops), "Python and the rest")
        weights[group] += size / 1e6
    return dict(sorted(weights.items(), key=lambda item: -item[1]))


def sizes_below(folder: Path) -> list[tuple[PurePosixPath, int]]:
    """Return the files below a folder with their sizes in bytes; what is linked counts nothing."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    return [(PurePosixPath(path.relative_to(folder).as_posix()), path.stat().st_size) for path in files]


def say_weights(folder: Path) -> None:
    """Print what the program's folder weighs."""
    weights = weights_mb(sizes_below(folder))
    parts = ", ".join(f"{name} {weight:.0f}" for name, weight in weights.items())
    print(f"The program's folder has {sum(weights.values()):.0f} MB: {parts}.", flush=True)
