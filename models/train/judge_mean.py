"""The mean of two checkpoints' weights: that which training began with (`start.pt`) and that which it reached."""

import argparse

import torch

from judge_start import HOME


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", default="judge")
    parser.add_argument("--share", type=float, default=0.7, help="of the checkpoint that was reached")
    options = parser.parse_args()
    before = torch.load(HOME / "start.pt", weights_only=False)["model"]
    reached = torch.load(HOME / f"{options.name}.pt", weights_only=False)
    reached["model"] = {k: before[k] * (1 - options.share) + v * options.share for k, v in reached["model"].items()}
    torch.save(reached, HOME / "mean.pt")


if __name__ == "__main__":
    main()
