"""Screens the reference workload out of and into DuckDB with the files of `integrations/duckdb`, and compares every verdict.

`in_duckdb.py 1000000` screens so many rows; the program must be an optimised build.
"""

import os
import subprocess
import sys
import tempfile
import time

from common import PROGRAM, ROOT, missing

try:
    import duckdb
except ImportError:
    missing("duckdb")

BENCH = ROOT / "benches/reference"
SQL = ROOT / "integrations/duckdb"
WORDS = [PROGRAM, "--rules", str(BENCH / "pack.yaml"), "batch", "--columns", "verdict", "--as-of", "2026-11-20",
         "--allow-unreadable", *[word for answer in ["radiation_last_date=never", "isotretinoin_last_date=never",
                                                     "botox_or_filler_last_date=never", "medications=none"]
                                 for word in ["--assume", answer]]]


def screened(*words):
    subprocess.run([*WORDS, *words], check=True, capture_output=True)


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("table.csv", "wb") as file:
            subprocess.run([sys.executable, str(BENCH / "generate.py"), str(rows)], stdout=file, check=True)
        began = time.monotonic()
        screened("table.csv", "-o", "expected.csv")
        alone = time.monotonic() - began
        base = duckdb.connect("clinic.db")
        base.execute("CREATE TABLE patients AS FROM read_csv('table.csv', all_varchar = true, header = true, "
                     "quote = '\"', escape = '\"')")
        began = time.monotonic()
        base.execute((SQL / "before.sql").read_text())
        screened("patients.csv", "-o", "verdicts.csv", "--id", "candidacy_row")
        base.execute((SQL / "after.sql").read_text())
        seconds = time.monotonic() - began
        base.execute("CREATE TABLE expected AS FROM read_csv('expected.csv', all_varchar = true, header = true)")
        ours = "patient_id, verdict, reasons, undecided, eligible_from::VARCHAR, problem, doubts"
        differ = base.execute(f"SELECT count(*) FROM (SELECT {ours} FROM patients_screened EXCEPT ALL "
                              f"SELECT {ours} FROM expected)").fetchone()[0]
        count = base.execute("SELECT count(*) FROM patients_screened").fetchone()[0]
        assert (count, differ) == (rows, 0), (count, differ)
        print(f"{count} rows, every verdict is the same; DuckDB {duckdb.__version__}")
        print(f"the program alone {alone:.2f} s; out of DuckDB and back {seconds:.2f} s")
        lines = open("verdicts.csv", encoding="utf-8").readlines()
        with open("verdicts.csv", "w", encoding="utf-8") as file:
            file.writelines(lines[:10] + lines[11:])
        try:
            base.execute((SQL / "after.sql").read_text())
        except duckdb.Error as why:
            print("a verdict that is lost:", why)
        else:
            raise AssertionError("a lost verdict was not found")


main()
