"""FLV tag bodies, which are also the payloads of RTMP's audio, video and data messages (rtmp.md 2)."""
