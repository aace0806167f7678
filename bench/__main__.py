"""Run the benches named on the command line, or all: ``python -m bench announcement``."""

import sys

from bench import site

if __name__ == "__main__":
    with site.standing():
        from bench.runner import run

        sys.exit(run(sys.argv[1:]))
