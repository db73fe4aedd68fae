"""The whole pipeline: prepare, vocabulary, teacher, tokens, train, export, evaluate.

Every step leaves its result in work/ and is skipped when that is there; a stopped run goes on
where it was. `--data` is the training material, `--evaluation` the labelled queries beside it.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from common import HERE

STATIC = ["train.py", "--name", "static", "--steps", "2600", "--every", "400"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--evaluation", type=Path, help="default: ../eval beside the data")
    options = parser.parse_args()
    data = options.data.resolve()
    evaluation = (options.evaluation or data.parent / "eval").resolve()
    steps = [
        ["prepare.py", str(data), str(evaluation)],
        ["vocab.py"],
        ["teacher.py"],
        ["tokens.py"],
        STATIC,
        ["export.py", "--name", "static"],
        ["evaluate.py", str(evaluation), "--json", "work/figures.json"],
    ]
    for step in steps:
        print("==", *step, flush=True)
        subprocess.run([sys.executable, *step], cwd=HERE, check=True)


if __name__ == "__main__":
    main()
