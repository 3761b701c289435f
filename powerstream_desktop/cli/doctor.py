"""``powerstream doctor``: looks at devices, encoders, keyring, ports, disk, certificates and the cloud, and says what to do.

Exit code 0 when there is no problem; warnings do not count, as a server rightly has neither a screen nor a sound system.
"""

from __future__ import annotations

import json
import os
import sys

import click

from powerstream_desktop.cli.doctor_cloud import cloud_check
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.service.doctor.check import Examined, Level
from powerstream_desktop.service.doctor.doctor import Doctor


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(as_json: bool) -> None:
    """Look at everything a broadcast needs from this computer, and say what to do.

    Each camera, sound device and encoder is really tried, so this takes ten seconds, longer if one of them hangs. The exit code
    is 0 if there is no problem; warnings do not count.
    """
    paths = Paths.from_environment(os.environ)
    doctor = Doctor(paths, [cloud_check(paths)])
    if as_json:
        from powerstream_desktop.cli.doctor_json import doctor_object

        examined = list(doctor.examine())
        click.echo(json.dumps(doctor_object(examined, doctor.gathered)))
    else:
        examined = _told(doctor)
    sys.exit(1 if any(each.level is Level.PROBLEM for each in examined) else 0)


def _told(doctor: Doctor) -> list[Examined]:
    """Print each answer as it comes."""
    from rich.console import Console

    from powerstream_desktop.cli.doctor_lines import examined_lines, self_test_table, verdict_line

    in_a_pipe = not sys.stdout.isatty()
    console = Console(highlight=False)
    examined = []
    for each in doctor.examine():
        examined.append(each)
        for line in examined_lines(each):
            console.print(line, soft_wrap=in_a_pipe)
    if doctor.gathered.self_test:
        console.print(self_test_table(doctor.gathered.self_test))
    console.print(verdict_line(examined), soft_wrap=in_a_pipe)
    return examined
