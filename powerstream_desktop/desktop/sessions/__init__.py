"""The broadcasts that were: a history, a report of each, and the report as a file. What is shown is computed by pure functions."""
