"""What the service has done with the media of replays: pictures and waveforms of them, and films that come from elsewhere."""
