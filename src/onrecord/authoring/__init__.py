"""Reads and writes the files that people edit, with the position of every value."""
