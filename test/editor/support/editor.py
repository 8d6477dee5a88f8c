"""An editor without a screen: it speaks the language server protocol with connsan-clangd, or with what CLANGD names."""

import json
import os
import pathlib
import queue
import subprocess
import threading
import urllib.parse

SEVERITIES = {1: "error", 2: "warning", 3: "note", 4: "hint"}
CAPABILITIES = {
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True, "codeDescriptionSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
    }
}


class Editor:
    """A server and the files that are open in it.

    `command` starts it, `patience` is how many seconds an answer may take, `settings` where the user's are.
    """

    def __init__(self, *arguments, command=None, directory=".", patience=60, log="clangd.log", settings="no-settings"):
        self.root = pathlib.Path(directory).resolve()
        self.patience = patience
        self.files = {}
        self.last_id = 0
        self.answers = queue.Queue()
        environment = os.environ | {"XDG_CONFIG_HOME": str(self.root / settings)}
        self.server = subprocess.Popen([*(command or [os.environ["CLANGD"]]), *arguments], cwd=self.root, env=environment,
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=open(self.root / log, "w", encoding="utf-8"))
        threading.Thread(target=self._listen, daemon=True).start()
        self.said = self.request("initialize", processId=os.getpid(), rootUri=self.root.as_uri(),
                                 capabilities=CAPABILITIES)
        self.notify("initialized")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.request("shutdown")
            self.notify("exit")
            print("the server ended with status", self.server.wait(self.patience))
        else:
            self.server.kill()

    def open(self, name, text=None):
        return File(self, self.root / name, text)

    def request(self, method, **parameters):
        self.last_id += 1
        self._send({"id": self.last_id, "method": method, "params": parameters})
        answer = self.until(lambda message: message.get("id") == self.last_id and "method" not in message)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def notify(self, method, **parameters):
        self._send({"method": method, "params": parameters})

    def until(self, is_wanted):
        """Reads what the server says until something wanted comes; diagnostics go to their files meanwhile."""
        while True:
            message = self.answers.get(timeout=self.patience)
            if message is None:
                raise RuntimeError(f"the server is gone: status {self.server.wait(self.patience)}")
            if message.get("method") == "textDocument/publishDiagnostics":
                published = message["params"]
                if file := self.files.get(path_of(published["uri"])):
                    file.diagnostics, file.diagnosed = published["diagnostics"], published.get("version")
            elif "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            if is_wanted(message):
                return message

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def _listen(self):
        out = self.server.stdout
        while header := out.readline():
            if header.startswith(b"Content-Length:"):
                size = int(header.split(b":")[1])
                while out.readline().strip():
                    pass
                self.answers.put(json.loads(out.read(size)))
        self.answers.put(None)


class File:
    """An open file; what is typed into it is sent at once and stays unsaved."""

    def __init__(self, editor, path, text):
        self.editor, self.path, self.version = editor, path, 1
        self.text = path.read_text(encoding="utf-8") if text is None else text
        self.diagnostics, self.diagnosed = [], None
        editor.files[path] = self
        editor.notify("textDocument/didOpen", textDocument=self._document() | {
            "version": 1, "text": self.text, "languageId": "cpp" if path.suffix in (".cpp", ".hpp") else "c"})

    def type(self, text, wait=True):
        """The whole text is now this one."""
        self.text = text
        self.version += 1
        self.editor.notify("textDocument/didChange", textDocument=self._document() | {"version": self.version},
                           contentChanges=[{"text": text}], wantDiagnostics=True)
        if wait:
            self.wait()

    def replace(self, old, new):
        if self.text.count(old) != 1:
            raise ValueError(f"{old!r} stands {self.text.count(old)} times in {self.path.name}")
        self.type(self.text.replace(old, new))

    def wait(self):
        """Until this very text has been looked at."""
        while self.diagnosed != self.version:
            self.editor.until(lambda message: message.get("method") == "textDocument/publishDiagnostics")
        return self.diagnostics

    def parse(self):
        """Until this very text has been parsed, and so checked; for some texts clangd publishes nothing."""
        return self.editor.request("textDocument/documentSymbol", textDocument=self._document())

    def save(self):
        self.path.write_text(self.text, encoding="utf-8")
        self.editor.notify("textDocument/didSave", textDocument=self._document())

    def close(self):
        self.editor.notify("textDocument/didClose", textDocument=self._document())
        del self.editor.files[self.path]

    def show(self):
        """Prints the diagnostics as a compiler does, in the order of their places."""
        for one in sorted(self.wait(), key=lambda one: (*place(one), one["message"])):
            print(f"{self._at(self.path, one)}: {SEVERITIES[one['severity']]}: {one['message']} "
                  f"[{one.get('code', '')}]" + (f" {one['codeDescription']['href']}" if "codeDescription" in one else ""))
            for note in one.get("relatedInformation", []):
                print(f"  {self._at(path_of(note['location']['uri']), note['location'])}: note: {note['message']}")
        print(f"{self.path.name}: that is all")

    def actions(self):
        """What the server proposes for the diagnostics, by title."""
        found = {}
        for one in self.wait():
            for action in self.editor.request("textDocument/codeAction", textDocument=self._document(),
                                              range=one["range"], context={"diagnostics": [one]}):
                found.setdefault(action["title"], action)
        return found

    def apply(self, action):
        (edits,) = action["edit"]["changes"].values()
        lines = self.text.splitlines(keepends=True)
        start = [0]
        for line in lines:
            start.append(start[-1] + len(line))
        text = self.text
        for edit in sorted(edits, key=lambda edit: (edit["range"]["start"]["line"], edit["range"]["start"]["character"]),
                           reverse=True):
            begin, end = ((start[at["line"]] + _characters(lines, at)) for at in (edit["range"]["start"], edit["range"]["end"]))
            text = text[:begin] + edit["newText"] + text[end:]
        self.type(text)

    def _document(self):
        return {"uri": self.path.as_uri()}

    def _at(self, path, one):
        line, column = place(one)
        try:
            path = path.relative_to(self.editor.root)
        except ValueError:
            pass
        return f"{path}:{line}:{column}"


def _characters(lines, at):
    """The protocol counts in UTF-16."""
    if at["line"] >= len(lines):
        return 0
    units = lines[at["line"]].encode("utf-16-le")[: 2 * at["character"]]
    return len(units.decode("utf-16-le"))


def place(one):
    start = one["range"]["start"]
    return start["line"] + 1, start["character"] + 1


def path_of(uri):
    return pathlib.Path(urllib.parse.unquote(urllib.parse.urlparse(uri).path))
