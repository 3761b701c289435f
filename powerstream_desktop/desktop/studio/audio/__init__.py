"""The mixer's half of the studio page: one strip per channel, what stands behind it, and how loud the program is."""
