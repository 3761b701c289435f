"""RTMP, AMF and FLV without any I/O: bytes and the time go in, events and bytes come out."""
