"""A person at the display: reads what a window shows, clicks with the mouse, types with the keyboard.

Everything is found as a screen reader finds it, by role and name. What is covered by another window, or lies outside the
visible part of a page, is brought into sight first, as a hand on the mouse would do.
"""

import re
import subprocess
import time

from screen import Atspi, walk

BUTTON = ("push button", "button", "toggle button", "menu item")
ENTRY = ("entry", "text", "password text", "editbar", "spin button")
HEADING = ("heading",)
LINK = ("link",)
TICK = ("check box",)


class NotFound(AssertionError):
    """What a step looks for does not come into sight."""


def wait(what, why, seconds=20):
    """Waits until `what()` holds and returns it; while a page is being exchanged its nodes may vanish under the hand."""
    end = time.monotonic() + seconds
    while True:
        try:
            found = what()
        except Exception as error:  # The accessible tree changes while it is read.
            if isinstance(error, AssertionError):
                raise
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise NotFound(f"{why}: not within {seconds} s")
        time.sleep(0.2)


def tool(*what):
    return subprocess.run(["xdotool", *map(str, what)], capture_output=True, text=True, check=False).stdout


class Window:
    """A window of the app, found by the beginning of its title."""

    def __init__(self, title, whole=True):
        self.title, self.whole = title, whole

    def id(self):
        pattern = f"^{re.escape(self.title)}$" if self.whole else f"^{re.escape(self.title)}"
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", pattern], capture_output=True, text=True, check=False)
        return next(iter(found.stdout.split()), None)

    def open(self):
        return self.id() is not None

    def frame(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(index)
            if app is None:
                continue
            for number in range(app.get_child_count()):
                child = app.get_child_at_index(number)
                name = child.get_name() if child is not None else ""
                if name == self.title or (not self.whole and name.startswith(self.title)):
                    return child
        return None

    def nodes(self):
        frame = self.frame()
        if frame is None:
            return
        frame.clear_cache()
        yield from walk(frame)

    def find(self, roles, name, nth=0):
        """The nth node in sight of one of these roles whose name is `name`, or fits it where it is a pattern."""
        for node in self.nodes():
            try:
                if node.get_role_name() not in roles or not fits(name, node.get_name()):
                    continue
                if not node.get_state_set().contains(Atspi.StateType.SHOWING) and not node.get_state_set().contains(Atspi.StateType.VISIBLE):
                    continue
            except Exception:
                continue
            if nth == 0:
                return node
            nth -= 1
        return None

    def texts(self):
        """What stands in the window, piece by piece."""
        found = []
        for node in self.nodes():
            try:
                pieces = [node.get_name() or ""]
                if node.get_text_iface() is not None:
                    pieces.append(Atspi.Text.get_text(node.get_text_iface(), 0, -1))
            except Exception:
                continue
            pieces = [piece.replace("\ufffc", " ").strip() for piece in pieces]
            found.extend(dict.fromkeys(piece for piece in pieces if piece))
        return found

    def says(self, name):
        """The first piece of text that is `name`, holds it, or fits it where it is a pattern."""
        for text in self.texts():
            if hasattr(name, "search"):
                match = name.search(text)
                if match:
                    return match
            elif name in text:
                return text
        return None

    def wait_says(self, name, seconds=20):
        shown = name.pattern if hasattr(name, "pattern") else name
        return wait(lambda: self.says(name), f"{self.title!r} does not say {shown!r}", seconds)

    def headings(self):
        found = []
        for node in self.nodes():
            try:
                if node.get_role_name() in HEADING:
                    found.append(node.get_name() or Atspi.Text.get_text(node.get_text_iface(), 0, -1))
            except Exception:
                continue
        return found

    def enabled(self, roles, name):
        node = self.find(roles, name)
        return node is not None and usable(node) and node

    def click(self, roles, name, seconds=20, nth=0):
        """Clicks it with the mouse, once it is there and on."""
        def there():
            node = self.find(roles, name, nth)
            return node if node is not None and usable(node) else None

        node = wait(there, f"{self.title!r} has no {roles[0]} {getattr(name, 'pattern', name)!r} to click", seconds)
        self.click_node(node)

    def click_node(self, node):
        x, y = self.point(node)
        tool("mousemove", x, y)
        time.sleep(0.15)
        tool("click", 1)
        time.sleep(0.25)

    def point(self, node):
        """Where to click on the screen, after it was brought into sight."""
        component = node.get_component_iface()
        left, top, width, height = self.area()
        box = component.get_extents(Atspi.CoordType.SCREEN)
        if not (left <= box.x and top <= box.y and box.x + box.width <= left + width and box.y + box.height <= top + height - 70):
            try:
                component.scroll_to(Atspi.ScrollType.ANYWHERE)
            except Exception:
                component.grab_focus()
            time.sleep(0.4)
            box = component.get_extents(Atspi.CoordType.SCREEN)
        x, y = box.x + box.width // 2, box.y + box.height // 2
        if not (left <= x < left + width and top <= y < top + height):
            raise NotFound(f"{node.get_name()!r} lies outside its window at {x},{y}, {box.width}x{box.height}")
        for other in covering(self, x, y):
            other.step_aside(x, y)
        return x, y

    def area(self):
        """Left, top, width and height on the screen."""
        told = dict(re.findall(r"^(\w+)=(-?\d+)$", tool("getwindowgeometry", "--shell", self.id()), re.M))
        return tuple(int(told[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))

    def place(self, x, y, width, height):
        id = self.id()
        tool("windowsize", "--sync", id, width, height)
        tool("windowmove", id, x, y)
        time.sleep(0.3)

    def step_aside(self, x, y):
        """Moves so that this point of the screen is free."""
        _, _, width, height = self.area()
        for left, top in ((1280 - width, 24), (0, 24), (1280 - width, 900 - height), (0, 900 - height), (x - width - 20, 24)):
            if not (left - 8 <= x <= left + width + 8 and top - 30 <= y <= top + height + 8):
                tool("windowmove", self.id(), left, top)
                time.sleep(0.4)
                return
        raise NotFound(f"{self.title!r} covers {x},{y} wherever it stands")

    def fill(self, name, text, nth=0, seconds=20):
        """Clicks into a field and types, over what stood there."""
        self.click(ENTRY, name, seconds, nth)
        tool("key", "ctrl+a")
        type_text(text)
        # Keys wait in a queue of their own on a busy machine: a click that overtook them would take them elsewhere.
        shown = getattr(name, "pattern", name)
        wait(lambda: self.length(name, nth) in (None, len(text)), f"{self.title!r} does not hold what was typed into {shown!r}", seconds)

    def paste(self, name, nth=0):
        """Clicks into a field and pastes what is on the clipboard."""
        self.click(ENTRY, name, nth=nth)
        tool("key", "ctrl+v")
        time.sleep(0.4)

    def length(self, name, nth=0):
        """How many characters a field holds, a password's dots included; None where it tells nothing."""
        node = self.find(ENTRY, name, nth)
        text = None if node is None else node.get_text_iface()
        return None if text is None else Atspi.Text.get_character_count(text)

    def value(self, name):
        node = self.find(ENTRY, name)
        return "" if node is None else Atspi.Text.get_text(node.get_text_iface(), 0, -1)

    def tree(self):
        """Everything in the window with its role, for the report of a failure."""
        lines = []
        for node in self.nodes():
            try:
                box = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
                text = Atspi.Text.get_text(node.get_text_iface(), 0, -1) if node.get_text_iface() else ""
                if text or node.get_name():
                    lines.append(f"{node.get_role_name()} {node.get_name()!r} {text!r} {box.x},{box.y} {box.width}x{box.height}{'' if usable(node) else ' off'}")
            except Exception:
                continue
        return lines


def covering(window, x, y):
    """Other windows of the app that stand above this point; sessions always stand above the main window."""
    if window.title != "Grantway":
        return
    session = Window("Clean session,", whole=False)
    if session.open():
        left, top, width, height = session.area()
        if left - 8 <= x <= left + width + 8 and top - 30 <= y <= top + height + 8:
            yield session


def usable(node):
    states = node.get_state_set()
    return states.contains(Atspi.StateType.SENSITIVE) or states.contains(Atspi.StateType.ENABLED)


def fits(wanted, name):
    return bool(wanted.search(name or "")) if hasattr(wanted, "search") else name == wanted


def type_text(text):
    tool("type", "--delay", 12, text)
    time.sleep(0.2)


def key(name):
    tool("key", name)
    time.sleep(0.2)


__all__ = ["BUTTON", "ENTRY", "HEADING", "LINK", "TICK", "NotFound", "Window", "key", "tool", "type_text", "wait"]
