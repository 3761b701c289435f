"""The typed HTTP client of the service for the window, the command line and scripts."""
