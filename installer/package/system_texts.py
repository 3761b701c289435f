"""What Windows and macOS show of a program: pure texts, written to no file here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from installer.package.product import NAME, PROGRAM, Product

_PRIVACY: Final = {
    "NSCameraUsageDescription": "PowerStream shows your camera in the broadcasts that you start.",
    "NSMicrophoneUsageDescription": "PowerStream lets your viewers hear you in the broadcasts that you start.",
    "NSLocalNetworkUsageDescription": "PowerStream takes in streams from your phone or encoder, and sends to servers in your network.",
    "NSDesktopFolderUsageDescription": "PowerStream reads the films and pictures that you choose.",
    "NSDocumentsFolderUsageDescription": "PowerStream reads the films and pictures that you choose.",
    "NSDownloadsFolderUsageDescription": "PowerStream reads the films and pictures that you choose.",
    "NSRemovableVolumesUsageDescription": "PowerStream records to the disk that you choose.",
}
"""Without a text, macOS ends the program that asks for the device. Screen capture has none: the system words its own question."""


def privacy_texts() -> Mapping[str, str]:
    """Return what macOS says when it asks the user for a device or folder, by the name in ``Info.plist``."""
    return _PRIVACY


def windows_version_text(product: Product) -> str:
    """Return the version resource of the program, in the words that PyInstaller reads."""
    numbers = [int(number) for number in re.findall(r"\d+", product.version)[:4]]
    four = tuple([*numbers, 0, 0, 0, 0][:4])
    strings = {
        "CompanyName": product.authors,
        "FileDescription": NAME,
        "FileVersion": product.version,
        "InternalName": PROGRAM,
        "LegalCopyright": f"{product.authors}; {product.licence}",
        "OriginalFilename": f"{PROGRAM}.exe",
        "ProductName": NAME,
        "ProductVersion": product.version,
    }
    table = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={four}, prodvers={four}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable('040904B0', [{table}])]), VarFileInfo([VarStruct('Translation', [0x0409, 1200])])],\n"
        ")\n"
    )
