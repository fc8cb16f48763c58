"""What a person does on the pages of a clean session: reads the page, fills it in, answers the phone."""

import dataclasses
import re
import time

from person import BUTTON, ENTRY, LINK, TICK, NotFound, key, wait

NUMBER = re.compile(r"^\d\d$")
# Left, top, width and height of the session's window: the practice phone stays in sight at its right.
PLACE = (2, 24, 990, 760)
# A page that is asked again and again is not passed by asking it again.
MOST_PAGES = 40


@dataclasses.dataclass
class Account:
    """Somebody who signs in. Without a password, name and first password are copied from the card in the main window."""

    name: str
    password: str | None
    new_password: str | None = None


def attend(tour, accounts, name, until=None):
    """Goes through the pages until the window closes, or until a page with this heading is there."""
    session, main = tour.session, tour.main
    session.place(*PLACE)
    waiting = list(accounts)
    account = waiting.pop(0)
    last, pages = None, []
    for _ in range(MOST_PAGES):
        page = wait(lambda: "closed" if not session.open() else new_heading(session, last), f"after {last!r} no other page comes", 30)
        if page == "closed":
            if until:
                raise NotFound(f"the window closed before {until!r}, after {pages}")
            return pages
        if session.area()[0] < 0:
            # It stood aside for a value that was copied.
            session.place(*PLACE)
        if page not in pages:
            tour.shoot(f"{name}-{page_name(page)}")
        pages.append(page)
        if until and page.startswith(until):
            return pages
        if page == "Sign in" and waiting and account.name.endswith("vendor-portal.example"):
            account = waiting.pop(0)
        ACTS.get(page, number)(tour, account)
        last = page
    raise NotFound(f"the sign-in turns in a circle: {pages}")


def new_heading(session, last):
    """The heading of the page, once it is another than the one that was just filled in."""
    found = [each for each in session.headings() if each]
    if not found:
        return None
    problem = session.says("Wrong") if found[0] == last else None
    if problem:
        raise NotFound(f"the page {last!r} says {problem!r}")
    return found[0] if found[0] != last else None


def page_name(heading):
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")[:28]


def sign_in(tour, account):
    if account.password is None:
        tour.main.click(BUTTON, "Copy: Account")
        tour.session.paste("Account")
    else:
        tour.session.fill("Account", account.name)
    key("Return")


def portal(tour, account):
    tour.session.fill("Portal account", account.name)
    tour.session.fill("Password", account.password)
    key("Return")


def password(tour, account):
    if account.password is None:
        tour.main.click(BUTTON, "Copy: First password")
        tour.session.paste("Password")
    else:
        tour.session.fill("Password", account.password)
    key("Return")


def change_password(tour, account):
    tour.main.click(BUTTON, re.compile("^(Copy|Copied): First password"))
    tour.session.paste("Current password")
    tour.session.fill("New password", account.new_password)
    tour.session.fill("New password again", account.new_password)
    key("Return")
    account.password = account.new_password


def number(tour, account):
    """The page shows a number; the phone asks for it."""
    shown = tour.session.says(NUMBER)
    if not shown:
        raise NotFound(f"a page that a person does not know: {tour.session.headings()}")
    tour.main.wait_says("Are you signing in?")
    for digit in shown.group(0):
        tour.main.click(BUTTON, digit)
    tour.shoot("phone-number")
    tour.main.click(BUTTON, "Yes")


def press(label):
    def act(tour, _account):
        tour.session.click(BUTTON + LINK, label)
    return act


def consent(tour, _account):
    if tour.session.find(TICK, "Consent on behalf of your organisation"):
        tour.session.click(TICK, "Consent on behalf of your organisation")
    time.sleep(0.3)
    tour.session.click(BUTTON, "Accept")


ACTS = {
    "Sign in": sign_in,
    "Enter the password": password,
    "Change the password": change_password,
    "Set up the practice phone": press("Continue"),
    "Stay signed in?": press("No"),
    "Permissions asked for": consent,
    "Sign in to the portal": portal,
    "Integrations": press("Add integration"),
    "Add integration": press("Connect"),
}
