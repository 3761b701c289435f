"""A broadcast: relay, recording and destinations, wired and run as one."""
