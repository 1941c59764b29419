"""Fixes a plan in `kbrollout.lock`, so that later plans can be compared with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kbrollout.model.lock import Baseline, BaselineTask, Lock
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Plan
from kbrollout.site import LOCK, read_lock
from kbrollout.writing import write_whole

_HEAD = """# Dit bestand schrijft kbrollout zelf. Verander het niet, en bewaar het bij de wijkmap.
"""


def baseline_of(plan: Plan, today: date) -> Baseline:
    """The days of every task as the plan has them now."""
    return Baseline.model_validate(
        {
            "op": today.isoformat(),
            "taken": {task.id: {"van": task.start.isoformat(), "tot": task.end.isoformat()} for task in plan.tasks},
        }
    )


def fix_plan(folder: Path, neighbourhood: Neighbourhood, plan: Plan, today: date) -> Path:
    """Write the plan as the baseline of a site; the rest of the lock stays as it is. Gives the path of the lock.

    Raises ContentError when the lock has faults or cannot be written.
    """
    place, adopted = neighbourhood.site.profile.place, neighbourhood.site.profile.adopted
    old = read_lock(folder, neighbourhood.site.profile)
    version = old.version if old else adopted.version if adopted else neighbourhood.catalogue.index.version
    target = folder / LOCK
    write_whole(target, lock_text(place.id, version, old, baseline_of(plan, today)))
    return target


def lock_text(site: str, version: str, old: Lock | None, baseline: Baseline) -> str:
    """The lock as YAML, the same text for the same content."""
    lines = [f"wijk: {site}", f'referentie: "{version}"']
    if old and old.agreements:
        lines += ["afspraken:", *(f'  {key}: "{fingerprint}"' for key, fingerprint in sorted(old.agreements.items()))]
    lines += ["plan:", f"  op: {baseline.on}", "  taken:"]
    lines += [f"    {key}: {_days(baseline.tasks[key])}" for key in sorted(baseline.tasks)]
    return _HEAD + "\n".join(lines) + "\n"


def _days(task: BaselineTask) -> str:
    return f"{{van: {task.first}, tot: {task.last}}}"
