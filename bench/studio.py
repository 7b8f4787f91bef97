"""How fast the studio is on the screen, at each key and on the wire, beside a hello-world Textual program.

Run it with `.venv/bin/python bench/studio.py`. Every round starts each program once in a pseudo-terminal of 120×40, one
after the other, so a busy machine slows all of them; ratios are to the hello-world program of the same rounds. «First»
is when 5 % of the final screen's text is there, «complete» when 98 % are; «known» is a design that was opened before,
unchanged. Keys are ↓ and ↑ on the canvas, then Escape; bytes are what a key makes the program write. A real terminal
adds its own drawing, SSH its round trip.
"""

import argparse
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from fcntl import ioctl
from pathlib import Path
from typing import NamedTuple

import pyte

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.diagrams.graphs import layered

ROOT = Path(__file__).resolve().parents[1]
COLUMNS, LINES = 120, 40
HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("Hello, world")
Hello().run()
"""
QUIET, LONGEST = 1.5, 30.0
"""Seconds without a byte after which a start is over, and after which nobody waits any longer."""
PAUSE = 0.08
"""Seconds of quiet that end the answer to a key; the fields of a selection come when it has rested a little longer."""


class Start(NamedTuple):
    """One start: seconds until the first and until nearly all text was there, bytes written, CPU seconds, memory."""

    first: float
    complete: float
    bytes: int
    cpu: float
    megabytes: float


class Answer(NamedTuple):
    """One key: seconds until the last byte of its answer, and how many bytes came."""

    seconds: float
    bytes: int


class Program:
    """A program in a pseudo-terminal, and what its screen shows."""

    def __init__(self, command: Sequence[str], state: Path) -> None:
        self.began = time.perf_counter()
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TENFOLD_STATE": str(state)}
            own = {name: value for name, value in env.items() if name not in ("COLUMNS", "LINES")}
            os.execvpe(command[0], list(command), own)  # noqa: S606 (the programs are ours)
        ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.ByteStream(self.screen)

    def parts(self, quiet: float, longest: float) -> Iterator[tuple[float, bytes]]:
        """What it writes, with the time since its start, until it is quiet."""
        until = time.perf_counter() + longest
        while time.perf_counter() < until:
            if not select.select([self.handle], [], [], quiet)[0]:
                return
            try:
                data = os.read(self.handle, 65_536)
            except OSError:
                return
            self._answer(data)
            self.stream.feed(data)
            yield time.perf_counter() - self.began, data

    def _answer(self, data: bytes) -> None:
        """What a terminal says when it is asked for itself."""
        for asked, answer in (
            (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
            (b"\x1b[c", b"\x1b[?62c"),
            (b"\x1b[6n", b"\x1b[1;1R"),
        ):
            if asked in data:
                os.write(self.handle, answer)

    def text(self) -> list[str]:
        return [character for line in self.screen.display for character in line]

    def started(self) -> Start:
        """Waits until the start is over."""
        seen, total = [], 0
        for moment, data in self.parts(QUIET, LONGEST):
            total += len(data)
            seen.append((moment, self.text()))
        final = self.text()
        wanted = [place for place, character in enumerate(final) if character != " "]

        def reached(share: float) -> float:
            return next(m for m, text in seen if sum(text[p] == final[p] for p in wanted) >= share * len(wanted))

        return Start(reached(0.05), reached(0.98), total, self.cpu(), self.memory())

    def key(self, key: bytes) -> Answer:
        """Presses a key and waits for its answer."""
        pressed = time.perf_counter()
        os.write(self.handle, key)
        last, total = pressed, 0
        for moment, data in self.parts(PAUSE, 2.0):
            last, total = self.began + moment, total + len(data)
        return Answer(last - pressed, total)

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)


def large(count: int) -> str:
    """A design of so many boxes."""
    outline = layered(count, labels=True)
    lines = ["format = 1", "[design]", f'name = "{count} boxes"', "[requirements.scale]"]
    lines += ["daily_active_users = 1_000_000", "requests_per_user_per_day = 20"]
    for place, box in enumerate(outline.boxes):
        kind = 'kind = "service"\ncapacity_rps = 500\ninstances = 4\nlatency = "20 ms"' if place else 'kind = "client"'
        lines += [f"[components.{box.id}]", f'name = "{box.name}"', kind]
    for number, link in enumerate(outline.links):
        lines += [f"[connections.l{number}]", f'from = "{link.source}"', f'to = "{link.target}"']
    return "\n".join(lines) + "\n"


def programs(folder: Path) -> dict[str, list[str]]:
    (folder / "hello.py").write_text(HELLO)
    found = {"hello": [sys.executable, str(folder / "hello.py")]}
    for name, text in {
        "sample": (ROOT / "sample_designs" / "url_shortener.toml").read_text("utf-8"),
        "400 boxes": large(400),
    }.items():
        path = folder / f"{name.replace(' ', '_')}.toml"
        path.write_text(text, "utf-8")
        found[f"{name}, new"] = found[f"{name}, known"] = [sys.executable, "-m", "studio", str(path)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each program is started")
    parser.add_argument("--keys", type=int, default=30, help="how many keys are pressed in each")
    asked = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.chdir(ROOT)
    starts: dict[str, list[Start]] = {}
    answers: dict[str, list[Answer]] = {}
    escapes: dict[str, list[Answer]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        commands = programs(folder)
        for number in range(asked.rounds):
            for name, command in commands.items():
                state = folder / ("state" if "known" in name else f"state-{number}-{len(starts)}-{name[:3]}")
                if "known" in name and number == 0:
                    _visit(command, state)
                program = Program(command, state)
                starts.setdefault(name, []).append(program.started())
                if name != "hello" and number == asked.rounds - 1:
                    keys = (b"\x1b[B", b"\x1b[A")
                    answers[name] = [program.key(keys[place % 2]) for place in range(asked.keys)]
                    escapes[name] = [program.key(key) for _ in range(8) for key in (b"\x1b[B", b"\x1b")][1::2]
                program.end()
    _show(starts, answers, escapes)


def _visit(command: Sequence[str], state: Path) -> None:
    program = Program(command, state)
    program.started()
    program.end()


def _show(starts: dict[str, list[Start]], answers: dict[str, list[Answer]], escapes: dict[str, list[Answer]]) -> None:
    floor = statistics.median(start.complete for start in starts["hello"])
    heads = (
        ("first", 16),
        ("complete", 16),
        ("CPU s", 8),
        ("KB", 7),
        ("MB", 6),
        ("key p50/p95 ms", 17),
        ("bytes/key", 14),
    )
    print(" " * 18 + "".join(f"{text:>{wide}}" for text, wide in (*heads, ("Esc ms", 9))))
    for name, rows in starts.items():
        first, complete = (statistics.median(getattr(row, part) for row in rows) for part in ("first", "complete"))
        line = f"{name:<18}" + "".join(
            f"{f'{value * 1000:.0f} ms {value / floor:.2f}×':>16}" for value in (first, complete)
        )
        line += (
            f"{statistics.median(row.cpu for row in rows):>8.2f}{rows[-1].bytes / 1000:>7.1f}{rows[-1].megabytes:>6.0f}"
        )
        if found := [answer for answer in answers.get(name, []) if answer.bytes]:
            times = sorted(answer.seconds * 1000 for answer in found)
            sizes = sorted(answer.bytes for answer in found)
            half, most = len(times) // 2, int(len(times) * 0.95)
            line += f"{f'{times[half]:.0f} / {times[most]:.0f}':>17}{f'{sizes[half]} / {sizes[-1]}':>14}"
            line += f"{statistics.median(answer.seconds for answer in escapes[name] if answer.bytes) * 1000:>9.0f}"
        print(line)


if __name__ == "__main__":
    main()
