"""The cloud VOD store: object storage, upload state machine and synchronisation."""
