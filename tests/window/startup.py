#!/usr/bin/python3
"""How long a start takes until a person can press something: the app beside a bare Tauri window.

    startup.py APP BARE

Both are watched in the same way, through accessibility, from the start of the process to the first thing in the page that
can be pressed. Prints one JSON number. Runs at a desk with a screen: `cargo xtask bench` lays it.
"""

import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from screen import Atspi, frame, walk  # noqa: E402

STARTS = 7
PRESSED = ("push button", "link", "button")


def interactive(title):
    """Whether the window with this title shows something that can be pressed."""
    for node in walk(frame(title)):
        try:
            states = node.get_state_set()
            if node.get_role_name() in PRESSED and states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.SENSITIVE):
                return True
        except Exception:
            continue
    return False


def start(command, title):
    """Seconds from the start of the process to the first interactive screen."""
    with tempfile.TemporaryDirectory(prefix="grantway-start-") as folder:
        command = [part.replace("{folder}", folder) for part in command]
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            while not interactive(title):
                if process.poll() is not None:
                    raise SystemExit(f"{command[0]} ended before its window could be used")
                if time.monotonic() - began > 60:
                    raise SystemExit(f"{command[0]} shows nothing that can be pressed after a minute")
                time.sleep(0.01)
            return time.monotonic() - began
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(15)


def main():
    app, bare = sys.argv[1:3]
    commands = [([app, "--practice", "--data", "{folder}"], "Grantway"), ([bare], "Bare window")]
    # The first start of each fills the disk's cache and is not counted.
    times = [[start(command, title) for _ in range(STARTS + 1)][1:] for command, title in commands]
    value, ideal = (round(statistics.median(each) * 1000, 1) for each in times)
    print(json.dumps({"name": "start to first interactive screen", "value": value, "unit": "ms", "ideal": ideal, "ratio": round(value / ideal, 3)}))


if __name__ == "__main__":
    main()
