"""Serve the example site: migrate, fill, then run the server beside what sends mail and what does things when they fall due."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]


def main() -> int:
    """Make the data, then serve unless told not to; return the exit code."""
    options = parse()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.demo")
    os.environ["KEINO_DEMO_ADDRESS"] = f"http://127.0.0.1:{options.port}"
    try:
        for command in (["migrate", "--verbosity", "0"], ["keino_demo"]):
            subprocess.run([*MANAGE, *command], check=True)
    except subprocess.CalledProcessError as error:
        return error.returncode
    if options.data_only:
        return 0
    return serve(options.port)


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data-only", action="store_true", help="stop before serving")
    return parser.parse_args()


def serve(port: int) -> int:
    """Run the server with the background's processes beside it; when one ends, or at Ctrl-C, all do."""
    commands = (
        ["runserver", "--noreload", f"127.0.0.1:{port}"],
        ["keino_send_mail", "--loop"],
        # Every ten seconds, so that a jump of the demonstration's clock is soon followed by its reminders.
        ["keino_due", "--loop", "--pause", "10"],
    )
    # Sessions of their own: Ctrl-C reaches this process only, which ends them in order.
    processes = [subprocess.Popen([*MANAGE, *command], start_new_session=True) for command in commands]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        print(f"The server or a process of the background ended by itself ({code})")
    except KeyboardInterrupt:
        code = 0
    finally:
        for process in processes:
            end(process)
    return code


def end(process: subprocess.Popen) -> None:
    """Ask the process to end, and make it after five seconds."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()


if __name__ == "__main__":
    sys.exit(main())
