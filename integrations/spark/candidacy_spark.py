"""Screens a DataFrame of Spark with the program `candidacy`: see README.md in this folder.

Each partition runs one process. It gets the rows as CSV with a running number in front, and gives a verdict for each
number. The numbers, their count, the exit code and the fingerprint of the rules are checked: a partition in which
one of them is wrong fails, and so the job fails.
"""

import datetime
import json
import os
import queue
import subprocess
import tempfile
import threading

import pyarrow as pa
import pyarrow.csv
from pyspark import SparkFiles
from pyspark.sql import types

NUMBER = "candidacy row"
PLAIN = (types.StringType, types.BooleanType, types.IntegralType, types.DecimalType, types.FloatType,
         types.DoubleType, types.DateType, types.NullType)


class ScreeningError(RuntimeError):
    """The program failed, or did not give one verdict for each row."""


def screen(df, *, columns=None, as_of=None, program="candidacy", rules=None, flags=(), ship=False):
    """Gives `df` with the columns that the program writes: `verdict`, `reasons`, `undecided`, `eligible_from` ...

    columns   the columns that hold answers; all when left out. Fewer columns are quicker.
    as_of     the planned day of treatment, a date or text as for `--as-of`; today, the same day on each worker, when left out.
    program   the path of the program, the same on each worker; with `ship`, the path on the driver.
    rules     the path of the rules; the built-in ones when left out.
    flags     other flags of `candidacy batch`, such as ["--map", "Keloids=keloid"].
    ship      copies the program and the rules to each worker.
    """
    columns = list(df.columns) if columns is None else list(columns)
    check_columns(df, columns)
    day = as_of or datetime.date.today()
    day = day.isoformat() if isinstance(day, datetime.date) else day
    on_driver = command(program, rules, day, flags)
    expected = dry_run(on_driver, columns)
    context = df.sparkSession.sparkContext
    # The workers need this file too.
    context.addPyFile(os.path.abspath(__file__))
    if ship:
        for path in filter(None, [program, rules]):
            context.addFile(os.path.abspath(path), recursive=os.path.isdir(path))

    def partition(batches):
        where = (lambda path: path and SparkFiles.get(os.path.basename(path))) if ship else (lambda path: path)
        on_worker = command(where(program), where(rules), day, flags)
        yield from screened(on_worker, columns, expected, batches)

    taken = [name for name in expected["columns"] if name in df.columns]
    if taken:
        raise ValueError(f"the DataFrame already has {taken}: rename these columns")
    fields = [types.StructField(name, types.StringType()) for name in expected["columns"]]
    return df.mapInArrow(partition, types.StructType(df.schema.fields + fields))


def check_columns(df, columns):
    """Refuses what cannot be sent without a change of its meaning."""
    schema = {field.name: field.dataType for field in df.schema.fields}
    if len(schema) != len(df.schema.fields):
        raise ValueError("two columns of the DataFrame have the same name: rename one")
    for name in columns:
        if name not in schema:
            raise ValueError(f"the DataFrame has no column `{name}`")
        if not isinstance(schema[name], PLAIN):
            raise ValueError(
                f"the column `{name}` has the type {schema[name].simpleString()}, which has no one text: "
                "cast a timestamp to a date in the time zone of the clinic, and join an array with `array_join(…, ';')`"
            )


def command(program, rules, day, flags):
    """The command line, without what differs between processes."""
    return [program, *(["--rules", rules] if rules else []), "batch", "-", "--columns", "verdict", "--id", NUMBER,
            "--as-of", day, "--delimiter", ",", "--encoding", "utf-8", "--jobs", "1", "--allow-unreadable", *flags]


def dry_run(words, columns):
    """Screens no row: finds wrong flags and columns before the job begins, and says what to expect of each worker."""
    with tempfile.TemporaryDirectory() as folder:
        summary = os.path.join(folder, "summary.json")
        heading = pa.table({name: pa.array([], pa.string()) for name in [NUMBER, *columns]})
        sink = pa.BufferOutputStream()
        pa.csv.write_csv(heading, sink)
        done = subprocess.run([*words, "--summary", summary], input=sink.getvalue().to_pybytes(), capture_output=True)
        if done.returncode != 0:
            raise ScreeningError(f"candidacy ended with {done.returncode}: {done.stderr.decode()}")
        ours = done.stdout.decode().strip().split(",")[1:]
        return {"columns": ours, **traced(summary)}


def traced(path):
    """What a summary says of the program and the rules."""
    with open(path, encoding="utf-8") as file:
        summary = json.load(file)
    return {"rules": summary["pack"]["fingerprint"], "tool": summary["tool"], "as_of": summary["as_of"]}


def screened(words, columns, expected, batches):
    """The batches of a partition, each with the columns of the program."""
    with tempfile.TemporaryDirectory() as folder:
        summary = os.path.join(folder, "summary.json")
        with open(os.path.join(folder, "stderr"), "w+b") as told:
            process = subprocess.Popen([*words, "--summary", summary], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=told)
            try:
                yield from exchanged(process, columns, expected["columns"], batches)
                code = process.wait()
                if code != 0:
                    told.seek(0)
                    # Nothing on standard error holds a name or an answer.
                    raise ScreeningError(f"candidacy ended with {code}: {told.read().decode(errors='replace')}")
            finally:
                process.kill()
                process.wait()
        found = traced(summary)
        wrong = {key: (found[key], expected[key]) for key in found if found[key] != expected[key]}
        if wrong:
            raise ScreeningError(f"this worker has other rules, or another program, than the driver: {wrong}")


def exchanged(process, columns, ours, batches):
    """Writes the batches to the process, and gives each once all its verdicts have come."""
    verdicts = queue.Queue()
    reader = threading.Thread(target=read, args=(process.stdout, ours, verdicts), daemon=True)
    reader.start()
    waiting, come, number, next_row, ended = [], [], 0, 0, False

    def take(block):
        nonlocal next_row, ended
        item = verdicts.get(block=block)
        if isinstance(item, Exception):
            raise ScreeningError("the verdicts cannot be read") from item
        if item is None:
            ended = True
            return
        numbers = item.column(0).to_pylist()
        if numbers != [str(row) for row in range(next_row, next_row + len(numbers))]:
            raise ScreeningError(f"a verdict is missing, or is not in its place, after row {next_row} of a partition")
        next_row += len(numbers)
        come.append(item)

    def complete():
        while waiting and sum(len(part) for part in come) >= waiting[0].num_rows:
            yield joined(waiting.pop(0), come, ours)

    heading = True
    try:
        for batch in batches:
            waiting.append(batch)
            write(process.stdin, batch, columns, number, heading)
            heading = False
            number += batch.num_rows
            while not verdicts.empty() and not ended:
                take(False)
            yield from complete()
        if heading:
            write(process.stdin, empty(columns), columns, 0, True)
        process.stdin.close()
    except BrokenPipeError:
        # The exit code says why.
        waiting = waiting or [None]
    while not ended:
        take(True)
    yield from complete()
    reader.join()
    if (waiting or next_row != number) and process.wait() == 0:
        raise ScreeningError(f"{number} rows went in and {next_row} came out")


def empty(columns):
    """A batch without rows."""
    return pa.RecordBatch.from_pydict({name: pa.array([], pa.string()) for name in columns})


def write(to, batch, columns, first, heading):
    """Writes rows as CSV, their numbers in front."""
    numbers = pa.array(range(first, first + batch.num_rows), pa.int64())
    arrays = [numbers, *(batch.column(name) for name in columns)]
    rows = pa.RecordBatch.from_arrays(arrays, names=[NUMBER, *columns])
    pa.csv.write_csv(rows, to, pa.csv.WriteOptions(include_header=heading))
    to.flush()


def read(stdout, ours, verdicts):
    """Puts what the process writes into the queue; at the end `None`, or what went wrong."""
    try:
        names = [NUMBER, *ours]
        convert = pa.csv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=True, null_values=[""])
        parse = pa.csv.ParseOptions(newlines_in_values=True)
        for part in pa.csv.open_csv(stdout, parse_options=parse, convert_options=convert):
            if part.schema.names != names:
                raise ScreeningError(f"the columns are {part.schema.names}, and not {names}")
            verdicts.put(part)
        verdicts.put(None)
    except pa.ArrowInvalid as why:
        # A program that fails writes nothing; its exit code says more.
        verdicts.put(None if "Empty CSV" in str(why) else why)
    except Exception as why:
        verdicts.put(why)


def joined(batch, come, ours):
    """A batch with the first of the verdicts that have come."""
    parts, missing = [], batch.num_rows
    while missing > 0:
        part = come.pop(0)
        parts.append(part.slice(0, missing))
        if len(part) > missing:
            come.insert(0, part.slice(missing))
        missing -= len(parts[-1])
    columns = list(batch.columns)
    for place, _ in enumerate(ours, 1):
        cells = [part.column(place) for part in parts]
        columns.append(pa.concat_arrays(cells) if cells else pa.array([], pa.string()))
    return pa.RecordBatch.from_arrays(columns, names=[*batch.schema.names, *ours])
