"""Where the packaged program begins, in whatever role its first argument names."""

import os
import sys

from powerstream_desktop.cli.main import main

# PyInstaller's bootloader has told the loader where our libraries are, which is read once. Programs of others that we start, such as a
# browser, would be given our libraries instead of their own; our own next role is to begin as if it were the first.
if sys.platform == "linux":
    said_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if said_before is not None:
        os.environ["LD_LIBRARY_PATH"] = said_before
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
if sys.platform == "darwin":
    # Where OpenSSL looks for trusted certificates lies in the folder of the Python that the app was made with.
    import certifi

    os.environ.setdefault("SSL_CERT_FILE", certifi.where())

main()
