"""Watches a screen or window by Qt Multimedia, as the engine would: Qt on the main thread, the rest beside it.

Run as a program: ``qt_viewer.py screen|window NAME``. Prints a line of JSON for each change of state or of the four corners'
colours, ends with stdin, and then tells what a picture cost.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from typing import Any

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.scene.sources import ScreenContent, TextContent, WindowContent
from powerstream_desktop.engine.sources.desktop_devices import list_capture_devices
from powerstream_desktop.engine.sources.held import HeldSource
from powerstream_desktop.engine.sources.qt_capture import QtCapture
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.sources.text import TextSource

FPS = 30
STEADY_PICTURES = 20


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def look(source: HeldSource) -> dict[str, Any]:
    frame = source.picture_at(0.0).frame
    pixels = frame.to_ndarray(format="rgb24")
    return {
        "state": source.snapshot.state.value,
        "cause": source.snapshot.cause,
        "size": [frame.width, frame.height],
        "corners": [pixels[y, x].tolist() for y in (0, -1) for x in (0, -1)],
    }


def read_to_the_end(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def watch(host: QtHost, kind: str, name: str) -> None:
    devices = list_capture_devices(host, {"XDG_SESSION_TYPE": "wayland"}, "linux")
    say(
        {
            "screens": [screen.name for screen in devices.screens],
            "windows": [w.title for w in devices.windows],
        }
    )
    text = TextSource(TextContent(text="Hello"), host, (320, 180))
    text.open()
    say({"text": text.picture_at(0.0).frame.format.name})
    content = WindowContent(title=name) if kind == "window" else ScreenContent(display=name)
    source = HeldSource(QtCapture(content, host, FPS), name, lambda sentence: say({"told": sentence}))
    try:
        source.open()
    except PowerStreamError as error:
        say({"refused": error.title})
    began_s, cpu_s, before = time.monotonic(), time.process_time(), source.delivered
    ended = threading.Event()
    threading.Thread(target=read_to_the_end, args=(ended,), daemon=True).start()
    seen: dict[str, Any] = {}
    is_steady = False
    while not ended.wait(0.1):
        now = look(source)
        if now != seen:
            seen = now
            say(now)
        if not is_steady and source.delivered >= STEADY_PICTURES:
            is_steady = True
            say({"steady": True})
    taken = source.delivered - before
    source.close()
    say(
        {
            "fps": taken / (time.monotonic() - began_s),
            "cpu_ms": 1000 * (time.process_time() - cpu_s) / max(1, taken),
        }
    )


def main(kind: str, name: str) -> None:
    host = QtHost("xcb")

    def run() -> None:
        try:
            watch(host, kind, name)
        finally:
            host.quit()

    thread = threading.Thread(target=run)
    thread.start()
    host.run()
    thread.join()
    say({"ended": True})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
