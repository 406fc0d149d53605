"""Runs a command on a terminal of its own and types at it.

Reads {"command": [...], "env": {...}, "cwd": "...", "steps": [[text, keys], ...]} from stdin: once `text` has shown up after
the last match, `keys` are typed. Prints {"code": ..., "screen": ...}.
"""
import json
import os
import pty
import sys

task = json.load(sys.stdin)
child, terminal = pty.fork()
if child == 0:
    os.chdir(task["cwd"])
    os.execve(task["command"][0], task["command"], task["env"])

screen = ""
seen = 0
steps = list(task["steps"])
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    screen += data.decode("utf-8", "replace")
    while steps and steps[0][0] in screen[seen:]:
        text, keys = steps.pop(0)
        seen = screen.index(text, seen) + len(text)
        os.write(terminal, keys.encode())
_, status = os.waitpid(child, 0)
json.dump({"code": os.waitstatus_to_exitcode(status), "screen": screen}, sys.stdout)
