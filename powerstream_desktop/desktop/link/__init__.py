"""The window's way to the service: asks are errands on other threads, answers and news arrive on the window's thread."""
