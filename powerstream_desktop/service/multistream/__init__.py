"""MultistreamService: chooses where a broadcast goes, runs it as a session, and keeps what became of it."""
