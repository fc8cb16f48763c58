### ui

ui-app = Grantway
ui-busy = Grantway is at it.
ui-column-state = State
ui-column-action = Action
ui-column-at = At
ui-copy = Copy
ui-copied = Copied
ui-done = done
ui-gives-to = gives to
ui-close = Close
ui-cancel = Cancel
ui-reading = Reading

ui-risk-low = Low
ui-risk-medium = Medium
ui-risk-high = High

ui-action-create = Is made
ui-action-update = Is changed
ui-action-remove = Is taken away
ui-action-conflict = In the way
ui-action-byHand = By hand
ui-action-alreadyRight = Already right
ui-action-wait = Waits
ui-action-check = Is checked
ui-action-handOff = Somebody else acts

ui-nav = Places
ui-nav-home = Home
ui-nav-set-up = Set up
ui-nav-activity = Activity
ui-nav-practice = Practice
ui-nav-settings = Settings
ui-nav-waiting =
    { $count ->
        [one] 1 setup waits
       *[other] { $count } setups wait
    }

ui-practice = Practice
ui-practice-tape = Simulated tenants on this computer. Nothing real is touched.
ui-practice-leave = Leave practice

ui-home-title = What would you like to do?
ui-home-door-provider-whom = For providers
ui-home-door-provider = Set up access to my customers
ui-home-door-provider-sentence = Plan it once, check the tenants, then grant, prove and take back from one place.
ui-home-door-practice-whom = For training and demos
ui-home-door-practice = Practise
ui-home-door-practice-sentence = The same steps against simulated tenants, with faults to find. Nothing real is touched.
ui-home-waiting = Waiting for something
ui-home-waiting-count =
    { $count ->
        [one] 1 setup
       *[other] { $count } setups
    }
ui-home-goes-on = goes on by itself
ui-home-empty = Nothing is waiting
ui-home-empty-sentence = Setups that need you, a customer or Microsoft will be listed here, with the reason.
ui-home-empty-practise = Practise first
ui-home-empty-set-up = Set up access
ui-home-finished = Finished

ui-gallery-title = Choose what to set up
ui-gallery-sentence = Each card says who gets what, for how long, and what is left to do by hand.
ui-gallery-set-up = Set up
ui-gallery-set-up-name = Set up { $name }

ui-wizard-back = Back to Home
ui-wizard-rail = Phases
ui-wizard-footer = Next
ui-wizard-explanation = Explanation
ui-wizard-put-away = Put away
ui-wizard-read-only = This phase is over. It is shown as it was.
ui-wizard-to-current = Back to { $phase }

ui-answer-optional = may stay empty

ui-signin-clean = Why a clean session
ui-signin-clean-sentence = The sign-in opens in a window of its own that shares nothing with your browser: no cookies, no extensions, no other account. It is emptied when it closes.
ui-signin-emptied = The session is emptied when its window closes.
ui-signin-next = Check
ui-signin-not-ready = Every seat has to be signed in first
ui-signin-settings = Open Settings
ui-session-show = Show window
ui-session-stop = Stop
ui-session-sign-out = Sign out
ui-session-seen = Sign-in { $number } seen
ui-session-expected = Sign-in { $number } expected
ui-session-scopes =
    { $count ->
        [one] 1 permission is asked for
       *[other] { $count } permissions are asked for
    }
ui-lanes = Other ways in

ui-check-table = Checks
ui-check-filter = Show only
ui-check-column-check = Check
ui-check-column-where = Where
ui-check-column-found = Found
ui-check-column-needed = Needed
ui-check-fix = Fix
ui-check-fix-name = Fix { $name }
ui-check-accepted = Accepted
ui-check-how-to-fix = How to fix it
ui-check-path = Path
ui-check-again = Check again
ui-check-next = Review the plan
ui-check-why = Why this check
ui-check-read = What Grantway read
ui-check-quote = Quote this
ui-check-choose = Open a check to read why it is made and what was found.

ui-review-table = Changes
ui-review-column-action = What is done
ui-review-column-change = Change, before and after
ui-review-column-risk = Risk
ui-review-column-undo = Undo
ui-review-why = Why
ui-review-means = What it means
ui-review-undo = How it is taken back
ui-review-needs = Permission needed
ui-review-conflict = What stands in the way
ui-review-stale = The plan before this one was refused: something changed after you approved it. Nothing was written over.
ui-review-stale-todo = Look at the new plan and approve it.
ui-map-title = Grant map
ui-map-hint = Arrows run from giver to receiver
ui-map-as-list = As a list
ui-map-as-map = As a map
ui-map-list = Grants
ui-map-giver = Giver
ui-map-receiver = Receiver
ui-map-what = What
ui-map-until = Until
ui-map-no-until = –
ui-map-belongs = belongs to it
ui-approve-off = Type { $expected } first.

ui-apply-table = Steps
ui-apply-column-step = Step
ui-apply-column-now = Now
ui-apply-waits = What it waits for
ui-apply-waits-none = Nothing at the moment.
ui-apply-journal = Journal
ui-apply-pause = Pause
ui-apply-resume = Go on
ui-apply-stop = Stop and take back
ui-apply-next = Prove
ui-apply-not-finished = Not everything has reached its state yet

ui-need-task = Needs you
ui-need-signIn = Sign-in needed
ui-need-stopped = Stopped
ui-need-prompts = How often were you asked to sign in?

ui-task-expect = Before you go on, the page must show
ui-task-values = Values to copy
ui-task-secret = kept in the vault
ui-task-secret-note = Copied without being shown.

ui-proof-column-claim = What was claimed
ui-proof-column-from = Read from
ui-proof-column-result = Result
ui-proof-proved = proved
ui-proof-not-yet = not proved yet
ui-proof-cannot-see = cannot see

ui-done-proved = Proved
ui-done-prove-again = Prove again
ui-done-stays = What stays
ui-left-failed = Left: remove it by hand
ui-left-stays = Stays for a while
ui-done-takeback = Take it back
ui-done-takeback-act = Take back…
ui-done-report = Proof
ui-done-report-sentence = What was granted, what was read back, and how to take it back. Unsigned.
ui-done-save-html = Save as a page
ui-done-save-json = Save as JSON
ui-done-saved = Saved as
ui-done-undone = Taken back

ui-takeback-title = Take it back
ui-takeback-plan = What is taken back, last change first
ui-takeback-keep = Keep it

ui-activity-title = Activity
ui-activity-sentence = Everything that Grantway did and saw, newest first.
ui-activity-setup = Setup
ui-activity-all = All setups
ui-activity-table = Journal
ui-activity-column-what = What happened
ui-activity-empty = No entries yet
ui-activity-empty-sentence = The journal starts with the first setup. Each entry is stored before the request leaves.

ui-practice-title = Practice
ui-practice-sentence = The real steps and the real checks, against a simulated cloud on this computer.
ui-practice-scenarios = Scenarios
ui-practice-current = In use
ui-practice-use = Use this one
ui-practice-use-name = Use { $name }
ui-practice-people = Practice accounts
ui-practice-people-sentence = Made up, with passwords that work nowhere else.
ui-practice-account = Account
ui-practice-password = Password
ui-practice-role = Part
ui-practice-clock = practice clock
ui-practice-advance-minutes = +15 min
ui-practice-advance-day = +1 day
ui-practice-advance-days = +90 days
ui-practice-reset = Reset
ui-practice-reset-title = Start this scenario again
ui-practice-reset-sentence = Tenants, accounts and grants of the practice cloud go back to the beginning. Practice setups are put away.
ui-practice-reset-act = Start again
ui-practice-enter = Enter practice
ui-practice-enter-sentence = Practice has its own data. Your real setups stay as they are.

ui-phone-name = Practice phone
ui-phone-sentence = Stands in for the authenticator app. It knows only practice accounts.
ui-phone-question = Are you signing in?
ui-phone-app = App
ui-phone-from = From
ui-phone-enter = Enter the number shown
ui-phone-yes = Yes
ui-phone-no = No, it is not me
ui-phone-erase = Erase
ui-phone-keypad = Keypad
ui-phone-yes-off = Type the two digits that the sign-in page shows first.
ui-phone-idle = No sign-in asks at the moment.

ui-settings-title = Settings
ui-settings-theme = Theme
ui-settings-theme-light = Light
ui-settings-theme-dark = Dark
ui-settings-theme-system = As the system has it

ui-settings-cloud = Cloud and app
ui-settings-cloud-which = Cloud
ui-settings-cloud-hint = For new setups. Setups that were begun stay in their cloud.
ui-settings-client = Client ID
ui-settings-client-hint = The app registration of your own tenant that signs in. It needs the redirect URI below and no secret.
ui-settings-client-fixed = Comes with the practice cloud.
ui-settings-redirect = Redirect URI to register
ui-settings-save = Save
ui-settings-lane = Way in that is offered first
ui-settings-about = This computer
ui-settings-mode = Mode
ui-settings-mode-live = Real tenants
ui-settings-mode-practice = Practice
ui-settings-vault = Secrets
ui-settings-data = Journal
ui-settings-version = Version

ui-lost = Grantway does not answer
ui-lost-sentence = Nothing was sent and nothing is lost. Setups go on when it answers again.
