#!/usr/bin/env bash
# A desktop of its own for one program: fresh home, session bus, unlocked keychain; with --screen also a screen with a
# window manager and accessibility. Nothing of the person's own desktop is read or changed.
#   desk.sh [--screen] PROGRAM [ARGUMENT …]
set -euo pipefail

if [ "${1:-}" != "--inside" ]; then
    screen=()
    if [ "${1:-}" = "--screen" ]; then
        screen=(xvfb-run -a -s "-screen 0 1280x900x24 -nolisten tcp")
        export GRANTWAY_DESK_SCREEN=1
        shift
    fi
    desk=$(mktemp -d "${TMPDIR:-/tmp}/grantway-desk.XXXXXX")
    mkdir -m 700 "$desk/home" "$desk/runtime"
    # Tests that start a program as another user hand it files from here.
    mkdir -m 1777 "$desk/tmp"
    chmod 711 "$desk"

    # Toolchains live in the real home and are only read there.
    export CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}" RUSTUP_HOME="${RUSTUP_HOME:-$HOME/.rustup}"
    export HOME="$desk/home" XDG_RUNTIME_DIR="$desk/runtime" TMPDIR="$desk/tmp"
    unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY

    status=0
    "${screen[@]}" dbus-run-session -- bash "$0" --inside "$@" || status=$?
    # The document portal mounts itself here when it was started; a stale mount makes the next start wait.
    umount "$desk/runtime/doc" 2>/dev/null || true
    rm -rf "$desk" 2>/dev/null || true
    exit "$status"
fi
shift

mine=()
# Ends what was started here, by id, also when the program fails.
finish() {
    for id in "${mine[@]}"; do kill "$id" 2>/dev/null || true; done
}
trap finish EXIT

printf 'desk' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
mine+=($!)
for _ in $(seq 50); do
    answer=$(dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus /org/freedesktop/DBus \
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null || true)
    case "$answer" in *true*) break ;; esac
    sleep 0.1
done
case "$answer" in
    *true*) ;;
    *) echo "desk.sh: the keychain did not start within 5 seconds" >&2; exit 70 ;;
esac

if [ -n "${GRANTWAY_DESK_SCREEN:-}" ]; then
    unset GRANTWAY_DESK_SCREEN
    # Without a window manager the keyboard focus is unreliable.
    openbox >/dev/null 2>&1 &
    mine+=($!)
    export NO_AT_BRIDGE=0 GTK_MODULES=gail:atk-bridge GTK_A11Y=atspi
    sleep 0.5
fi

status=0
"$@" || status=$?
exit "$status"
