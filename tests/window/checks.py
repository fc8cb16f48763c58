"""The checks. Each runs on a fresh pair of servers and the one app; a check that raises has failed."""

import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time
import traceback

import screen
from app import App
from pages import IPC_PROBES, SCHEMES, Pages

TITLE = "Clean session, provider – Grantway"
CUSTOMER = "Clean session, customer – Grantway"
CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


class Stage:
    def __init__(self, binary, root, pictures):
        self.binary, self.root, self.pictures = binary, root, pictures
        self.pages = Pages()
        self.app = App(binary, root)
        screen.until(lambda: screen.windows("Grantway"), 30)

    def open(self, id, path, at="signin", **more):
        self.app.open(self.pages, id, path, at, **more)
        title = CUSTOMER if more.get("party") == "customer" else TITLE
        screen.until(lambda: screen.windows(title), 15)

    def shows(self, words, title=TITLE, seconds=10):
        """Waits until a screen reader would hear these words in the window."""
        try:
            return screen.until(lambda: any(words in name for name in screen.names(title)), seconds)
        except AssertionError:
            raise AssertionError(f"{words!r} is not among {screen.names(title)}") from None

    def picture(self, name):
        if self.pictures:
            folder = pathlib.Path(self.pictures)
            folder.mkdir(parents=True, exist_ok=True)
            time.sleep(0.4)
            screen.picture(folder / f"{name}.png")

    def found_on_disk(self, words):
        """Files below the stage, and in shared memory, that hold these words."""
        found = []
        for top in [self.root, pathlib.Path("/dev/shm")]:
            for folder, _, files in os.walk(top):
                for file in files:
                    path = pathlib.Path(folder) / file
                    try:
                        if path.is_file() and words.encode() in path.read_bytes():
                            found.append(str(path))
                    except OSError:
                        continue
        return found


@check
def the_main_window_shows_the_app(stage):
    screen.until(lambda: any("ractice" in name for name in screen.names("Grantway")), 30)
    stage.picture("main")


@check
def the_strip_names_where_the_page_is(stage):
    stage.open("s1", "/t/oauth2/v2.0/authorize?client_id=abc&redirect_uri=x")
    stage.shows(f"Address: 127.0.0.1:{stage.pages.ports['signin']}")
    names = screen.names(TITLE)
    for words in ["on this computer", "Practice", "Start over clean", "Open in private browser", "Stop", "This page shows an error", "Sign-ins seen 0 of 1"]:
        assert words in names, f"{words!r} is not among {names}"
    assert any("Provider" in name and "expects" in name and "Larkspur Managed IT" in name for name in names), names
    stage.picture("strip-practice")
    stage.app.close("s1")
    screen.until(lambda: not screen.windows(TITLE))


@check
def no_ipc_probe_of_a_hostile_page_reaches_the_app(stage):
    stage.open("s2", "/ipc")
    told = stage.pages.wait_told("ipc", 120)
    assert len(told) == len(IPC_PROBES) >= 20, sorted(told)
    opened = {name: result for name, result in told.items() if result != "closed"}
    assert not opened, opened
    assert screen.windows("Grantway"), "the main window is gone"
    stage.app.close("s2")


@check
def sessions_share_nothing_with_each_other_or_the_main_window(stage):
    kept = ("cookie", "local", "session", "idb", "cache", "workers")

    def empty(about):
        told = stage.pages.wait_told(about, 30)
        held = {name: told[name] for name in kept if told[name]}
        assert not held, f"{about}: {held}"
        return told

    stage.open("a", "/set?c=CANARY-PROVIDER&about=set-a")
    told = stage.pages.wait_told("set-a", 30)
    assert told["idb"] == "set" and told["cache"] == "set", told
    stage.open("b", "/get?about=get-b", party="customer")
    told = empty("get-b")
    assert told["counted"] == "n2", f"an answer came from a cache: {told}"
    assert not [row for row in stage.pages.hits("signin", "/get") if row[3]], "a cookie crossed over"
    stage.app.close("b")
    stage.open("c", "/set?c=CANARY-CUSTOMER&about=set-c", party="customer")
    stage.pages.wait_told("set-c", 30)
    stage.app.ask(do="main_context", url=stage.pages.url("signin", "/get?about=get-main"))
    empty("get-main")
    stage.app.close("a")
    stage.app.close("c")
    stage.open("a2", "/get?about=get-a2")
    empty("get-a2")
    stage.app.close("a2")
    found = stage.found_on_disk("CANARY-PROVIDER") + stage.found_on_disk("CANARY-CUSTOMER")
    assert not found, found


@check
def downloads_are_refused(stage):
    stage.open("d", "/downloads")
    stage.pages.wait_told("downloads", 20)
    time.sleep(1)
    stage.shows("save a file")
    outcome = stage.app.close("d")
    assert any(row.startswith("Download") for row in outcome["refused"]), outcome
    found = stage.found_on_disk("CANARY-DOWNLOAD") + [str(path) for path in stage.root.rglob("evil*")]
    assert not found, found


@check
def unplanned_windows_are_refused(stage):
    # The window of the check before may be on its way out still.
    screen.until(lambda: not screen.windows(TITLE), 10)
    before = screen.named()
    stage.open("p", "/popups")
    stage.shows("Go")
    screen.keys(screen.windows(TITLE)[0], "key", "space")
    told = stage.pages.wait_told("popups", 20)
    assert told["opened"] == 0, told
    after = screen.named()
    assert [after[id] for id in after.keys() - before.keys()] == [TITLE], (before, after)
    assert not stage.pages.hits("signin", "/popped") and not stage.pages.hits("other", "/popped")
    outcome = stage.app.close("p")
    assert any(row.startswith("NewWindow") for row in outcome["refused"]), outcome


@check
def a_planned_window_opens_in_place(stage):
    planned = [f"127.0.0.1:{stage.pages.ports['signin']}"]
    stage.open("pl", "/popups", planned_windows=planned)
    stage.shows("Go")
    screen.keys(screen.windows(TITLE)[0], "key", "space")
    screen.until(lambda: stage.pages.hits("signin", "/popped"), 15)
    assert len(screen.windows(TITLE)) == 1
    stage.app.close("pl")


@check
def permissions_are_refused(stage):
    stage.open("perm", "/permissions")
    told = stage.pages.wait_told("permissions", 20)
    assert "granted" not in told.values(), told
    stage.app.close("perm")


@check
def odd_schemes_are_refused(stage):
    stage.open("odd", "/schemes")
    told = stage.pages.wait_told("schemes", 60)
    assert told == {"title": "schemes", "tried": len(SCHEMES)}, told
    stage.shows(f"Address: 127.0.0.1:{stage.pages.ports['signin']}")
    outcome = stage.app.close("odd")
    for scheme in ["tauri", "ipc", "asset", "mailto", "data", "ms-settings"]:
        assert any(f'Scheme("{scheme}")' in row for row in outcome["refused"]), (scheme, outcome["refused"])
    assert any("OutsidePractice" in row for row in outcome["refused"]), outcome
    assert not stage.pages.hits("bait"), "a request left for the redirect's port"


@check
def the_answer_is_captured_before_its_request_leaves(stage):
    stage.open("r", "/redirects")
    outcome = stage.app.wait("r", 30)
    assert outcome["answer"] == f"http://localhost:{stage.pages.ports['bait']}/cb/practice?code=CANARY-CODE&state=right", outcome
    assert outcome["ignored_redirects"] == 8, outcome
    assert "CANARY-CODE" not in outcome["end"] + outcome["report"], "the code is printed"
    assert not stage.pages.hits("bait"), "a request left for the redirect's port"
    screen.until(lambda: not screen.windows(TITLE))
    assert not stage.found_on_disk("CANARY-CODE")


@check
def a_host_outside_the_step_is_not_shown(stage):
    stage.open("out", "/away", at="step")
    stage.shows(f"Stopped: the page wanted to open 127.0.0.1:{stage.pages.ports['other']}")
    assert f"Address: 127.0.0.1:{stage.pages.ports['step']}" in screen.names(TITLE)
    assert "GW-SES-0203" in screen.names(TITLE)
    stage.picture("strip-refused")
    stage.app.close("out")


@check
def a_federated_host_is_asked_about_and_then_shown(stage):
    stage.open("fed", "/hand-over")
    host = f"127.0.0.1:{stage.pages.ports['other']}"
    stage.shows(f"The practice cloud hands the sign-in to {host}")
    stage.picture("strip-federated")
    screen.press(TITLE, "Yes, go there")
    stage.shows(f"Address: {host}")
    outcome = stage.app.close("fed")
    assert host in outcome["report"], outcome


@check
def no_to_a_federated_host_ends_the_session(stage):
    stage.open("no", "/hand-over")
    stage.shows("The practice cloud hands the sign-in to")
    screen.press(TITLE, "No, stop")
    assert stage.app.wait("no", 15)["end"] == "Stopped"


@check
def typed_sign_ins_are_counted_and_silent_ones_told_apart(stage):
    stage.open("legs", "/legs", at="step", expected_prompts=2, redirect=None)
    for seen in (1, 2):
        stage.shows(f"Address: 127.0.0.1:{stage.pages.ports['signin']}", seconds=15)
        window = screen.until(lambda: screen.windows(TITLE))[0]
        time.sleep(0.8)
        screen.keys(window, "type", "--delay", "15", "CANARY-PASSWORD")
        screen.keys(window, "key", "Return")
        stage.shows(f"Sign-ins seen {seen} of 2", seconds=15)
    outcome = stage.app.close("legs")
    assert (outcome["prompts_seen"], outcome["silent_sign_ins"]) == (2, 0), outcome
    assert not stage.found_on_disk("CANARY-PASSWORD")
    back = f"http://localhost:{stage.pages.ports['bait']}/cb/practice?code=1%26state=right".replace(":", "%3A").replace("/", "%2F").replace("?", "%3F").replace("=", "%3D")
    stage.app.open(stage.pages, "silent", f"/t/oauth2/v2.0/authorize?silent=1&redirect_uri={back}")
    outcome = stage.app.wait("silent", 20)
    assert outcome["answer"] and (outcome["prompts_seen"], outcome["silent_sign_ins"]) == (0, 1), outcome


@check
def an_error_of_the_page_leads_to_another_lane(stage):
    stage.open("err", "/t/oauth2/v2.0/authorize?client_id=abc&redirect_uri=x")
    stage.shows("Address: 127.0.0.1")
    screen.press(TITLE, "This page shows an error")
    stage.shows("What does the page speak of?")
    stage.picture("strip-which-error")
    screen.press(TITLE, "A managed device")
    stage.shows("Use my own browser")
    stage.picture("strip-device-rule")
    screen.press(TITLE, "Use my own browser")
    assert stage.app.wait("err", 15)["end"] == "ToLane(OwnBrowser)"
    stage.open("key", "/t/oauth2/v2.0/authorize?client_id=abc&redirect_uri=x", party="customer")
    screen.press(CUSTOMER, "This page shows an error")
    screen.press(CUSTOMER, "A passkey or smart card")
    stage.shows("wants a passkey", CUSTOMER)
    stage.picture("strip-passkey")
    screen.press(CUSTOMER, "Open in private browser")
    assert stage.app.wait("key", 15)["end"] == "ToLane(PrivateBrowser)"


@check
def stop_close_start_over_and_time_end_it(stage):
    for id, button, end in [("stop", "Stop", "Stopped"), ("over", "Start over clean", "StartOver")]:
        stage.open(id, "/plain")
        stage.shows("Address: 127.0.0.1")
        screen.press(TITLE, button)
        assert stage.app.wait(id, 15)["end"] == end
    stage.open("shut", "/plain")
    screen.close(screen.until(lambda: screen.windows(TITLE))[0])
    assert stage.app.wait("shut", 15)["end"] == "Closed"
    stage.open("late", "/plain", time_limit_seconds=3)
    assert stage.app.wait("late", 20)["end"] == "TimedOut"
    screen.until(lambda: not screen.windows(TITLE))


@check
def keys_alone_reach_the_strip(stage):
    stage.open("f6", "/t/oauth2/v2.0/authorize?client_id=abc&redirect_uri=x")
    stage.shows("Address: 127.0.0.1")
    window = screen.windows(TITLE)[0]
    time.sleep(0.5)
    screen.keys(window, "key", "F6")
    time.sleep(0.3)
    screen.keys(window, "key", "space")
    assert stage.app.wait("f6", 15)["end"] == "StartOver"


@check
def two_sessions_of_one_party_have_titles_of_their_own(stage):
    stage.open("one", "/plain")
    stage.app.open(stage.pages, "two", "/plain")
    screen.until(lambda: screen.windows(f"{TITLE.replace('(', '.')} .2."), 15)
    stage.app.close("one")
    stage.app.close("two")


@check
def a_private_browser_runs_and_leaves_nothing(stage):
    """The real thing: Firefox ESR or Chromium, as an unprivileged user, through a page that redirects to loopback."""
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        user = (nobody.pw_uid, nobody.pw_gid)
        stage.root.chmod(0o711)
        place = pathlib.Path(tempfile.mkdtemp(prefix="person-", dir="/tmp"))
        for folder in (place, place / "tmp", place / "run"):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)
            os.chown(folder, *user)
        shutil.copy(os.environ["XAUTHORITY"], place / "xauthority")
        os.chown(place / "xauthority", *user)
    else:
        user, place = None, stage.root / "person"
        (place / "tmp").mkdir(parents=True)
    app = App(stage.binary, place, user=user)
    try:
        back = f"http%3A%2F%2Flocalhost%3A{stage.pages.ports['bait']}%2Fcb%2Fpractice%3Fcode%3D1"
        url = stage.pages.url("signin", f"/t/oauth2/v2.0/authorize?silent=1&redirect_uri={back}")
        app.ask(do="browser", id="b", lane="private_browser", url=url)
        screen.until(lambda: stage.pages.hits("bait", "/cb/practice"), 90)
        profiles = lambda: list((place / "tmp").glob("grantway-browser-*"))
        assert len(profiles()) == 1, profiles()
        stage.picture("private-browser")
        app.ask(do="stop_browser", id="b")
        assert app.wait("b", 30) == {"end": "Ended"}
        # Helpers of a browser outlive it by a moment on a busy machine, and write once more.
        screen.until(lambda: not profiles(), 10)
        # Closing the app ends a browser that still runs; a killed app's profile is swept at the next start.
        app.ask(do="browser", id="c", lane="private_browser", url=url)
        screen.until(profiles, 30)
        assert app.quit() == 0
        assert not profiles(), profiles()
        app = App(stage.binary, place, "again", user=user)
        app.ask(do="browser", id="d", lane="private_browser", url=url)
        screen.until(profiles, 30)
        app.kill()
        assert len(profiles()) == 1, profiles()
        app = App(stage.binary, place, "after-kill", user=user)
        screen.until(lambda: not profiles(), 20)
    finally:
        app.kill()
        shutil.rmtree(place, ignore_errors=True)
        with stage.pages.lock:
            stage.pages.asked = [row for row in stage.pages.asked if row[0] != "bait"]


@check
def a_passphrase_is_asked_where_no_keychain_answers(stage):
    app = App(stage.binary, stage.root, "no-keychain", keychain=False)
    try:
        dialog = screen.until(lambda: screen.windows("Choose a passphrase"), 30)[0]
        stage.picture("passphrase")
        time.sleep(0.5)
        screen.keys(dialog, "type", "--delay", "15", "CANARY-PHRASE")
        screen.keys(dialog, "key", "Tab")
        screen.keys(dialog, "type", "--delay", "15", "CANARY-PHRASE")
        screen.keys(dialog, "key", "Return")
        screen.until(lambda: not screen.windows("Choose a passphrase"), 10)
        screen.until(lambda: list(app.data.rglob("vault.sealed")), 20)
        assert app.quit() == 0
        app = App(stage.binary, stage.root, "no-keychain", keychain=False)
        dialog = screen.until(lambda: screen.windows("Enter the passphrase"), 30)[0]
        time.sleep(0.5)
        screen.keys(dialog, "type", "--delay", "15", "wrong")
        screen.keys(dialog, "key", "Return")
        screen.until(lambda: dialog not in screen.windows("Enter the passphrase"), 15)
        dialog = screen.until(lambda: screen.windows("Enter the passphrase"), 15)[0]
        stage.picture("passphrase-wrong")
        assert not stage.found_on_disk("CANARY-PHRASE")
    finally:
        app.kill()


@check
def nothing_is_on_disk_after_a_kill(stage):
    stage.open("k", "/set?c=CANARY-KILLED&about=set-k")
    stage.pages.wait_told("set-k", 30)
    stage.app.kill()
    time.sleep(1)
    assert not stage.found_on_disk("CANARY-KILLED")
    stage.app = App(stage.binary, stage.root, "data-after-kill")
    screen.until(lambda: screen.windows("Grantway"), 30)
    stage.open("k2", "/get?about=get-k2")
    told = stage.pages.wait_told("get-k2", 30)
    assert not told["cookie"] and not told["local"], told
    stage.app.close("k2")


@check
def the_app_ends_with_sessions_open(stage):
    stage.open("last", "/plain")
    # While a window is being mapped, a busy desktop lists none for a moment.
    main = screen.until(lambda: screen.windows("Grantway"), 30)
    screen.close(main[0])
    code = stage.app.process.wait(20)
    assert code == 0, code


def run(binary, root, only, pictures):
    # Unlocked, or the first look into the keychain would put a dialog in front of every window.
    subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], input=b"window", check=True, capture_output=True)
    manager = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    passed = failed = 0
    stage = None
    try:
        for function in CHECKS:
            name = function.__name__
            if only not in name:
                continue
            if stage is None:
                stage = Stage(str(binary), root, pictures)
            began = time.monotonic()
            try:
                function(stage)
                passed += 1
                print(f"ok    {name} ({time.monotonic() - began:.1f} s)", flush=True)
            except Exception:
                failed += 1
                print(f"FAIL  {name}\n{traceback.format_exc()}", flush=True)
                # A failed check may leave windows open; the next one starts on a clean stage.
                stage.app.kill()
                stage.pages.stop()
                root = root / f"after-{name}"
                root.mkdir()
                stage = None
    finally:
        if stage is not None:
            if stage.app.process.poll() is None:
                stage.app.kill()
            stage.pages.stop()
        manager.terminate()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0
