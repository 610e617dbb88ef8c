"""The files under a root that belong to the project."""
import os

GENERATED = {"build", "__pycache__"}


class Tree:
    def __init__(self, root):
        self.root = os.path.abspath(root)
        self.files, self.directories = [], []
        for where, below, files in os.walk(self.root):
            below[:] = sorted(d for d in below if d not in GENERATED and d != ".git")
            relative = os.path.relpath(where, self.root)
            self.directories.append("" if relative == "." else relative)
            self.files += [self._name(relative, f) for f in sorted(files) if f != ".git"]

    @staticmethod
    def _name(directory, name):
        return name if directory == "." else os.path.join(directory, name)

    def path(self, name):
        return os.path.join(self.root, name)

    def has(self, name):
        return os.path.isfile(self.path(name))

    def text(self, name):
        """The text of a file, or None when it is not UTF-8."""
        try:
            with open(self.path(name), encoding="utf-8") as stream:
                return stream.read()
        except UnicodeDecodeError:
            return None

    def under(self, *roots, ends=""):
        return [f for f in self.files if f.endswith(ends) and f.split(os.sep)[0] in roots]

    def scripts(self, interpreters):
        """Files whose first line names one of the interpreters."""
        for name in self.files:
            with open(self.path(name), "rb") as stream:
                first = stream.readline(200)
            words = first[2:].split() if first.startswith(b"#!") else []
            if any(os.path.basename(w).decode("ascii", "replace") in interpreters for w in words):
                yield name
