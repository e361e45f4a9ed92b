#!/usr/bin/env python3
"""compare.py EXPECTED OURS: every verdict of ours against reference.py's, row by row.

Rows that ours calls unreadable must be rows with a malformed or future date, which reference.py counts as unknown.
"""
import csv
import sys

WORDS = {"defer": "deferred", "needs-dermatologist": "dermatologist-review"}
rows = differ = unreadable = 0
with open(sys.argv[1], newline="") as expected, open(sys.argv[2], newline="") as ours:
    for theirs, own in zip(csv.DictReader(expected), csv.DictReader(ours), strict=True):
        rows += 1
        assert theirs["patient_id"] == own["patient_id"], "the order differs"
        if own["verdict"] == "unreadable":
            unreadable += 1
            assert "unknown" in theirs["reasons"], theirs
        elif WORDS.get(theirs["verdict"], theirs["verdict"]) != own["verdict"]:
            differ += 1
            print(theirs, own)
print(f"{rows} rows, {differ} differ, {unreadable} unreadable")
sys.exit(differ > 0)
