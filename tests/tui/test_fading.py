"""A terminal that is closed keeps nobody waiting."""

import io
import threading

from textual.drivers._writer_thread import WriterThread

from studio.tui.terminal.fading import Fading


class Gone(io.StringIO):
    """A terminal that was closed."""

    def write(self, text: str) -> int:
        raise OSError(5, f"Input/output error at {len(text)} characters")


def test_more_than_a_queue_is_written_to_a_closed_terminal_and_nobody_waits() -> None:
    thread = WriterThread(Fading(Gone()))  # type: ignore[arg-type]  # it is a file as far as it is used as one
    thread.start()

    def work() -> None:
        for _ in range(100):
            thread.write("frame")
        thread.stop()

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(5)
    assert not worker.is_alive()


def test_an_open_terminal_gets_everything() -> None:
    file = io.StringIO()
    fading = Fading(file)
    assert fading.write("frame") == 5
    fading.flush()
    assert file.getvalue() == "frame"
    assert fading.isatty() is False
