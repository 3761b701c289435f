"""What the doctor found, as one JSON object, with field names like those of the HTTP API (DESIGN 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from powerstream_desktop.service.doctor.check import Examined, Level
from powerstream_desktop.service.doctor.doctor import Gathered


def doctor_object(examined: Sequence[Examined], gathered: Gathered) -> dict[str, Any]:
    """Return the whole examination. ``devices`` is null and ``selfTest`` empty where there was no answer."""
    return {
        "type": "doctor",
        "ok": all(each.level is not Level.PROBLEM for each in examined),
        "checks": [
            {
                "area": each.area,
                "level": verdict.level.value,
                "sentence": verdict.sentence,
                "remedy": verdict.remedy,
                "tookMs": each.took_ms,
            }
            for each in examined
            for verdict in each.verdicts
        ],
        "devices": _devices(gathered),
        "selfTest": [
            {
                "encoder": line.encoder,
                "width": line.width,
                "height": line.height,
                "fps": line.fps,
                "processorShare": line.processor_share,
                "holds": line.holds,
            }
            for line in gathered.self_test
        ],
    }


def _devices(gathered: Gathered) -> dict[str, Any] | None:
    devices = gathered.devices
    if devices is None:
        return None
    return {
        "screens": [asdict(screen) for screen in devices.screens],
        "windows": len(devices.windows),
        "cameras": [asdict(camera) for camera in devices.cameras],
        **{
            name: [{"id": each.id, "name": each.name, "isDefault": each.is_default} for each in listed]
            for name, listed in (
                ("microphones", devices.microphones),
                ("desktopSounds", devices.desktop_sounds),
                ("outputs", devices.outputs),
            )
        },
    }
