"""Moves what the last build wrote out of the way, and deletes what is left of it when the new one is there.

MkDocs deletes it all before it writes. But ext4 does not use an inode again within seconds after its file was deleted,
and looks at all of these for each file that is made: to delete thousands of files and make them again takes seconds.
"""

import shutil
from pathlib import Path

from mkdocs.plugins import event_priority


def on_pre_build(config):
    old = before(config)
    shutil.rmtree(old, ignore_errors=True)  # of a build that was stopped
    old.mkdir(parents=True)
    try:
        for path in Path(config.site_dir).glob("[!.]*"):  # what is hidden, as .git is, MkDocs leaves alone too
            path.rename(old / path.name)
    except OSError:  # on another disk, or held by a program: then MkDocs deletes it
        pass


@event_priority(-100)  # when all is written
def on_post_build(config):
    shutil.rmtree(before(config), ignore_errors=True)


def before(config):
    """Where that is, as long as it is built."""
    return Path(config.config_file_path).parent / ".cache" / "before"
