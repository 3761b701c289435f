"""The engine as the service has it: a process that is kept running, commanded and listened to."""
