"""Lets each system's own judge look at what is written for it: desktop file and metadata for Linux, the installer's script for Windows."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from installer.environment import ROOT
from installer.package.product import APP_ID, NAME, PROGRAM, Product
from installer.steps import BootstrapError, run, step

NSIS: Final = ROOT / "installer" / "windows" / "powerstream.nsi"


def check_for_desktops(share: Path) -> None:
    """Judge the desktop file and the metadata that have been laid out below a folder called share."""
    with step("Checking desktop file and metadata"):
        code, log = run(["desktop-file-validate", share / "applications" / f"{APP_ID}.desktop"])
        if code or log.strip():
            raise BootstrapError("The desktop file is not as desktops want it.", log=log)
        code, log = run(
            ["appstreamcli", "validate", "--no-net", share / "metainfo" / f"{APP_ID}.metainfo.xml"]
        )
        if code:
            raise BootstrapError("The metadata is not as software centres want it.", log=log)


def check_windows_installer(product: Product, icons: Path) -> None:
    """Compile the installer for Windows, around empty files: the program for it can be made on Windows only."""
    with (
        step("Compiling the installer for Windows, without a program"),
        tempfile.TemporaryDirectory(prefix="powerstream-") as folder,
    ):
        program, papers = Path(folder) / "program", Path(folder) / "papers"
        (program / "_internal").mkdir(parents=True)
        papers.mkdir()
        for file in (f"{NAME} Desktop.exe", f"{PROGRAM}.exe", "_internal/python3.dll"):
            (program / file).touch()
        (papers / "README.md").touch()
        out = Path(folder) / f"{NAME}-{product.version}-windows.exe"
        names = {
            "VERSION": product.version,
            "PROGRAM": program,
            "ICON": icons / "powerstream.ico",
            "PAPERS": papers,
        }
        defined = [f"-D{name}={text}" for name, text in {**names, "OUT": out}.items()]
        code, log = run(["makensis", "-V2", "-WX", *defined, NSIS])
        if code or not out.is_file():
            raise BootstrapError("The installer for Windows cannot be compiled.", log=log)
