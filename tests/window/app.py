"""The app under test: started with its probe, spoken to over its control port."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import time


class App:
    def __init__(self, binary, root, name="data", user=None, keychain=True):
        """`user` is a (uid, gid) to run as; the folder `root` must be theirs. Without `keychain` there is no session bus."""
        self.root = pathlib.Path(root)
        env = dict(os.environ)
        if user:
            env.update(HOME=str(self.root), TMPDIR=str(self.root / "tmp"), XDG_RUNTIME_DIR=str(self.root / "run"),
                       XAUTHORITY=str(self.root / "xauthority"))
            for name_ in ("DBUS_SESSION_BUS_ADDRESS", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
                env.pop(name_, None)
        if not keychain:
            env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self.root}/no-bus"
        self.data = self.root / "home" / name
        self.data.parent.mkdir(exist_ok=True)
        if user:
            os.chown(self.data.parent, *user)
        self.log = open(self.root / f"{name}.log", "wb")
        address = self.root / f"{name}.probe"
        self.process = subprocess.Popen([binary, "--data", str(self.data), "--probe", str(address)], stdout=self.log, stderr=self.log,
                                        start_new_session=True, env=env, user=user and user[0], group=user and user[1],
                                        extra_groups=[] if user else None)
        until = time.monotonic() + 60
        while not address.exists():
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the app did not start: {(self.root / f'{name}.log').read_text()[-2000:]}")
            time.sleep(0.1)
        where = json.loads(address.read_text())
        self.where, self.token = ("127.0.0.1", where["port"]), where["token"]

    def ask(self, seconds=60, **request):
        with socket.create_connection(self.where, timeout=seconds) as stream:
            stream.sendall(f"{self.token}\n{json.dumps(request)}\n".encode())
            return json.loads(stream.makefile().readline())

    def open(self, pages, id, path, at="signin", **more):
        spec = {
            "id": id, "party": "provider", "party_name": "Larkspur Managed IT", "expected_tenant": "8f4c2a10-1111-2222-3333-444455556d21",
            "start_url": pages.url(at, path), "sign_in_hosts": [f"127.0.0.1:{pages.ports['signin']}"],
            "step_hosts": [f"127.0.0.1:{pages.ports['step']}"], "practice": True, "time_limit_seconds": 300, "expected_prompts": 1,
            "redirect": {"url": f"http://localhost:{pages.ports['bait']}/cb/practice", "state": "right"},
        }
        spec.update(more)
        answer = self.ask(do="open", spec=spec)
        assert answer.get("ok"), answer
        return spec

    def wait(self, id, seconds=60):
        return self.ask(seconds, do="wait", id=id)

    def close(self, id):
        self.ask(do="close", id=id)
        return self.wait(id)

    def quit(self):
        try:
            self.ask(do="quit")
        except OSError:
            pass
        try:
            return self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
            return None

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(15)
