#!/usr/bin/env python3
"""What the start of the program costs, beside /bin/true: CPU time of whole processes, in turn.

usage: start.py [-n RUNS] [PROGRAM]...

Without a program it is ../target/release/candidacy. Each command and /bin/true run in turn. `least` is the least CPU
time of all runs: other work on the machine can only add to it. `ratio` is the median of the ratios of neighbours.
"""

import argparse
import os
import statistics
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# A patient with nothing unusual, and medicines of the pack and of the lexicon.
ANSWERS = """\
date_of_birth: 1990-04-12
concerns: acne-scars
area: face
device: standard
acne: clear
skin_conditions: none
skin_today: none
sunburn: never
infections: none
cold_sores: never
keloid: no
medicines: losartan 50 mg, amoxicillin 500 mg, Tylenol
isotretinoin: never
pregnancy: no
health: none
blood_infection: no
allergies: none
"""


def cpu(command, out):
    """CPU milliseconds of one run."""
    actions = [(os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, out, 2)]
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    # A patient who is not eligible, or of whom something is not known, ends with another code.
    if code not in (0, 3, 4, 5):
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    return 1000 * (usage.ru_utime + usage.ru_stime)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=200, help="runs of each command")
    parser.add_argument("programs", nargs="*", default=[str(ROOT / "target/release/candidacy")])
    args = parser.parse_args()
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as answers, open(os.devnull, "w") as null:
        answers.write(ANSWERS)
        answers.flush()
        screen = ["screen", "--as-of", "2026-11-20", "--answers", answers.name]
        rules = ["--rules", str(ROOT / "rules/microneedling")]
        commands = {
            "--version": ["--version"],
            "one patient": screen,
            "one patient, --rules rules/microneedling": [*rules, *screen],
            "one patient, --rules rules/examples/studio.yaml": ["--rules", str(ROOT / "rules/examples/studio.yaml"), *screen],
        }
        print("| command | least ms | median ms | more than /bin/true, least ms | ratio |")
        print("|---|---|---|---|---|")
        for program in args.programs:
            for name, words in commands.items():
                pairs = [(cpu([program, *words], null.fileno()), cpu(["/bin/true"], null.fileno())) for _ in range(args.n)]
                own, true = zip(*pairs[5:])
                ratio = statistics.median(a / b for a, b in pairs[5:])
                label = name if len(args.programs) == 1 else f"{Path(program).name} {name}"
                print(f"| {label} | {min(own):.2f} | {statistics.median(own):.2f} | {min(own) - min(true):.2f} | {ratio:.1f} |", flush=True)


if __name__ == "__main__":
    main()
