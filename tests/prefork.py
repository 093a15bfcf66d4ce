"""Programs that start at once: a process that has imported everything forks one for each test.

What is heavy to import costs seconds of every test that starts the command; a fork of a process in
which it lies ready costs nothing. The fork is a session of its own with a terminal of its own, as
is a command that a shell starts; only its imports are older than it is.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import signal
import socket
import struct
import subprocess
import sys
import termios
import warnings
from contextlib import suppress
from pathlib import Path

from pexpect.fdpexpect import fdspawn

__all__ = ["Prefork", "Program"]

ROOT = Path(__file__).parent.parent
_IMPORTED = (
    *("assistant.cli", "assistant.app", "assistant.repl.conversation", "assistant.terminal.editor"),
    *("assistant.chats.store", "assistant.models.model", "assistant.models.named"),
    *("index.embed.local", "index.embed.openai_like", "index.vectors", "index.lexical"),
    *("llama_index.core", "chromadb", "onnxruntime", "tokenizers"),
)


class Prefork:
    """The process in which all is imported."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        # Threads of the numerical library would not be there after a fork.
        environ = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, __file__, str(theirs.fileno())]
        self._process = subprocess.Popen(
            command, env=environ, cwd=ROOT, pass_fds=[theirs.fileno()], start_new_session=True
        )
        theirs.close()

    def start(self, words, *, lines: int, columns: int, env, cwd) -> Program:
        """Starts the command with these words."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        told, tells = socket.socketpair()
        request = json.dumps({"words": list(words), "env": dict(env), "cwd": str(cwd)}).encode()
        socket.send_fds(self._ours, [struct.pack("I", len(request))], [slave, tells.fileno()])
        self._ours.sendall(request)
        os.close(slave)
        tells.close()
        return Program(master, told)

    def close(self) -> None:
        """Ends it; what it has started is not touched."""
        self._ours.close()
        self._process.wait()


class Program(fdspawn):
    """A program of which the terminal is ours, with what `pexpect.spawn` has for such."""

    def __init__(self, master: int, told: socket.socket) -> None:
        super().__init__(master, timeout=1, encoding="utf-8")
        self._told = told
        (self.pid,) = struct.unpack("i", _received(told, 4))
        self.exitstatus = self.signalstatus = None

    def isalive(self) -> bool:
        """Whether it has not ended yet."""
        return not self._ended(block=False)

    def wait(self) -> None:
        """Waits for its end."""
        self._ended(block=True)

    def _ended(self, *, block: bool) -> bool:
        if self.exitstatus is None and self.signalstatus is None:
            self._told.setblocking(block)
            try:
                (status,) = struct.unpack("i", _received(self._told, 4))
            except BlockingIOError:
                return False
            code = os.waitstatus_to_exitcode(status)
            self.exitstatus = code if code >= 0 else None
            self.signalstatus = -code if code < 0 else None
        return True

    def kill(self, number: int) -> None:
        """Sends it a signal."""
        os.kill(self.pid, number)

    def setwinsize(self, lines: int, columns: int) -> None:
        """Gives its terminal another size, of which it is told."""
        fcntl.ioctl(self.child_fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def getecho(self) -> bool:
        """Whether the terminal shows what is typed."""
        return bool(termios.tcgetattr(self.child_fd)[3] & termios.ECHO)

    def close(self) -> None:
        """Lets go of the terminal."""
        if not self.closed:
            super().close()
            self._told.close()


def _received(source: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = source.recv(count - len(data))
        if not piece:
            raise EOFError("the forking process has ended")
        data += piece
    return data


# in the process that forks


def _serve(asked: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that tell of an end
    while True:
        head, given, *_ = socket.recv_fds(asked, 4, 2)
        if not head:
            os._exit(0)
        slave, tells = given
        request = json.loads(_received(asked, struct.unpack("I", head)[0]))
        if os.fork() == 0:
            asked.close()
            _watch(request, slave, socket.socket(fileno=tells))
        os.close(slave)
        os.close(tells)


def _watch(request, slave: int, tells: socket.socket) -> None:
    """Forks the program, and tells its number and how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    number = os.fork()
    if number == 0:
        tells.close()
        _run(request, slave)
    os.close(slave)
    tells.sendall(struct.pack("i", number))
    _, status = os.waitpid(number, 0)
    with suppress(OSError):  # perhaps nobody wants to know any more
        tells.sendall(struct.pack("i", status))
    os._exit(0)


def _run(request, slave: int) -> None:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for number in (0, 1, 2):
        os.dup2(slave, number)
    os.close(slave)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - until the end
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - likewise
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - likewise
    if request["env"].get("PYTHONWARNINGS") == "default":
        warnings.simplefilter("default")
    from assistant.cli import main

    code = 1
    try:
        main(request["words"], prog_name="dateline")
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    from importlib import import_module

    for module in _IMPORTED:
        import_module(module)
    _serve(socket.socket(fileno=int(sys.argv[1])))
