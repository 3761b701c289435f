"""Walks the folder that is a store by key, without holding more than one folder's names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from powerstream_desktop.cloud.object_store.folder_names import segment_of


def listed_files(root: Path, prefix: str, after: str) -> Iterator[tuple[str, os.stat_result]]:
    """Give keys and states of the plain files that are objects, by key; other files, and links, are passed over.

    Raises:
        OSError: a folder cannot be read.
    """
    yield from _below(root, "", prefix, after)


def _below(folder: Path, base: str, prefix: str, after: str) -> Iterator[tuple[str, os.stat_result]]:
    for key, entry in _by_key(folder, base):
        if not (key.startswith(prefix) or prefix.startswith(key)):
            continue
        if key.endswith("/"):
            if key > after or after.startswith(key):
                yield from _below(Path(entry.path), key, prefix, after)
        elif key.startswith(prefix) and key > after:
            try:
                yield key, entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # another device has removed it since


def _by_key(folder: Path, base: str) -> list[tuple[str, os.DirEntry[str]]]:
    """Return what a folder holds, in the order of the keys: a folder sorts as if its name ended with a slash."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                segment = segment_of(entry.name)
                if segment is None or entry.is_symlink():
                    continue
                if entry.is_dir(follow_symlinks=False):
                    found.append((f"{base}{segment}/", entry))
                elif entry.is_file(follow_symlinks=False):
                    found.append((base + segment, entry))
    except FileNotFoundError:
        if not base:
            raise
        return []  # another device has removed the last file in it, and it with it
    return sorted(found, key=lambda each: each[0])
