"""The published snapshot: embedded store, search index and manifest, swapped in atomically."""
