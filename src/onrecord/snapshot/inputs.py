"""Which files a snapshot was built from, as one hash: tells whether it is older than its data."""

from hashlib import sha256
from pathlib import Path

from onrecord import resources

SUFFIXES = frozenset({".yaml", ".toml", ".ttl", ".rq", ".jsonl"})


def inputs_hash(data: Path) -> str:
    """SHA-256 over names and contents of the files of `data` and of the ontology (64 digits)."""
    digest = sha256()
    for root in (data, resources.ontology_dir()):
        for path in sorted(root.rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                content = sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(root)}\0{content}\n".encode())
    return digest.hexdigest()
