"""The keeper: a small process that starts the service, and starts it again when it dies (ADR 0015)."""
