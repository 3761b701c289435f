"""The store of a station's replays: one port, two adapters (S3 and a folder), and the set-up test."""
