"""Screens the reference workload in Spark, and compares every verdict with those of the program alone.

`spark.py 1000000` screens so many rows; the program must be an optimised build. Also checks that a partition fails
where the program fails, loses a row, or has other rules than the driver.
"""

import os
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import PROGRAM, ROOT, missing

try:
    import pyarrow.csv
    import pyspark
    from pyspark.sql import SparkSession
except ImportError:
    missing("pyspark")

sys.path.insert(0, str(ROOT / "integrations/spark"))
from candidacy_spark import ScreeningError, screen

BENCH = ROOT / "benches/reference"
RULES = str(BENCH / "pack.yaml")
DAY = "2026-11-20"
FLAGS = [word for answer in ["radiation_last_date=never", "isotretinoin_last_date=never",
                             "botox_or_filler_last_date=never", "medications=none"] for word in ["--assume", answer]]
COLUMNS = ["date_of_birth", "active_acne", "eczema_or_psoriasis", "open_wounds", "skin_infection", "radiation_last_date",
           "keloid_history", "isotretinoin_last_date", "medications", "pregnant", "bleeding_disorder", "diabetes",
           "immunosuppressed", "cold_sores", "sunburn", "botox_or_filler_last_date"]
OURS = ["verdict", "reasons", "undecided", "eligible_from", "problem", "doubts"]


def as_program(folder, name, script):
    """A program that stands for the real one."""
    path = Path(folder) / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def alone(table, out):
    """The program by itself, on as many threads as Spark has tasks; gives the seconds."""
    began = time.monotonic()
    words = [PROGRAM, "--rules", RULES, "batch", table, "-o", out, "--columns", "verdict", "--as-of", DAY,
             "--allow-unreadable", "--jobs", "2", *FLAGS]
    subprocess.run(words, check=True, capture_output=True)
    return time.monotonic() - began


def compared(expected, frame):
    """Compares row by row; `frame` is in the order of the table."""
    strings = {name: pyarrow.string() for name in ["patient_id", *OURS]}
    read = pyarrow.csv.read_csv(
        expected, parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(column_types=strings, strings_can_be_null=True, null_values=[""]))
    assert frame.num_rows == read.num_rows, (frame.num_rows, read.num_rows)
    frame, read = frame.sort_by("patient_id"), read.sort_by("patient_id")
    for name in strings:
        same = frame.column(name).cast(pyarrow.string()).combine_chunks().equals(read.column(name).combine_chunks())
        assert same, f"{name} differs"
    return read.num_rows


def fails(df, program, **more):
    """That a job with this program fails, and why."""
    try:
        screen(df, columns=COLUMNS, as_of=DAY, rules=RULES, flags=FLAGS, program=program, **more).count()
    except Exception as why:
        told = [line.split("ScreeningError: ")[1] for line in str(why).splitlines() if "ScreeningError: " in line]
        assert told, why
        return told[0][:150]
    raise AssertionError(f"{program} should have failed")


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
             .config("spark.ui.showConsoleProgress", "false")
             .config("spark.driver.memory", "2g").getOrCreate())
    spark.sparkContext.setLogLevel("OFF")
    with tempfile.TemporaryDirectory() as folder:
        table, expected = f"{folder}/patients.csv", f"{folder}/verdicts.csv"
        with open(table, "wb") as file:
            subprocess.run([sys.executable, str(BENCH / "generate.py"), str(rows)], stdout=file, check=True)
        df = spark.read.csv(table, header=True, multiLine=True, escape='"', quote='"')
        df.repartition(8).write.parquet(f"{folder}/patients.parquet")
        df = spark.read.parquet(f"{folder}/patients.parquet")
        seconds = alone(table, expected)
        began = time.monotonic()
        df.write.format("noop").mode("overwrite").save()
        reading = time.monotonic() - began
        began = time.monotonic()
        done = screen(df, columns=COLUMNS, as_of=DAY, program=PROGRAM, rules=RULES, flags=FLAGS, ship=True)
        done.select("patient_id", *OURS).write.parquet(f"{folder}/verdicts.parquet")
        in_spark = time.monotonic() - began
        frame = spark.read.parquet(f"{folder}/verdicts.parquet").toArrow()
        count = compared(expected, frame)
        print(f"{count} rows, every verdict is the same; Spark {pyspark.__version__}, pyarrow {pyarrow.__version__}")
        print(f"the program alone {seconds:.2f} s; Spark, read and written as Parquet, {in_spark:.2f} s, "
              f"of which reading alone {reading:.2f} s")

        empty = screen(df.limit(0), columns=COLUMNS, as_of=DAY, program=PROGRAM, rules=RULES, flags=FLAGS)
        assert empty.count() == 0
        # The driver screens no row, so that only the workers meet what is wrong.
        begun = 'start=$(head -c 5000; echo .); start=${start%.}'
        many = '[ ${#start} -gt 4000 ]'
        real = f'(printf %s "$start"; cat) | "{PROGRAM}" "$@"'
        other = f"{folder}/other.yaml"
        Path(other).write_text(Path(RULES).read_text().replace("pack: {id: ", "pack: {id: other-"))
        for what, script in [
            ("is killed", f"{begun}; {many} && kill -9 $$; {real}"),
            ("reads a part", f'head -c 5000 | "{PROGRAM}" "$@"'),
            ("loses a row", f"{begun}; {real} | sed 1000d"),
            ("has other rules", f'{begun}; if {many}; then shift 2; set -- --rules "{other}" "$@"; fi; {real}'),
        ]:
            print(f"a program that {what}: {fails(df, as_program(folder, 'wrong', script))}")
        try:
            screen(df, columns=["patient_id"], as_of=DAY, program=PROGRAM, rules=RULES, flags=FLAGS)
        except ScreeningError as why:
            print("columns that answer nothing:", str(why)[:150])
    spark.stop()


main()
