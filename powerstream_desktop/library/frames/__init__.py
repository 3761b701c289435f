"""The frame server: a process of the window's own that gives the exact picture of any moment of a film.

What plays films for the window (Qt Multimedia) seeks, but steps no single picture, and decodes foreign files in the window's own
process. Here one film is open at a time, the pictures around the newest are kept decoded, and a picture is found by its time.
"""
