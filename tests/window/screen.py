"""The display as a person has it: windows, keys, and what a screen reader is told."""

import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402


def until(what, seconds=10, every=0.1):
    """Waits until `what()` is true and returns it."""
    end = time.monotonic() + seconds
    while True:
        found = what()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain")
        time.sleep(every)


def windows(title):
    """Ids of the visible windows with this exact title."""
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"], capture_output=True, text=True, check=False)
    return found.stdout.split()


def named():
    """The visible windows that have a title, by id: two of one title are two, and one that is on its way out is none that came."""
    ids = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True, check=False).stdout.split()
    names = {id: subprocess.run(["xdotool", "getwindowname", id], capture_output=True, text=True, check=False).stdout.strip() for id in ids}
    return {id: name for id, name in names.items() if name}


def keys(window, *what):
    subprocess.run(["xdotool", "windowactivate", "--sync", window], check=False, capture_output=True)
    subprocess.run(["xdotool", *what], check=True, capture_output=True)


def close(window):
    """Asks the window to close, as its title bar does."""
    subprocess.run(["xdotool", "windowactivate", "--sync", window, "key", "alt+F4"], check=False, capture_output=True)


def walk(node, depth=0):
    if node is None or depth > 40:
        return
    yield node
    try:
        count = node.get_child_count()
    except Exception:
        return
    for index in range(min(count, 300)):
        try:
            child = node.get_child_at_index(index)
        except Exception:
            continue
        yield from walk(child, depth + 1)


def frame(title):
    """The accessible frame with this title."""
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(index)
        if app is None:
            continue
        for number in range(app.get_child_count()):
            child = app.get_child_at_index(number)
            if child is not None and child.get_name() == title:
                return child
    return None


def names(title, role=None):
    """Every accessible name in a window, of one role or all."""
    found = []
    for node in walk(frame(title)):
        try:
            if node.get_name() and (role is None or node.get_role_name() == role):
                found.append(node.get_name())
        except Exception:
            continue
    return found


def press(title, button):
    """Presses a button by its accessible action."""
    def find():
        for node in walk(frame(title)):
            try:
                if node.get_role_name() in ("push button", "button") and node.get_name() == button:
                    return node
            except Exception:
                continue
        return None

    node = until(find)
    node.get_action_iface().do_action(0)


def picture(path):
    """The whole display as a PNG, where ImageMagick is installed."""
    subprocess.run(["import", "-window", "root", str(path)], check=False, capture_output=True)
