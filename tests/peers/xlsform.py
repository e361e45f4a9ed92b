"""Converts the XLSForm with pyxform, and lets ODK Validate look at it where there is Java."""

import shutil
import tempfile
from pathlib import Path

from common import RULES, missing, run

try:
    from pyxform.xls2xform import convert
except ImportError:
    missing("pyxform")


def main():
    java = shutil.which("java") is not None
    if not java:
        print("ODK Validate is not asked: there is no Java")
    with tempfile.TemporaryDirectory() as folder:
        for name, rules in RULES.items():
            path = Path(folder) / f"{name}.xlsx"
            run(*rules, "questionnaire", "--format", "xlsform", "-o", str(path))
            result = convert(path, validate=java)
            assert not result.warnings, result.warnings
            print(f"{name}: an XLSForm of {len(result.xform)} bytes as XForm")


main()
