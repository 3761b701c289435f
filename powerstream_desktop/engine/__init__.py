"""The engine process: capture, compose, mix, encode once, publish to the relay over loopback RTMP."""
