#!/usr/bin/python3
"""One whole setup, done in the real window as a person does it: with the mouse, the keyboard and the clipboard.

    tour.py --app PROGRAM --out FOLDER

Runs on the practice cloud at a desk with a screen (`cargo xtask demo` lays it). Leaves a numbered picture of every phase
and the saved proof in FOLDER, prints a line per step and at the end `N passed, N failed`. Nothing is approved for the
person: the number of a sign-in is read on its page and typed on the practice phone, and time passes by the practice clock.
"""

import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from person import BUTTON, LINK, NotFound, Window, wait  # noqa: E402
from screen import picture  # noqa: E402
from sign_in import Account, attend  # noqa: E402

# The account that the setup makes chooses this password at its first sign-in.
KEPT = "Lantern-Quarry-58"


class Tour:
    def __init__(self, out):
        self.out = out
        self.main = Window("Grantway")
        self.session = Window("Clean session,", whole=False)
        self.pictures = 0
        self.people = {}
        self.made = None

    def shoot(self, name):
        self.pictures += 1
        time.sleep(0.5)
        picture(self.out / f"{self.pictures:02d}-{name}.png")

    def open_home(self):
        """The app opens on its doors"""
        wait(self.main.open, "the main window does not open", 60)
        self.main.wait_says("What would you like to do?", 60)
        self.main.place(0, 0, 1278, 868)
        wait(lambda: self.main.find(BUTTON, "Leave practice"), "the practice tape is missing")
        self.shoot("home")

    def look_at_practice(self):
        """Practise: the accounts and the phone of the practice cloud"""
        self.main.click(BUTTON, "Practise first")
        self.main.wait_says("Practice accounts")
        self.main.wait_says("practice-Dana-1")
        account = None
        for piece in re.findall(r"[\w.-]+@[\w.-]+\.example|\bpractice-\w+-\d+", "\n".join(self.main.texts())):
            if "@" in piece:
                account = piece
            elif account is not None:
                self.people.setdefault(account, piece)
        self.shoot("practice")

    def use_scenario(self):
        """Practise: a world in which a customer's audit log is off, so that there is something to mend by hand"""
        self.main.click(BUTTON, "Use A customer does not record")
        self.main.click(BUTTON, "Use this one")
        wait(lambda: not self.main.find(BUTTON, "Use A customer does not record"), "the scenario is not loaded", 60)

    def choose(self):
        """Set up: the card of the vendor"""
        self.main.click(LINK + BUTTON, "Set up")
        self.main.wait_says("Choose what to set up")
        self.main.wait_says("GDAP service account")
        self.shoot("gallery")
        self.main.click(BUTTON, re.compile("^Set up Huntress"))

    def answer(self):
        """Answer: the two domains, and the names as they are suggested"""
        self.main.wait_says("Your own domain")
        self.main.fill("Your own domain", "larkspur-it.example")
        self.main.fill("The customers' domains", "alder-dental.example")
        account = self.main.value("Name of the account")
        if "@" in account and not account.endswith("larkspur-it.example"):
            self.main.fill("Name of the account", account.split("@")[0] + "@larkspur-it.example")
        self.shoot("answer")
        self.main.click(BUTTON, "Go to sign-in")
        self.main.wait_says("Why a clean session")

    def sign_in_to_read(self):
        """Sign in: the administrator, in a clean session"""
        self.shoot("sign-in")
        self.main.click(BUTTON, "Sign in")
        self.signs_in("sign-in")

    def signs_in(self, name):
        """The administrator's sign-in, until its window is gone."""
        wait(self.session.open, "no clean session opens")
        dana = "dana@larkspur-it.example"
        attend(self, [Account(dana, self.people[dana])], name)

    def check(self):
        """Check: what was read and judged"""
        def ready():
            if self.main.says("Reading. It takes"):
                return False
            node = self.main.find(BUTTON, "Review the plan")
            return node or self.main.find(BUTTON, "Approve and apply") or self.press_check()

        wait(ready, "the check does not end", 60)
        if not self.main.find(BUTTON, "Review the plan"):
            # The plan is made as soon as nothing failed; what was checked stays one press away.
            self.main.click(LINK, re.compile("^Check"))
        self.main.click(BUTTON, "The vendor's publisher")
        self.main.wait_says("Why this check")
        self.shoot("check")

    def mend(self):
        """Check: the audit log is switched on on its page, by the customer's administrator in a session of its own"""
        self.main.click(BUTTON, "Audit log of the customer")
        self.main.wait_says("Exchange Administrator")
        self.shoot("remedy-page")
        self.main.click(BUTTON, "Open the page")
        wait(self.session.open, "no clean session opens")
        marta = "marta@alder-dental.example"
        attend(self, [Account(marta, self.people[marta])], "audit", until="Audit")
        self.session.click(BUTTON, "Start recording user and admin activity")
        self.session.wait_says("User and admin activity is recorded")
        self.shoot("audit-recorded")
        self.main.click(BUTTON, "It is done")
        wait(lambda: not self.session.open(), "the clean session stays open")
        # Read again by itself, and not seen yet.
        self.main.wait_says("The page was left at", 60)
        self.shoot("remedy-not-seen-yet")
        for _ in range(4):
            self.main.click(BUTTON, "+15 min")
            time.sleep(1)
        self.main.click(BUTTON, "Check again")

        def seen():
            return not self.main.says("Reading. It takes") and not self.main.says("The page was left at")

        wait(seen, "the audit log is not seen to be on", 60)
        self.shoot("remedy-seen")

    def to_review(self):
        """Check: on to the plan"""
        if self.main.find(LINK, re.compile("^Review")):
            self.main.click(LINK, re.compile("^Review"))
        else:
            self.main.click(BUTTON, "Review the plan")
        wait(lambda: self.main.find(BUTTON, "Approve and apply"), "no plan is shown", 30)

    def press_check(self):
        if self.main.enabled(BUTTON, "Check"):
            self.main.click(BUTTON, "Check")

    def review(self):
        """Review: the plan, and the number that approves it"""
        self.shoot("review")
        number = self.main.wait_says(re.compile(r"Type (\S+) to approve")).group(1)
        self.main.fill(re.compile("^Type .* to approve"), number)
        self.shoot("review-number-typed")
        self.main.click(BUTTON, "Approve and apply")

    def sign_in_to_change(self):
        """Apply: the second sign-in, with the right to change"""
        self.main.wait_says("Sign-in needed", 30)
        self.shoot("apply-sign-in-needed")
        self.main.click(BUTTON, "Sign in")
        self.signs_in("sign-in-to-change")

    def wait_for_the_card(self, title, seconds=90):
        """Waits for a card, moving the practice clock when nothing but a wait is left."""
        def there():
            if self.main.says("Stopped: "):
                raise NotFound(f"the run stopped: {self.main.says('Stopped: ')}")
            if self.main.says(title):
                return True
            if self.main.enabled(BUTTON, "+15 min"):
                self.shoot("apply-wait")
                self.main.click(BUTTON, "+15 min")
                time.sleep(2)
            return False

        wait(there, f"{title!r} does not come", seconds)

    def first_sign_in(self):
        """Apply: the first sign-in of the new account, with a password of its own and the Authenticator"""
        self.wait_for_the_card("First sign-in of")
        self.made = self.main.wait_says(re.compile(r"First sign-in of (\S+@\S+)")).group(1)
        self.shoot("first-sign-in-card")
        if self.main.enabled(BUTTON, "+15 min"):
            # What Microsoft needs for the roles passes meanwhile.
            self.main.click(BUTTON, "+15 min")
            self.main.wait_says("Nothing at the moment.", 30)
            self.shoot("wait-over")
        self.main.click(BUTTON, "Open the window")
        wait(self.session.open, "no clean session opens")
        attend(self, [Account(self.made, None, KEPT)], "first-sign-in", until="You are all set")
        self.main.click(BUTTON, "It is done")
        wait(lambda: not self.session.open(), "the clean session stays open")

    def consent(self):
        """Apply: the vendor's portal, whose connection asks for two sign-ins and two consents"""
        self.wait_for_the_card("Consent to ")
        self.shoot("consent-card")
        self.main.click(BUTTON, "Open the window")
        wait(self.session.open, "no clean session opens")
        pat = "pat@vendor-portal.example"
        attend(self, [Account(pat, self.people[pat]), Account(self.made, KEPT, KEPT)], "consent", until="Connected,")
        self.main.click(BUTTON, "It is done")
        wait(lambda: not self.session.open(), "the clean session stays open")

    def prove(self):
        """Prove: everything is read back"""
        def over():
            if self.main.says("Done for "):
                return True
            if self.main.says("Stopped: ") or self.main.says("Not proved yet for"):
                return self.main.says("Stopped: ") or "not proved yet"
            if self.main.enabled(BUTTON, "Prove"):
                self.main.click(BUTTON, "Prove")
            elif self.main.enabled(BUTTON, "+15 min"):
                self.shoot("apply-wait")
                self.main.click(BUTTON, "+15 min")
                time.sleep(2)
            return None

        ended = wait(over, "the setup does not come to its end", 90)
        if ended is not True:
            raise NotFound(str(ended))
        self.shoot("done")

    def map_tenants(self):
        """Done: the names that the vendor lists are given, the proposals taken, and the mapping confirmed"""
        self.main.click(BUTTON, re.compile("^Open: .* mapped in Huntress's portal$"))
        self.main.fill("Organizations of Huntress, one on each line", "Alder Dental, Inc.")
        self.shoot("mapping")
        self.main.click(BUTTON, "Read the list")
        self.main.click(BUTTON, "Take the sure proposal")
        self.main.wait_says("To be confirmed")
        self.shoot("mapping-taken")
        self.main.click(BUTTON, re.compile("^I have mapped "))
        self.main.wait_says("has mapped 1 tenant", 30)
        self.shoot("mapping-confirmed")

    def save(self):
        """Done: the proof is saved as a page and as JSON"""
        for button, ending in (("Save page", "html"), ("Save JSON", "json")):
            self.main.click(BUTTON, button)
            path = self.main.wait_says(re.compile(rf"(/\S+\.{ending})")).group(1)
            shutil.copy(path, self.out / f"proof.{ending}")
        self.shoot("proof-saved")

    def take_back(self):
        """Take back: typed, signed in for, and read back"""
        self.main.click(BUTTON, re.compile("^Take back"))
        number = self.main.wait_says(re.compile(r"Type (\S+) to take back")).group(1)
        self.main.fill(re.compile("^Type .* to take back"), number)
        self.shoot("take-back")
        self.main.click(BUTTON, "Take back")
        self.main.wait_says("One sign-in with the right to remove", 30)
        self.shoot("take-back-sign-in-needed")
        self.main.click(BUTTON, "Sign in")
        self.signs_in("sign-in-to-remove")

    def taken_back(self):
        """Taken back: everything is gone, and what stays is listed"""
        def over():
            if self.main.says("Not everything is taken back") or self.main.says("Stopped: "):
                raise NotFound("not everything is taken back")
            return self.main.says("Everything that this setup made is gone")

        wait(over, "the take back does not end", 90)
        self.shoot("taken-back")

    def activity(self):
        """Activity: the journal for people"""
        self.main.click(LINK + BUTTON, "Activity")
        self.main.wait_says("Everything that Grantway did and saw")
        self.shoot("activity")

    STEPS = (open_home, look_at_practice, use_scenario, choose, answer, sign_in_to_read, check, mend, to_review, review, sign_in_to_change,
             first_sign_in, consent, prove, map_tenants, save, take_back, taken_back, activity)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--app", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="grantway-tour-") as folder, open(asked.out / "app.log", "wb") as log:
        app = subprocess.Popen([asked.app, "--practice", "--data", f"{folder}/data"], stdout=log, stderr=log, start_new_session=True,
                               env={**os.environ, "WEBKIT_DISABLE_COMPOSITING_MODE": "1"})
        tour = Tour(asked.out)
        try:
            for step in Tour.STEPS:
                began = time.monotonic()
                try:
                    step(tour)
                except Exception as error:
                    failed += 1
                    print(f"FAILED {step.__doc__}: {error}", flush=True)
                    tour.shoot("failed")
                    report = [line for window in (tour.main, tour.session) if window.open() for line in [window.title, *window.tree()]]
                    (asked.out / "failed.txt").write_text("\n".join(report))
                    if not isinstance(error, AssertionError):
                        raise
                    break
                passed += 1
                print(f"ok     {step.__doc__} ({time.monotonic() - began:.0f} s)", flush=True)
        finally:
            print(f"{passed} passed, {failed} failed", flush=True)
            if app.poll() is None:
                os.killpg(app.pid, signal.SIGTERM)
                try:
                    app.wait(15)
                except subprocess.TimeoutExpired:
                    os.killpg(app.pid, signal.SIGKILL)
                    app.wait(15)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
