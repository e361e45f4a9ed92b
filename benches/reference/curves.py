#!/usr/bin/env python3
"""How the cost of a batch grows: curves.py [-n ROUNDS] [--most ROWS] [--only rows,rules,columns,medicines] -> Markdown

Generates tables and packs (made up; the same on every machine), screens them on one thread, and prints one table for
each curve. CPU seconds are the kernel's accounting of the finished program, the least of several runs: load from
elsewhere can only add to it. What a table of one row costs (mostly reading the rules) is shown apart and left out of
the cost of a row. Standard library only; the release build of this repository is measured, or $CANDIDACY.
"""
import argparse
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BINARY = os.environ.get("CANDIDACY") or os.path.join(HERE, "../../target/release/candidacy")
ASSUMED = ["radiation_last_date=never", "isotretinoin_last_date=never", "botox_or_filler_last_date=never", "medications=none"]
PACK = """format: candidacy/1
pack: {id: curve, version: 1.0.0, title: Curve, status: draft, owner: Nobody, review_by: 2027-11-20}
sources:
  - {id: MADE-UP, cite: Made up to measure speed, publisher: Nobody, year: 2026, url: "https://example.org/curve", strength: opinion}
"""
RULE = "why: Made up., sources: [MADE-UP]"


def cpu(pack, table, flags):
    """User and system seconds of one run."""
    command = [BINARY, "--rules", pack, "batch", table, "--columns", "verdict", "--as-of", "2026-11-20", "--jobs", "1"]
    process = subprocess.Popen(command + flags, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 4):
        sys.exit(said)
    return used.ru_utime + used.ru_stime


def peak(pack, table, flags):
    """Peak resident MiB, where /usr/bin/time can tell."""
    if not os.path.exists("/usr/bin/time"):
        return None
    command = ["/usr/bin/time", "-q", "-f", "%M", BINARY, "--rules", pack, "batch", table, "--columns", "verdict", "--as-of", "2026-11-20"]
    said = subprocess.run(command + flags, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False).stderr
    return int(said.split()[-1]) / 1024


def point(rounds, pack, table, rows, flags=()):
    """CPU seconds, those of one row, and nanoseconds for each row."""
    with open(table, "rb") as whole, tempfile.NamedTemporaryFile() as short:
        short.write(b"".join(whole.readline() for _ in range(2)))
        short.flush()
        start = min(cpu(pack, short.name, list(flags)) for _ in range(rounds))
    total = min(cpu(pack, table, list(flags)) for _ in range(rounds))
    return total, start, (total - start) / rows * 1e9


def show(title, head, lines):
    print(f"\n{title}\n\n| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for line in lines:
        print("| " + " | ".join(line) + " |", flush=True)


def figures(total, start, each):
    return [f"{total:.3f}", f"{start:.3f}", f"{each:.0f}"]


def rows(a, folder):
    """The reference workload, over and over."""
    table = os.path.join(folder, "rows.csv")
    block = min(a.most, 1_000_000)
    made = subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), str(block)], stdout=subprocess.PIPE, check=True).stdout
    heading, body = made.split(b"\n", 1)
    flags = [flag for one in ASSUMED for flag in ("--assume", one)]
    pack, lines, count = os.path.join(HERE, "pack.yaml"), [], 10_000
    # The first so many rows end before this one begins; ids tell where.
    start_of = lambda row: body.index(b"\nP%08d," % (row + 1)) + 1 if row < block else len(body)
    while count <= a.most:
        with open(table, "wb") as out:
            out.write(heading + b"\n")
            for _ in range(count // block):
                out.write(body)
            if count < block:
                out.write(body[:start_of(count)])
        found = point(a.n if count <= block else 2, pack, table, count, flags)
        memory = peak(pack, table, flags)
        lines.append([f"{count:,}"] + figures(*found) + ["" if memory is None else f"{memory:.0f}"])
        count *= 10
    os.remove(table)
    show("Rows of the reference workload", ["rows", "CPU s", "of it for one row", "ns a row", "peak MiB, all threads"], lines)


def made_up(folder, name, questions, rule_count, count):
    """A pack of so many yes-no questions and rules that read two of them each, and a table for it."""
    rng = random.Random(20261120)
    pack, table = os.path.join(folder, name + ".yaml"), os.path.join(folder, name + ".csv")
    with open(pack, "w", encoding="utf-8") as out:
        out.write(PACK + "questions:\n")
        for q in range(questions):
            out.write(f"  - {{id: q{q}, ask: \"Is number {q} so?\", type: yes-no}}\n")
        out.write("rules:\n")
        for r in range(rule_count):
            when = f"[q{r % questions} is yes, q{(r * 7 + 1) % questions} is {'yes' if r % 2 else 'no'}]"
            grade = ("precaution", "relative", "absolute")[r % 3]
            out.write(f"  - {{id: rule-{r}, grade: {grade}, when: {when}, {RULE}}}\n")
    with open(table, "w", encoding="utf-8") as out:
        out.write("patient," + ",".join(f"q{q}" for q in range(questions)) + "\n")
        for p in range(count):
            answers = rng.choices(("no", "yes", "No"), (95, 2, 3), k=questions)
            out.write(f"P{p}," + ",".join(answers) + "\n")
    return pack, table


def rules(a, folder):
    lines = []
    for number in (10, 30, 100, 300, 1000):
        pack, table = made_up(folder, f"rules{number}", 20, number, a.block)
        lines.append([f"{number:,}", f"{number / 10:.0f}"] + figures(*point(a.n, pack, table, a.block)))
    show(f"Rules over 20 columns, {a.block:,} rows", ["rules", "of them read each column", "CPU s", "of it for one row", "ns a row"], lines)


def columns(a, folder):
    lines = []
    for number in (10, 20, 40, 80, 160):
        pack, table = made_up(folder, f"columns{number}", number, number, a.block)
        found = point(a.n, pack, table, a.block)
        lines.append([f"{number:,}"] + figures(*found) + [f"{found[2] / number:.1f}"])
    show(f"Columns, as many rules, {a.block:,} rows", ["columns read", "CPU s", "of it for one row", "ns a row", "ns a cell"], lines)


def medicines(a, folder):
    lines = []
    for number in (100, 300, 1000, 3000, 10_000):
        rng = random.Random(number)
        letters = "abcdefghiklmnoprstuvxz"
        names = sorted({"".join(rng.choices(letters, k=rng.randint(7, 12))) + "in" for _ in range(number * 11 // 10)})
        rng.shuffle(names)
        names = names[:number]
        pack, table = os.path.join(folder, "medicines.yaml"), os.path.join(folder, "medicines.csv")
        with open(pack, "w", encoding="utf-8") as out:
            out.write(PACK + "groups:\n")
            for g in range(10):
                members = ", ".join(f"{{name: {name}}}" for name in names[g::10])
                out.write(f"  - {{id: group-{g}, members: [{members}]}}\n")
            out.write("questions: [{id: taken, ask: What do you take?, type: medicines}]\nrules:\n")
            for g in range(10):
                out.write(f"  - {{id: rule-{g}, grade: relative, when: taken include group-{g}, {RULE}}}\n")
        with open(table, "w", encoding="utf-8") as out:
            out.write("patient,taken\n")
            for p in range(a.block):
                taken = (f"{rng.choice(names).capitalize()} {rng.choice((5, 10, 20, 50))} mg" for _ in range(rng.randint(1, 3)))
                out.write(f"P{p},{'; '.join(taken)}\n")
        lines.append([f"{number:,}"] + figures(*point(a.n, pack, table, a.block)))
    show(f"Medicines known, one to three in each of {a.block:,} rows, nearly all lists different", ["names", "CPU s", "of it for one row", "ns a row"], lines)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("-n", type=int, default=5, help="runs of which the quickest counts")
    ap.add_argument("--most", type=int, default=10_000_000, help="the most rows of the first curve")
    ap.add_argument("--block", type=int, default=100_000, help="the rows of the other curves")
    ap.add_argument("--only", default="rows,rules,columns,medicines")
    a = ap.parse_args()
    known = {"rows": rows, "rules": rules, "columns": columns, "medicines": medicines}
    with tempfile.TemporaryDirectory() as folder:
        for name in a.only.split(","):
            known[name](a, folder)


main()
