#!/usr/bin/python3
"""Drives the real clean-session window on an invisible display and prints `N passed, N failed`.

    /usr/bin/python3 tests/window/run.py [--binary target/debug/grantway] [--only WORD] [--pictures FOLDER]

The binary is a build with the feature `probe`:  cargo build -p grantway --features probe
Needs Debian's xvfb, xauth, dbus, openbox, xdotool, gnome-keyring, at-spi2-core, gir1.2-atspi-2.0 and python3-gi.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
NEEDED = {"xvfb-run": "xvfb", "xauth": "xauth", "dbus-run-session": "dbus", "openbox": "openbox", "xdotool": "xdotool",
          "gnome-keyring-daemon": "gnome-keyring"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=str(HERE.parent.parent / "target/debug/grantway"))
    parser.add_argument("--only", default="", help="run only the checks whose name holds this word")
    parser.add_argument("--pictures", help="leave a picture of the strip's states here")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not asked.inside:
        return outside(asked)
    sys.path.insert(0, str(HERE))
    import checks

    return checks.run(pathlib.Path(asked.binary), pathlib.Path(asked.inside), asked.only, asked.pictures)


def outside(asked):
    missing = sorted({package for program, package in NEEDED.items() if not shutil.which(program)})
    try:
        import gi

        gi.require_version("Atspi", "2.0")
    except (ImportError, ValueError):
        missing += ["python3-gi", "gir1.2-atspi-2.0"]
    if missing:
        print("missing: apt-get install", *missing, file=sys.stderr)
        print("0 passed, 1 failed")
        return 1
    if not os.access(asked.binary, os.X_OK):
        print(f"{asked.binary} is not there; build it: cargo build -p grantway --features probe", file=sys.stderr)
        print("0 passed, 1 failed")
        return 1
    # Folders of its own: what the app leaves on disk is searched afterwards.
    with tempfile.TemporaryDirectory(prefix="grantway-window-") as stage:
        root = pathlib.Path(stage)
        env = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "TERM", "USER", "LOGNAME")}
        for name, folder in {"HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run", "XDG_CACHE_HOME": "home/.cache",
                             "XDG_CONFIG_HOME": "home/.config", "XDG_DATA_HOME": "home/.local/share"}.items():
            path = root / folder
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(0o700)
            env[name] = str(path)
        env.update(GTK_MODULES="gail:atk-bridge", NO_AT_BRIDGE="0", GDK_BACKEND="x11", LANG="C.UTF-8",
                   WEBKIT_DISABLE_COMPOSITING_MODE="1", GTK_THEME="Adwaita", PYTHONDONTWRITEBYTECODE="1")
        line = ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24", "dbus-run-session", "--", sys.executable, __file__,
                "--binary", asked.binary, "--inside", stage, "--only", asked.only]
        if asked.pictures:
            line += ["--pictures", str(pathlib.Path(asked.pictures).absolute())]
        return subprocess.run(line, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
