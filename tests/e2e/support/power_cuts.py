"""What a power cut leaves on a disk: told from all that a process wrote, and from when it had the disk confirm that.

A disk may lose whatever it has not confirmed, in any combination: it writes in an order of its own. So a cut leaves, of each
file, what stood in it when it was last synchronised, and any of the pages that were written since. The shared memory beside a
database dies with the power.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_CALLS: Final = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename"
_LINE: Final = re.compile(r"(?P<at>[\d.]+) (?P<call>\w+)\((?P<rest>.*)\) += (?P<result>-?\d+)")
_FILE: Final = re.compile(r"\d+<(?P<path>[^>]*)>")
_TEXT: Final = re.compile(r'"(?P<hex>(?:\\x[0-9a-f]{2})*)"')
_LONGEST_WRITE: Final = 1 << 20
_STANDARD_OUTPUT: Final = "1<"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Something a process asked of its disk, or said.

    Attributes:
        at: seconds; grows.
        kind: name of the system call; ``said`` for what it printed.
        path: of the file.
        data: what was written.
        offset: where to, or the new length.
        target: the file's new name.
    """

    at: float
    kind: str
    path: Path = Path()
    data: bytes = b""
    offset: int = 0
    target: str = ""


@dataclass(slots=True)
class _File:
    durable: bytes | None = None
    pending: list[Call] = field(default_factory=list)

    def confirmed(self) -> None:
        content = bytearray(self.durable or b"")
        for call in self.pending:
            _apply(content, call)
        self.durable = bytes(content)
        self.pending.clear()

    def after_a_cut(self, chance: random.Random) -> bytes | None:
        """Return what is left of it; None if not even its name is."""
        if self.durable is None and chance.random() < 0.5:
            return None
        content = bytearray(self.durable or b"")
        for call in self.pending:
            if chance.random() < 0.5:
                _apply(content, call)
        return bytes(content)


def watch_writes(command: Sequence[str], *, cwd: Path, log: Path) -> None:
    """Run a command to its end, and leave in ``log.*`` what it asked of the disk."""
    watched = [
        *("strace", "-ff", "-qq", "-ttt", "-y", "-xx", "-s", str(_LONGEST_WRITE)),
        *("-e", f"trace={_CALLS}", "-e", "signal=none", "-o", str(log), *command),
    ]
    subprocess.run(watched, cwd=cwd, stdout=subprocess.DEVNULL, check=True)


def calls_of(log: Path, below: Path) -> list[Call]:
    """Return what was asked of the files in a folder, and what was said, in order."""
    found = [call for file in log.parent.glob(f"{log.name}.*") for call in _calls_in(file, below)]
    return sorted(found, key=lambda call: call.at)


def leave_after(calls: Sequence[Call], folder: Path, chance: random.Random) -> None:
    """Make the folder what a power cut behind these calls leaves of it."""
    files: dict[str, _File] = {}
    for call in calls:
        name = call.path.name
        match call.kind:
            case "openat":
                files.setdefault(name, _File())
            case "pwrite64" | "write" | "ftruncate":
                files.setdefault(name, _File()).pending.append(call)
            case "fsync" | "fdatasync":
                if name in files:
                    files[name].confirmed()
            case "unlink":
                files.pop(name, None)
            case "rename":
                files[call.target] = files.pop(name)
            case _:
                pass
    for name, file in files.items():
        content = file.after_a_cut(chance)
        if content is not None and not name.endswith("-shm"):
            (folder / name).write_bytes(content)


def _apply(content: bytearray, call: Call) -> None:
    if call.kind == "ftruncate":
        del content[call.offset :]
        content.extend(bytes(call.offset - len(content)))
        return
    content.extend(bytes(max(0, call.offset - len(content))))
    content[call.offset : call.offset + len(call.data)] = call.data


def _calls_in(file: Path, below: Path) -> Iterator[Call]:
    for line in file.read_text(encoding="ascii").splitlines():
        match = _LINE.match(line)
        if match is None or int(match["result"]) < 0:
            continue
        call = _call(float(match["at"]), match["call"], match["rest"])
        if call is not None and (call.kind == "said" or call.path.parent == below):
            yield call


def _call(at: float, kind: str, rest: str) -> Call | None:
    texts = [bytes.fromhex(each["hex"].replace("\\x", "")) for each in _TEXT.finditer(rest)]
    if kind == "write":
        # Through standard output it says what it has done; nothing else of a database is written this way.
        return Call(at=at, kind="said", data=texts[0]) if rest.startswith(_STANDARD_OUTPUT) else None
    if kind in {"openat", "unlink", "rename"}:
        return Call(at=at, kind=kind, path=Path(texts[0].decode()), target=Path(texts[-1].decode()).name)
    file = _FILE.match(rest)
    if file is None:
        return None
    path = Path(bytes.fromhex(file["path"].replace("\\x", "")).decode())
    offset = int(rest.rpartition(",")[2]) if kind in {"pwrite64", "ftruncate"} else 0
    return Call(at=at, kind=kind, path=path, data=texts[0] if texts else b"", offset=offset)
