"""What stands around formulas in a document of LaTeX: environments, displays, commands, packages; for `typeset` and for
what makes documents.
"""

# Which packages bring a command that is not LaTeX's own.
NOT_LATEX_ALONE = {"amsmath": (r"\text{", r"\operatorname", "{aligned}"), "amssymb": (r"\mathbb",),
                   "url": (r"\url{",)}  # fmt: skip


def environment(name, body):
    """A part of a document that begins and ends with its name."""
    inner = "\n".join(f"  {line}" for line in body.splitlines())
    return f"\\begin{{{name}}}\n{inner}\n\\end{{{name}}}"


def displayed(text):
    """A formula as mathematics of its own, that compiles as it stands, below a comment on the packages it needs."""
    return "\n".join([*filter(None, [packages(text)]), r"\[", text, r"\]"])


def packages(text):
    """A comment that says which packages some LaTeX needs; nothing if it needs none."""
    needed = ",".join(name for name, commands in NOT_LATEX_ALONE.items() if any(map(text.__contains__, commands)))
    return rf"% needs \usepackage{{{needed}}}" if needed else ""


def command(name, *arguments):
    """A command with its arguments."""
    return "\\" + name + "".join(f"{{{argument}}}" for argument in arguments)
