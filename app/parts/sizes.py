"""Sizes of files for people."""


def in_words(size: int) -> str:
    """`318 bytes`, `12.4 kB`, `3.1 MB` (powers of 1,000)."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
