#!/usr/bin/env python3
"""From a bare machine to a running PowerStream in one command: ``python3 installer/bootstrap.py VERB``.

Three steps, each skipped when it is already done: the system's packages (Debian and Ubuntu), the virtual environment
``.venv`` (or ``POWERSTREAM_VENV``) with exactly what the lock file pins, and the verb itself. All of it uses nothing but
the standard library, because a bare Debian has a Python without ``venv`` and ``pip``. This file looks at the version
before it imports the rest, so that an old Python gets a sentence instead of a syntax error.
"""

import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)


def main() -> int:
    """Do what the command line says; return the exit code."""
    if sys.version_info < OLDEST_PYTHON:
        print(f"PowerStream needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        print("Start the same command with a newer python3.")
        return 2
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from installer.verbs import perform

    return perform(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
