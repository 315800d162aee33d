"""Run one benchmark by name: `python -m tests.benchmark training`."""

import argparse
import sys
from importlib import import_module

# Name on the command line, and the module of this package whose `main()` runs it: it prints
# a Markdown table and returns whether every target was met.
BENCHMARKS = {
    "training": "training",
    "rows": "rows",
    "page": "page",
    "cold": "cold",
    "theory": "theory",
    "autograd": "autograd",
    "viewers": "viewers",
    "faults": "faults",
    "largest": "largest",
}


def main() -> int:
    """Run the benchmark named on the command line; 0 if every target was met, 1 if not."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("name", choices=BENCHMARKS)
    parser.add_argument("--no-fail", action="store_true", help="exit with 0 whatever was measured")
    options = parser.parse_args()
    module = import_module(f"tests.benchmark.{BENCHMARKS[options.name]}")
    met = module.main()
    return 0 if met or options.no_fail else 1


if __name__ == "__main__":
    sys.exit(main())
