"""The whole pipeline: prepare, vocabulary, teacher, tokens, train, export, evaluate.

Every step leaves its result in work/ and is skipped when that is there; a stopped run goes on
where it was. `--data` is the training material, `--evaluation` the labelled queries beside it.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from common import HERE

# What the shipped encoder was made with.
TAUGHT = "614400"
STATIC = ["train.py", "--name", "static", "--steps", "900", "--every", "300"]
STUDENT = ["train.py", "--name", "small", "--start", "start", "--width", "384", "--batch", "320", "--pairs", "192",
           "--kinds", *["parallel"] * 4, "pairs", "--rate", "1e-3", "--slow", "0.2", "--steps", "650", "--every", "100"]
LONGER = ["train.py", "--name", "longer", "--start", "small", "--width", "384", "--batch", "160", "--pairs", "112",
          "--kinds", "parallel", "pairs", "across", "pairs", "--rate", "8e-4", "--slow", "0.3", "--mean", "0.99",
          "--steps", "2400", "--every", "100"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--evaluation", type=Path, help="default: ../eval beside the data")
    parser.add_argument("--static", action="store_true", help="ship the static encoder, skip the transformer")
    options = parser.parse_args()
    data = options.data.resolve()
    evaluation = (options.evaluation or data.parent / "eval").resolve()
    steps = [
        ["prepare.py", str(data), str(evaluation)],
        ["lexicon.py"],
        ["vocab.py"],
        ["teacher.py", TAUGHT],
        ["tokens.py"],
        STATIC,
        *([] if options.static else [["start.py"], STUDENT, LONGER]),
        ["export.py", "--name", "static" if options.static else "longer"],
        ["evaluate.py", str(evaluation), "--json", "work/figures.json"],
    ]
    for step in steps:
        print("==", *step, flush=True)
        subprocess.run([sys.executable, *step], cwd=HERE, check=True)


if __name__ == "__main__":
    main()
