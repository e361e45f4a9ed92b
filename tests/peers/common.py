"""What the scripts share: the program, and how to leave when a judge is missing."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("CANDIDACY", str(ROOT / "target/debug/candidacy"))
RULES = {"built-in": [], "asked": ["--rules", str(ROOT / "tests/forms/exported/asked.yaml")]}


def run(*words, **more):
    """What the program prints."""
    done = subprocess.run([PROGRAM, *words], capture_output=True, check=False, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stderr.decode()}")
    return done.stdout


def as_json(*words):
    """The same as JSON."""
    return json.loads(run(*words))


def missing(package):
    """Says how to install a judge, and leaves."""
    print(f"skipped: {package} is not installed; see tests/peers/README.md")
    sys.exit(0)
