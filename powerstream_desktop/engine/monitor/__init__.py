"""What the user hears of the mixer: played by a process of its own, so that a dead loudspeaker costs nothing on air."""
