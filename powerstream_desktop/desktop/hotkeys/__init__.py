"""Keys that are heard while another program has the focus: what they do, and how each system lets a program listen."""
