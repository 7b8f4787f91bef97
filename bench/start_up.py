"""How long a whole command takes, against a floor measured in the same run: `python -c "import pydantic"`.

Run it with `.venv/bin/python bench/start_up.py`. Machines are noisy: the ratios of turn-by-turn pairs count.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = str(ROOT / "sample_designs" / "url_shortener.toml")
ROUNDS = 15
FLOOR = ["-c", "import pydantic"]
COMMANDS = {
    "tenfold --help": ["-m", "studio", "--help"],
    "tenfold check": ["-m", "studio", "check", SAMPLE],
    "tenfold estimate": ["-m", "studio", "estimate", SAMPLE],
    "tenfold export --to unicode": ["-m", "studio", "export", SAMPLE, "--to", "unicode"],
}


def seconds(arguments: list[str]) -> float:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    ratios: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(ROUNDS + 1):
        for name, command in COMMANDS.items():
            floor, whole = seconds(FLOOR), seconds(command)
            if turn:  # the first turn warms the caches
                times[name].append(whole)
                ratios[name].append(whole / floor)
    for name in COMMANDS:
        median, ratio = statistics.median(times[name]) * 1000, statistics.median(ratios[name])
        print(f"{name:<30}{median:7.0f} ms{ratio:8.2f} × import pydantic")


if __name__ == "__main__":
    main()
