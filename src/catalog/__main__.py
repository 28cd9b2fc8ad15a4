"""Rebuilds the reference facts from the sample data: python3 src/catalog [--data DIR] [--out DIR] [--quiet].

Prints every row that a guard refused, with the reason, and one line of counts for each file. docs/prices.md explains sources and guards.
"""

import sys

sys.dont_write_bytecode = True  # nothing but the reference files may appear in the source tree

import argparse
import csv
from pathlib import Path

import models
import offers

PROJECT = Path(__file__).resolve().parents[2]


def write(file, columns, rows):
    """Rows are dictionaries; sorted by their first columns, so that a refresh shows as a small diff."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main():
    parser = argparse.ArgumentParser(prog="python3 src/catalog", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=PROJECT.parent / "shared" / "data", help="folder with catalog/ and llm_prices/")
    parser.add_argument("--out", type=Path, default=PROJECT / "src/main/resources/io/aiaudit/store/reference")
    parser.add_argument("--quiet", action="store_true", help="counts only, not every refused row")
    arguments = parser.parse_args()
    if not (arguments.data / "catalog").is_dir():
        parser.error(f"{arguments.data} holds no folder catalog: name the sample data with --data DIR")

    refused = []
    by_provider = offers.build(arguments.data, refused)
    for provider, rows in by_provider.items():
        write(arguments.out / f"offers-{provider}.csv", offers.COLUMNS, rows)
    model_rows = models.build(arguments.data, refused)
    write(arguments.out / "models.csv", models.COLUMNS, model_rows)

    if not arguments.quiet:
        for line in sorted(refused):
            print("refused:", line)
    for provider, rows in by_provider.items():
        print(f"offers-{provider}.csv: {len(rows)} rows")
    print(f"models.csv: {len(model_rows)} rows")
    print(f"refused: {len(refused)} rows or prices")


main()
