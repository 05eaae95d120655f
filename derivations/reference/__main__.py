"""Compares the ids with their ledger: `python -m derivations.reference`; `--enter` enters what is new."""

import argparse
import sys

from ..catalogue import catalogue
from .changelog import changes_of_results
from .ids import IDS, faults_of_ids, ledger_text, read_ledger, with_entered


def compare_or_enter(arguments=None) -> int:
    """Prints what is wrong with each id, and what to do. Returns 1 if anything is, else 0."""
    parser = argparse.ArgumentParser("python -m derivations.reference", description=__doc__)
    parser.add_argument("--enter", action="store_true", help="enter new ids, and changes that the change log names")
    options = parser.parse_args(arguments)
    ledger, entries, changes = read_ledger(), catalogue(), changes_of_results()
    if options.enter:
        after = with_entered(ledger, entries, changes)
        print(f"{sum(after[id] != ledger.get(id) for id in after)} entered in {IDS.name}")
        IDS.write_text(ledger_text(after), encoding="utf-8")
        ledger = after
    wrong = faults_of_ids(ledger, entries, changes)
    for id, fault in wrong.items():
        print(f"{id} {fault}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(compare_or_enter())
