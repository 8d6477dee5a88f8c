"""What systemd makes of Environment= in a unit."""

import shlex


def environment(text, specifiers=None):
    """A simple reading: words as the shell's, %S and the like from `specifiers`."""
    result = {}
    for line in text.splitlines():
        key, _, value = line.partition("=")
        if key == "Environment":
            for old, new in (specifiers or {}).items():
                value = value.replace(old, new)
            result.update(word.split("=", 1) for word in shlex.split(value))
    return result
