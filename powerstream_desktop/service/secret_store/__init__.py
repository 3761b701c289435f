"""Where stream keys, tokens and passwords are kept: the system's keyring, a file sealed with a passphrase, or this run only."""
