"""Containers without an engine: a root file system that is this machine's until it is written to, and a process tree of
its own. Network and users are this machine's, and nothing is limited. Needs a mount namespace that nobody else is in."""

import subprocess

from place import children

# The last one to exec is the first process there.
START = """set -e
root=$1 user=$2 read_only=$3
shift 3
mount --bind "$root" "$root"
if [ "$read_only" = yes ]; then mount -o remount,bind,ro "$root"; fi
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$1" != -- ]; do mount --bind "$1" "$root$2"; mount -o "remount,bind,$3" "$root$2"; shift 3; done
shift
exec /usr/sbin/chroot "$root" setpriv --reuid="$user" --regid="$user" --clear-groups --no-new-privs "$@"
"""


def in_environment(command, environment):
    variables = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"} | environment
    return ["env", "-i", *(f"{name}={value}" for name, value in variables.items()), *command]


class Image:
    """Of the base; `mounts` of a container: (source, target, "ro" or "rw")."""

    def __init__(self, here, name):
        self.here, self.path = here, here.path / name
        self.path.mkdir()
        self.root = self.path / "root"
        subprocess.run(["mount", "-t", "tmpfs", "none", self.path], check=True)
        here.cleanups.append(lambda: subprocess.run(["umount", "--recursive", "--lazy", self.path], check=True))
        for part in ("root", "upper", "work"):
            (self.path / part).mkdir()
        layers = f"lowerdir=/,upperdir={self.path}/upper,workdir={self.path}/work"
        subprocess.run(["mount", "-t", "overlay", "none", "-o", layers, self.root], check=True)
        subprocess.run(["mount", "-t", "proc", "proc", self.inside("/proc")], check=True)

    def inside(self, path):
        return self.root / str(path).lstrip("/")

    def write(self, path, text):
        self.inside(path).write_text(text, encoding="utf-8")
        self.inside(path).chmod(0o755)

    def run(self, command):
        """At the time when the image is built, as root. Returns what that printed."""
        shell = ["/usr/sbin/chroot", self.root, "sh", "-e", "-c", command]
        return subprocess.run(shell, check=True, stdout=subprocess.PIPE, text=True).stdout

    def install(self, build, prefix="/usr/local"):
        command = ["cmake", "--install", build, "--prefix", self.inside(prefix)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

    def start(self, command, environment, user="root", mounts=(), read_only=False, processes=(), **more):
        for _, target, _ in mounts:
            self.inside(target).mkdir(parents=True, exist_ok=True)
        flags = [str(self.root), str(user), "yes" if read_only else "no"]
        flags += [str(word) for mount in mounts for word in mount]
        # That unshare is killed ends all that is in it.
        processes = processes or ["unshare", "--pid", "--fork", "--kill-child"]
        enter = [*processes, "unshare", "--mount", "sh", "-c", START, "sh"]
        return Container(self.here.start([*enter, *flags, "--", *in_environment(command, environment)], **more))


class Container:
    def __init__(self, process):
        self.process = process

    def first(self):
        """The process that is number 1 inside, as it is numbered outside."""
        (first,) = children(self.process.pid)
        return first

    def enter(self, command, environment, user):
        """Another process in it, as with exec."""
        join = ["nsenter", "--target", str(self.first()), "--mount", "--pid", "--root", "--"]
        drop = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        subprocess.run([*join, *drop, *in_environment(command, environment)], check=True)

    def beside(self, image, command, user):
        """Another container that shares the processes of this one."""
        join = ["nsenter", "--target", str(self.first()), "--pid", "--"]
        image.start(command, {}, user, processes=join).process.wait(20)
