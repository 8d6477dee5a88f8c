"""complete_zsh.py DIRECTORY TEXT: what a line of zsh holds after a tab. The DIRECTORY has the completion script."""

import os
import pty
import sys
import tempfile
import time

directory, text = sys.argv[1:]
SETUP = f"""
fpath=({directory} $fpath)
autoload -Uz compinit && compinit -u -D
unsetopt list_beep; zstyle ':completion:*' list-prompt ''; LISTMAX=1000
tell() {{ print -rn -- "$BUFFER" > $ANSWER.new && mv $ANSWER.new $ANSWER; exit }}
zle -N tell
bindkey '^I' complete-word
bindkey '^X' tell
print ready > $ANSWER
"""


def wait_for(answer, what):
    end = time.monotonic() + 20
    while not (os.path.exists(answer) and what(open(answer, encoding="utf-8").read())):
        if time.monotonic() > end:
            raise SystemExit("complete_zsh.py: zsh said nothing for 20 s")
        time.sleep(0.02)


with tempfile.TemporaryDirectory() as place:
    answer = os.path.join(place, "answer")
    setup = os.path.join(place, "setup")
    with open(setup, "w", encoding="utf-8") as file:
        file.write(SETUP)
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe("zsh", ["zsh", "-f", "-i"], os.environ | {"ANSWER": answer, "TERM": "dumb", "PS1": ""})
    os.write(terminal, f"source {setup}\n".encode())
    wait_for(answer, lambda text: text == "ready\n")
    os.write(terminal, f"{text}\t\x18".encode())
    wait_for(answer, lambda text: text != "ready\n")
    with open(answer, encoding="utf-8") as file:
        print(file.read())
    os.close(terminal)
    os.waitpid(pid, 0)
