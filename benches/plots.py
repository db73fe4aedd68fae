"""Draws the figures of `yuanhua bench --json` and of `peers.py --json` as pictures (SVG), with nothing but Python.

    yuanhua bench --data LIBRARY --json > ours.json
    python benches/peers.py vectors/ --json peers.json
    python benches/plots.py ours.json peers.json --to FOLDER

Several files of either kind may be given; where two have the same figure, the later counts. The pictures:

- nearest-rate.svg: searches a second for the ten nearest on one core, against the number of vectors
- nearest-256.svg: milliseconds of a search for the 256 nearest on all cores, as a reply asks for them (ours only)
"""

import argparse
import json
import math
import os

COLOURS = ["#1b6ca8", "#c0392b", "#27864c", "#8e44ad", "#b9770e", "#555555", "#0e8f8f", "#a0522d"]
LEFT, TOP, WIDE, HIGH = 70, 20, 480, 300


def read(paths):
    """Lines of each picture: {name: {vectors: (value, recall)}}."""
    rate, median, late = {}, {}, {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
        if isinstance(found, list):
            for row in found:
                rate.setdefault(row["name"], {})[row["vectors"]] = (row["one"], row["recall"])
            continue
        for size in found["sizes"]:
            for kind in ["scan", "graph"]:
                of, count = size[kind], size["vectors"]
                if of is None:
                    continue
                rate.setdefault(f"yuanhua {kind}", {})[count] = (of["qps_one_core"], of["recall_at_10"])
                median.setdefault(f"{kind}, median", {})[count] = (of["many"]["p50_ms"], of["recall_at_256"])
                late.setdefault(f"{kind}, 99 of 100", {})[count] = (of["many"]["p99_ms"], of["recall_at_256"])
    return rate, median | late


def picture(lines, caption):
    """Lines over the number of vectors, both on logarithmic scales."""
    counts = sorted({count for line in lines.values() for count in line})
    values = [value for line in lines.values() for value, _ in line.values()]
    x0, x1 = math.log10(counts[0]), math.log10(counts[-1])
    y0, y1 = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    x = lambda count: LEFT + WIDE * (math.log10(count) - x0) / max(x1 - x0, 1e-9)
    y = lambda value: TOP + HIGH * (1 - (math.log10(value) - y0) / max(y1 - y0, 1))
    size = f'width="800" height="{TOP + HIGH + 50}"'
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">']
    out.append('<rect width="100%" height="100%" fill="white"/>')
    for power in range(y0, y1 + 1):
        at = y(10.0**power)
        label = f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
        out.append(f'<path d="M{LEFT} {at:.1f}h{WIDE}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{label}</text>')
    for count in counts:
        out.append(f'<text x="{x(count):.1f}" y="{TOP + HIGH + 20}" text-anchor="middle">{count:,}</text>')
    out.append(f'<text x="{LEFT + WIDE / 2}" y="{TOP + HIGH + 42}" text-anchor="middle">{caption}</text>')
    for at, (name, line) in enumerate(lines.items()):
        colour = COLOURS[at % len(COLOURS)]
        points = [(x(count), y(value)) for count, (value, _) in sorted(line.items())]
        path = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out.extend(f'<circle cx="{across:.1f}" cy="{down:.1f}" r="3.5" fill="{colour}"/>' for across, down in points)
        least = math.floor(min(recall for _, recall in line.values()) * 1000) / 1000
        label = f"{name} (recall ≥ {least:.3f})"
        out.append(f'<text x="{LEFT + WIDE + 14}" y="{TOP + 16 + 22 * at}" fill="{colour}">{label}</text>')
    return "\n".join(out + ["</svg>", ""])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("figures", nargs="+", help="what `yuanhua bench --json` or `peers.py --json` wrote")
    arguments.add_argument("--to", default=".", help="the folder for the pictures")
    arguments = arguments.parse_args()
    rate, many = read(arguments.figures)
    pictures = {
        "nearest-rate.svg": (rate, "vectors; searches a second on one core, ten nearest"),
        "nearest-256.svg": (many, "vectors; milliseconds for the 256 nearest on all cores"),
    }
    os.makedirs(arguments.to, exist_ok=True)
    for name, (lines, caption) in pictures.items():
        if lines:
            with open(os.path.join(arguments.to, name), "w", encoding="utf-8") as file:
                file.write(picture(lines, caption))


if __name__ == "__main__":
    main()
