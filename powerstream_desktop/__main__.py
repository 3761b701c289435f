"""``python -m powerstream_desktop``: the same as the ``powerstream`` command; how the processes start each other."""

from powerstream_desktop.cli.main import main

main()
