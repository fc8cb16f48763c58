"""A hostile and a friendly web server on several ports, and what they were asked and told."""

import http.server
import json
import threading
import time
import urllib.parse

# Everything that reached or would reach an app from a page it must not trust. Each entry is a JavaScript expression that
# yields (or resolves to) something only when the door is open.
IPC_PROBES = {
    "internals": "window.__TAURI_INTERNALS__",
    "internals-invoke": "window.__TAURI_INTERNALS__.invoke('call',{request:{}})",
    "internals-metadata": "window.__TAURI_INTERNALS__.metadata",
    "internals-post": "window.__TAURI_INTERNALS__.postMessage('{}')",
    "global": "window.__TAURI__",
    "is-tauri": "window.isTauri",
    "event-internals": "window.__TAURI_EVENT_PLUGIN_INTERNALS__",
    "plugin-path": "window.__TAURI_INTERNALS__.plugins",
    "wry-ipc": "window.ipc",
    "wry-ipc-post": "(window.ipc.postMessage('{\"cmd\":\"call\"}'),'posted')",
    "webkit-handlers-ipc": "(window.webkit.messageHandlers.ipc.postMessage('x'),'posted')",
    "webkit-handlers-any": "Object.keys(window.webkit.messageHandlers).length||undefined",
    "webview2": "window.chrome&&window.chrome.webview&&(window.chrome.webview.postMessage('x'),'posted')",
    "fetch-ipc": "fetch('ipc://localhost/call',{method:'POST',body:'{}'}).then(r=>r.text())",
    "fetch-ipc-http": "fetch('http://ipc.localhost/call',{method:'POST',body:'{}'}).then(r=>r.text())",
    "fetch-tauri": "fetch('tauri://localhost/index.html').then(r=>r.text())",
    "fetch-tauri-http": "fetch('http://tauri.localhost/').then(r=>r.text())",
    "fetch-asset": "fetch('asset://localhost/etc/hostname').then(r=>r.text())",
    "fetch-file": "fetch('file:///etc/hostname').then(r=>r.text())",
    "xhr-ipc": "new Promise((y,n)=>{const x=new XMLHttpRequest();x.open('POST','ipc://localhost/plugin%3Aapp%7Cversion');x.onload=()=>y(x.responseText);x.onerror=n;x.send('{}')})",
    "xhr-channel": "new Promise((y,n)=>{const x=new XMLHttpRequest();x.open('POST','ipc://localhost/plugin%3A__TAURI_CHANNEL__%7Cfetch');x.onload=()=>y(x.responseText);x.onerror=n;x.send('{}')})",
    "beacon-ipc": "(()=>{try{return navigator.sendBeacon('ipc://localhost/call','{}')?undefined:undefined}catch(e){return undefined}})()",
    "image-asset": "new Promise((y,n)=>{const i=new Image();i.onload=()=>y('loaded');i.onerror=n;i.src='asset://localhost/x.png'})",
    "script-tauri": "new Promise((y,n)=>{const s=document.createElement('script');s.src='tauri://localhost/assets/index.js';s.onload=()=>y('ran');s.onerror=n;document.head.append(s)})",
    "worker-tauri": "new Promise((y,n)=>{const w=new Worker('tauri://localhost/w.js');w.onmessage=()=>y('ran');w.onerror=n})",
    "frame-tauri": "frame('tauri://localhost/index.html')",
    "frame-tauri-http": "frame('http://tauri.localhost/index.html')",
    "frame-evil-tauri": "frame('http://tauri.evil.test/')",
    "frame-ipc": "frame('ipc://localhost/call')",
    "frame-srcdoc-internals": "new Promise((y,n)=>{const f=document.createElement('iframe');f.srcdoc='<p>x</p>';f.onload=()=>f.contentWindow.__TAURI_INTERNALS__||f.contentWindow.ipc?y('found'):n('none');document.body.append(f)})",
    "prompt-ipc": "(()=>{try{const p=window.__TAURI_POST_MESSAGE__;return p&&p({})}catch(e){}})()",
}

SCHEMES = ["tauri://localhost/index.html", "ipc://localhost/call", "asset://localhost/etc/hostname", "file:///etc/hostname",
           "data:text/html,<h1>escaped</h1>", "mailto:a@b.example", "ms-settings:privacy", "vnd.example.app://cb?code=1",
           "http://tauri.localhost/", "blob:x", "about:config", "view-source:http://127.0.0.1/", "https://login.microsoftonline.com/",
           "http://localhost:{bait}/other", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "intent://x#Intent;end"]

IPC_PAGE = """<!doctype html><title>probe</title><body><script>
const frame=u=>new Promise((y,n)=>{const f=document.createElement('iframe');f.src=u;
  setTimeout(()=>{try{const d=f.contentDocument;d&&d.body&&d.body.textContent.length>0?y(d.body.textContent.slice(0,40)):n('empty')}catch(e){
    // A frame of another origin cannot be read; it counts as open unless the engine kept it blank.
    n('unreadable')}},1200);document.body.append(f)});
(async()=>{const out={};const probes=PROBES;
 for(const [name,code] of Object.entries(probes)){
  try{const v=await Promise.race([Promise.resolve((0,eval)('('+code+')')),new Promise((_,n)=>setTimeout(()=>n('time'),2500))]);
   out[name]=v===undefined||v===null||v===false?'closed':'OPEN '+String(v).slice(0,60)}
  catch(e){out[name]='closed'}}
 await fetch('/told?about=ipc',{method:'POST',body:JSON.stringify(out)})})()
</script>""".replace("const frame=", "window.frame=")

SET_PAGE = """<!doctype html><title>set</title><script>
(async()=>{const c=new URLSearchParams(location.search).get('c');const out={};
 localStorage.setItem('k',c);sessionStorage.setItem('k',c);document.cookie='script='+c+';max-age=9999;path=/';
 try{await new Promise((y,n)=>{const r=indexedDB.open('db',1);r.onupgradeneeded=()=>r.result.createObjectStore('s');r.onsuccess=()=>{const t=r.result.transaction('s','readwrite');t.objectStore('s').put(c,'k');t.oncomplete=y};r.onerror=()=>n(r.error)});out.idb='set'}catch(e){out.idb=''+e}
 try{const s=await caches.open('x');await s.put('/kept',new Response(c));out.cache='set'}catch(e){out.cache=''+e}
 try{await navigator.serviceWorker.register('/worker.js');await navigator.serviceWorker.ready;out.worker='set'}catch(e){out.worker=''+e}
 await fetch('/counted');
 await fetch('/told?about='+NAME,{method:'POST',body:JSON.stringify(out)})})()
</script>"""

GET_PAGE = """<!doctype html><title>get</title><script>
(async()=>{const out={cookie:document.cookie||null,local:localStorage.getItem('k'),session:sessionStorage.getItem('k')};
 try{out.idb=await new Promise((y,n)=>{const r=indexedDB.open('db',1);r.onupgradeneeded=()=>r.result.createObjectStore('s');r.onsuccess=()=>{const g=r.result.transaction('s').objectStore('s').get('k');g.onsuccess=()=>y(g.result??null)};r.onerror=()=>n(r.error)})}catch(e){out.idb='error '+e}
 try{const m=await caches.match('/kept');out.cache=m?await m.text():null}catch(e){out.cache='error '+e}
 try{out.workers=(await navigator.serviceWorker.getRegistrations()).length||null}catch(e){out.workers=null}
 out.counted=await(await fetch('/counted')).text();
 await fetch('/told?about='+NAME,{method:'POST',body:JSON.stringify(out)})})()
</script>"""


class Pages:
    """The servers. `signin`, `step` and `other` serve pages; `bait` only counts who comes."""

    def __init__(self):
        self.asked = []
        self.told = {}
        self.lock = threading.Condition()
        self.counted = 0
        self.servers = {name: self._serve(name) for name in ("signin", "step", "other", "bait")}
        self.ports = {name: server.server_address[1] for name, server in self.servers.items()}

    def url(self, name, path="/"):
        return f"http://127.0.0.1:{self.ports[name]}{path}"

    def wait_told(self, about, seconds=20):
        with self.lock:
            until = time.monotonic() + seconds
            while about not in self.told:
                left = until - time.monotonic()
                if left <= 0 or not self.lock.wait(left):
                    raise AssertionError(f"the page did not report {about!r} within {seconds} s")
            return self.told.pop(about)

    def hits(self, name, path=None):
        with self.lock:
            return [row for row in self.asked if row[0] == name and (path is None or row[2].split("?")[0] == path)]

    def stop(self):
        for server in self.servers.values():
            server.shutdown()

    def _serve(self, name):
        pages = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_GET(self):
                self.answer(b"")

            def do_POST(self):
                self.answer(self.rfile.read(int(self.headers.get("content-length") or 0)))

            def answer(self, body):
                with pages.lock:
                    pages.asked.append((name, self.command, self.path, self.headers.get("cookie")))
                parts = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(parts.query))
                status, headers, text = pages.page(name, parts.path, query, body)
                data = text.encode()
                self.send_response(status)
                for key, value in {"content-type": "text/html; charset=utf-8", "content-length": str(len(data)), **headers}.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(data)

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # a killed app breaks its connections off
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def page(self, name, path, query, body):
        """What a server says. Returns status, headers, text."""
        to = lambda url: (302, {"location": url}, "")
        plain = lambda title, html="": (200, {}, f"<!doctype html><title>{title}</title><body><h1>{title}</h1>{html}")
        if path == "/told":
            with self.lock:
                self.told[query["about"]] = json.loads(body)
                self.lock.notify_all()
            return 200, {}, "heard"
        if path == "/counted":
            with self.lock:
                self.counted += 1
                return 200, {"cache-control": "max-age=3600", "content-type": "text/plain"}, f"n{self.counted}"
        if path == "/worker.js":
            return 200, {"content-type": "text/javascript"}, "self.addEventListener('fetch',()=>{})"
        if path == "/ipc":
            return 200, {}, IPC_PAGE.replace("PROBES", json.dumps(IPC_PROBES))
        if path == "/set":
            return 200, {"set-cookie": f"server={query['c']}; Path=/; Max-Age=99999"}, SET_PAGE.replace("NAME", json.dumps(query["about"]))
        if path == "/get":
            return 200, {}, GET_PAGE.replace("NAME", json.dumps(query["about"]))
        if path == "/file":
            return 200, {"content-type": "application/octet-stream", "content-disposition": "attachment; filename=evil.bin"}, "CANARY-DOWNLOAD"
        if path == "/downloads":
            return 200, {}, """<!doctype html><title>downloads</title><body><a id=a href=/file download=evil.bin>a</a><script>
              (async()=>{document.getElementById('a').click();const u=URL.createObjectURL(new Blob(['CANARY-DOWNLOAD']));
              const b=document.createElement('a');b.href=u;b.download='blob.bin';document.body.append(b);b.click();
              const f=document.createElement('iframe');f.src='/file';document.body.append(f);
              const d=document.createElement('a');d.href='data:application/octet-stream,CANARY-DOWNLOAD';d.download='d.bin';document.body.append(d);d.click();
              setTimeout(()=>location='/file',500);setTimeout(()=>fetch('/told?about=downloads',{method:'POST',body:'{}'}),2000)})()</script>"""
        if path == "/popups":
            # Engines stop windows that nobody asked for by themselves; these come with a key press.
            return 200, {}, f"""<!doctype html><title>popups</title><body><button id=b autofocus>Go</button><a id=a target=_blank href=/popped>a</a>
              <form id=f target=_blank action=/popped></form><script>
              const told=w=>setTimeout(()=>fetch('/told?about=popups',{{method:'POST',body:JSON.stringify({{opened:w.filter(Boolean).length}})}}),1000);
              document.getElementById('b').onclick=()=>{{
              const w=[window.open('/popped'),window.open('{self.url("other", "/popped")}','x','width=300'),window.open('about:blank')];
              document.getElementById('a').click();document.getElementById('f').submit();told(w)}}</script>"""
        if path == "/permissions":
            return 200, {}, """<!doctype html><title>permissions</title><script>(async()=>{const out={};
              await new Promise(y=>{navigator.geolocation?navigator.geolocation.getCurrentPosition(()=>{out.place='granted';y()},()=>{out.place='denied';y()}):y(out.place='absent')});
              try{out.notes=await Notification.requestPermission()}catch(e){out.notes='absent'}
              for(const kind of ['audio','video'])try{await navigator.mediaDevices.getUserMedia({[kind]:true});out[kind]='granted'}catch(e){out[kind]='denied'}
              try{out.clipboard=await navigator.clipboard.readText();}catch(e){out.clipboard='denied'}
              await fetch('/told?about=permissions',{method:'POST',body:JSON.stringify(out)})})()</script>"""
        if path == "/schemes":
            schemes = [s.replace("{bait}", str(self.ports["bait"])) for s in SCHEMES]
            return 200, {}, f"""<!doctype html><title>schemes</title><body><script>(async()=>{{const stay=()=>new Promise(y=>setTimeout(y,120));
              for(const u of {json.dumps(schemes)}){{try{{location.href=u}}catch(e){{}}await stay();
               const f=document.createElement('iframe');f.src=u;document.body.append(f);await stay();}}
              await fetch('/told?about=schemes',{{method:'POST',body:JSON.stringify({{title:document.title,tried:{len(schemes)}}})}})}})()</script>"""
        if path == "/redirects":
            back = f"http://localhost:{self.ports['bait']}/cb/practice"
            return 200, {}, f"""<!doctype html><title>redirects</title><body><script>(async()=>{{const stay=()=>new Promise(y=>setTimeout(y,250));
              for(const u of ['{back}?code=FORGED&state=wrong','{back}?code=a&code=b&state=right','{back}/x?code=a&state=right','{back}?state=right']){{
               const f=document.createElement('iframe');f.src=u;document.body.append(f);await stay();location.href=u;await stay();}}
              location.href='/authorize/answer'}})()</script>"""
        if path == "/authorize/answer":
            return to(f"http://localhost:{self.ports['bait']}/cb/practice?code=CANARY-CODE&state=right")
        if path == "/t/oauth2/v2.0/authorize":
            if query.get("silent"):
                return to(query["redirect_uri"])
            return plain("Sign in", f"""<form method=post action="/login?to={urllib.parse.quote(query['redirect_uri'])}">
              <label>Password <input autofocus type=password name=password></label><button>Next</button></form>""")
        if path == "/login":
            return to(query["to"])
        if path == "/hand-over":
            return to(self.url("other", "/federated"))
        if path == "/away":
            return plain("Away", f"""<script>setTimeout(()=>location='{self.url("other", "/elsewhere")}',300)</script>""")
        if path == "/legs":
            # A vendor's page that asks for two sign-ins, one after the other.
            step = int(query.get("step", "0"))
            if step == 2:
                return plain("Both done")
            back = urllib.parse.quote(self.url("step", f"/legs?step={step + 1}"))
            return plain(f"Leg {step}", f"""<script>setTimeout(()=>location='{self.url("signin", "/t/oauth2/v2.0/authorize")}?client_id=abc&redirect_uri={back}',200)</script>""")
        return plain(f"{name} {path}")
