"""Which of the files that PyInstaller has found go into the package. Pure: it judges names.

PyInstaller collects too much: all of Qt's plugins that exist for a module, every service that botocore knows, and libraries of the
system that it was built on, which must not stand before those of the system it runs on (an old libstdc++ breaks newer graphics drivers).
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Final

QT_PLUGINS: Final = (
    "iconengines/*svgicon*", "imageformats/*qico*", "imageformats/*qjpeg*", "imageformats/*qgif*", "imageformats/*qsvg*",
    "imageformats/*qwebp*", "multimedia/*", "platforminputcontexts/*compose*", "platforminputcontexts/*ibus*", "platforms/*qcocoa*",
    "platforms/*qoffscreen*", "platforms/*qwayland*", "platforms/*qwindows*", "platforms/*qxcb*", "platformthemes/*xdgdesktopportal*",
    "wayland-*-client/*", "wayland-shell-integration/*", "xcbglintegrations/*",
)  # fmt: skip
"""Those of use: an X11 or Wayland desktop, Windows, macOS; pictures that people have; films. Not GTK's theme, which would bring all of
GTK; no screens without a desktop, printers, databases, web, sensors."""
QT_LIBRARIES_LEFT_OUT: Final = (
    "*Qt6EglF[Ss]*",
    "*Qt6Pdf*",
    "*Qt6Sql*",
    "*Qt6VirtualKeyboard*",
    "*Qt6WebEngine*",
)
"""What only plugins need that are left out. Not Qml and Quick: the plugin that plays films names them, though it draws nothing with them."""
QT_TRANSLATIONS: Final = ("qtbase_de.qm",)
"""Words of Qt's own dialogs, in the languages that the window speaks; English needs none."""
BOTOCORE_SERVICES: Final = ("s3",)
PYTHONS_OWN: Final = (
    "libpython3*", "libssl.so*", "libcrypto.so*", "libsqlite3.so*", "libffi.so*", "libexpat.so*", "liblzma.so*", "libbz2.so*",
    "libz.so*", "libuuid.so*", "libmpdec.so*", "libncursesw.so*", "libtinfo.so*", "libreadline.so*",
)  # fmt: skip
"""Libraries of the system that the modules of Python were built with: their names differ between systems, so they travel along."""
_SYSTEM_FOLDERS: Final = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/", "/usr/local/lib/")
_ELSEWHERE: Final = ("/site-packages/", "/dist-packages/", "/python3")
_LINK: Final = "SYMLINK"
MODULES_LEFT_OUT: Final = (
    "IPython", "PySide6.QtMultimediaWidgets", "PySide6.QtQml", "PySide6.QtQuick", "_tkinter", "curses", "doctest", "ensurepip",
    "idlelib", "lib2to3", "markdown_it", "mdurl", "numpy.f2py", "pip", "pydoc_data", "pygments", "readline", "setuptools", "test", "tkinter", "turtle", "wheel",
)  # fmt: skip


def wanted_entries(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return those of PyInstaller's entries (destination, source, kind) that go into the package; a link goes with what it leads to.

    The source of a link is what stands in it: a path from the link's own folder.
    """
    entries = list(entries)
    kept = {
        name.replace("\\", "/") for name, source, kind in entries if kind != _LINK and is_wanted(name, source)
    }
    return [
        (name, source, kind)
        for name, source, kind in entries
        if (_target(name, source) if kind == _LINK else name.replace("\\", "/")) in kept
    ]


def _target(name: str, source: str) -> str:
    return normpath((PurePosixPath(name.replace("\\", "/")).parent / source.replace("\\", "/")).as_posix())


def is_wanted(destination: str, source: str) -> bool:
    """Return whether a file belongs into the package.

    Args:
        destination: where PyInstaller would put it, below the program's folder.
        source: where it lies on this computer.
    """
    name = PurePosixPath(destination.replace("\\", "/"))
    if "PySide6" in name.parts:
        return _is_wanted_of_qt(name)
    if name.parts[0] in ("botocore", "boto3") and "data" in name.parts:
        return _is_wanted_of_amazon(name)
    return not is_left_to_the_system(name.name, source)


def is_left_to_the_system(file_name: str, source: str) -> bool:
    """Return whether a library comes with the system that the package is installed on."""
    from_system = source.startswith(_SYSTEM_FOLDERS) and not any(part in source for part in _ELSEWHERE)
    return from_system and not any(fnmatch(file_name, pattern) for pattern in PYTHONS_OWN)


def _is_wanted_of_qt(name: PurePosixPath) -> bool:
    parts = name.parts
    if "plugins" in parts:
        plugin = "/".join(parts[parts.index("plugins") + 1 :])
        return any(fnmatch(plugin, pattern) for pattern in QT_PLUGINS)
    if "translations" in parts:
        return name.name in QT_TRANSLATIONS
    return not any(fnmatch(name.name, pattern) for pattern in QT_LIBRARIES_LEFT_OUT)


def _is_wanted_of_amazon(name: PurePosixPath) -> bool:
    inside = name.parts[name.parts.index("data") + 1 :]
    return len(inside) == 1 or inside[0] in BOTOCORE_SERVICES
