"""Makes the ``.deb``: everything below ``/opt/powerstream``, one command, and what a desktop or a server wants to know."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from installer.environment import ROOT
from installer.package.product import APP_ID, ICON, PROGRAM, Product
from installer.steps import BootstrapError, run, step

HOME: Final = Path("opt") / PROGRAM
LINUX: Final = ROOT / "installer" / "linux"
UNITS: Final = ROOT / "installer" / "systemd"
"""For servers; installed and not enabled, so that a desktop starts nothing."""
RECOMMENDS: Final = (
    "gnome-keyring | kwalletmanager | keepassxc",
    "pipewire-pulse | pulseaudio",
    "xdg-desktop-portal",
)
"""For keys that are kept, for sound, and for hotkeys and screens under Wayland; without them PowerStream says what it cannot do."""
SMALL: Final = ("-Zzstd", "-z9")
"""As small as may be without waiting for minutes. Every Debian and Ubuntu whose C library is new enough for us can unpack it."""
QUICK: Final = ("-Zzstd", "-z1")
_ICON_SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def control_text(product: Product, *, architecture: str, depends: Sequence[str], installed_kb: int) -> str:
    """Return the file that tells Debian what the package is."""
    return (
        f"Package: {PROGRAM}\n"
        f"Version: {product.version}\n"
        f"Architecture: {architecture}\n"
        f"Maintainer: {product.authors} <maintainers@powerstream.invalid>\n"
        f"Installed-Size: {installed_kb}\n"
        f"Depends: {', '.join(depends)}\n"
        f"Recommends: {', '.join(RECOMMENDS)}\n"
        "Section: video\n"
        "Priority: optional\n"
        "Description: desktop broadcaster for every platform at once\n"
        " PowerStream captures camera, screen and sound, encodes once, and relays the\n"
        " stream to every platform and to a recording on your disk. One platform's\n"
        " trouble never touches another one, and a light per platform tells the truth.\n"
    )


def lay_out(tree: Path, product: Product, *, program: Path, papers: Path, icons: Path) -> None:
    """Put every file of the package where it will be installed, below ``tree``.

    Args:
        tree: a folder that does not exist yet.
        product: the release.
        program: the program's folder.
        papers: licence texts, list of third parties, list of parts.
        icons: the icon as PNGs, named by size.
    """
    shutil.copytree(program, tree / HOME, symlinks=True)
    command = tree / "usr" / "bin" / PROGRAM
    command.parent.mkdir(parents=True)
    command.symlink_to(f"/{HOME.as_posix()}/{PROGRAM}")
    share = tree / "usr" / "share"
    _copy(LINUX / f"{APP_ID}.desktop", share / "applications")
    metainfo = (LINUX / f"{APP_ID}.metainfo.xml").read_text(encoding="utf-8")
    (share / "metainfo").mkdir(parents=True)
    (share / "metainfo" / f"{APP_ID}.metainfo.xml").write_text(
        metainfo.replace("@VERSION@", product.version).replace("@DATE@", product.built_on), encoding="utf-8"
    )
    hicolor = share / "icons" / "hicolor"
    _copy(ICON, hicolor / "scalable" / "apps", f"{APP_ID}.svg")
    for size in _ICON_SIZES:
        _copy(icons / f"{size}.png", hicolor / f"{size}x{size}" / "apps", f"{APP_ID}.png")
    for unit in UNITS.glob("*.service"):
        _copy(unit, tree / "usr" / "lib" / "systemd" / "system")
    documents = share / "doc" / PROGRAM
    shutil.copytree(papers, documents)
    _copy(LINUX / "copyright", documents)
    _write_changelog(documents / "changelog.gz", product)
    for folder, _, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder) / name
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _copy(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


def _write_changelog(file: Path, product: Product) -> None:
    text = (ROOT / "CHANGELOG.md").read_bytes()
    with gzip.GzipFile(file, "wb", compresslevel=9, mtime=product.built_at_s) as packed:
        packed.write(text)


def make_deb(
    tree: Path, product: Product, *, depends: Sequence[str], folder: Path, packing: Sequence[str] = SMALL
) -> Path:
    """Pack what ``lay_out`` has laid out; return the package's file.

    Args:
        tree: what was laid out.
        product: the release.
        depends: what it depends on.
        folder: where the file goes.
        packing: how, in dpkg-deb's words.
    """
    architecture = run(["dpkg", "--print-architecture"])[1].strip()
    file = folder / f"{PROGRAM}_{product.version}_{architecture}.deb"
    about = tree / "DEBIAN"
    shutil.rmtree(about, ignore_errors=True)
    weight = sum(path.lstat().st_size for path in tree.rglob("*"))
    about.mkdir()
    control = control_text(product, architecture=architecture, depends=depends, installed_kb=weight // 1024)
    (about / "control").write_text(control, encoding="utf-8")
    for name in ("preinst", "prerm"):
        _copy(LINUX / "refuse_while_running.sh", about, name)
        (about / name).chmod(0o755)
    with step(f"Packing {file.name}"):
        code, log = run(
            ["dpkg-deb", "--build", "--root-owner-group", *packing, tree, file],
            environment={"SOURCE_DATE_EPOCH": str(product.built_at_s)},
        )
    if code:
        raise BootstrapError("dpkg-deb could not make the package.", log=log)
    return file
