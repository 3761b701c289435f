"""The command line: one module per command, which wires the parts and prints what they report."""
