"""Runs in the environment of the peers: the figures of one log by PM4Py, and its curves by lifelines, as JSON.

Reads the file itself. Arguments: a JSON file that says which log and which columns, and where to write the figures.
"""

import json
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import pm4py
from lifelines import AalenJohansenFitter, KaplanMeierFitter

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"
WHERE, FILLED = "where", "filled"
NOT_KNOWN = ""  # PM4Py refuses a column with empty places
DAY, SECOND = 86_400_000_000, 1_000_000


def main():
    """Read, compute, write."""
    warnings.simplefilter("ignore")
    wanted = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    log = formatted(read(wanted), wanted)
    found = {**flows(log), **durations(log), **organisations(log)}
    found["events"] = len(log)
    found["survival"] = survival(log, wanted["end_activities"])
    Path(sys.argv[2]).write_text(json.dumps(found), encoding="utf-8")
    print(json.dumps({name: version(name) for name in ("pm4py", "lifelines")}))


def read(wanted):
    """By the peer's own reader for the format."""
    if wanted["kind"] == "xes":
        return pm4py.read_xes(wanted["path"])
    if wanted["kind"] == "parquet":
        return pd.read_parquet(wanted["path"])
    return pm4py.ocel_flattening(pm4py.read_ocel2(wanted["path"]), wanted["object_type"])


def formatted(log, wanted):
    """In the columns that PM4Py expects, sorted by case and time with ties in the order of the file."""
    names = wanted["columns"]
    found = pd.DataFrame({CASE: log[names["case"]], ACTIVITY: log[names["activity"]], TIME: log[names["time"]]})
    if found[TIME].dt.tz is None:
        found[TIME] = found[TIME].dt.tz_localize(wanted["time_zone"]).dt.tz_convert("UTC")
    if "organisation" in names:
        found[WHERE] = log[names["organisation"]]
        found[WHERE] = found[WHERE].where(found[WHERE].notna() & (found[WHERE].astype(str).str.strip() != ""))
    found = pm4py.format_dataframe(found, case_id=CASE, activity_key=ACTIVITY, timestamp_key=TIME)
    if WHERE in found:
        found[FILLED] = found.groupby(CASE)[WHERE].ffill().fillna(NOT_KNOWN)
        found[WHERE] = found[WHERE].fillna(NOT_KNOWN)
    return found


def flows(log):
    """Directly-follows graph with its times, starts and ends, and variants."""
    steps, starts, ends = pm4py.discover_dfg(log)
    spent, _, _ = pm4py.discover_performance_dfg(log)
    return {
        "steps": pairs(steps),
        "step_seconds": sorted([*pair, float(times["sum"])] for pair, times in spent.items()),
        "starts": sorted([name, int(count)] for name, count in starts.items()),
        "ends": sorted([name, int(count)] for name, count in ends.items()),
        "variants": sorted([list(names), int(count)] for names, count in pm4py.get_variants(log).items()),
    }


def organisations(log):
    """Organisations of events directly after one another, by PM4Py's directly-follows graph of that column."""
    if WHERE not in log:
        return {"pairs": [], "hand_overs": []}
    where, filled = (known(pairs(pm4py.discover_dfg(log, activity_key=name)[0])) for name in (WHERE, FILLED))
    return {"pairs": where, "hand_overs": [row for row in filled if row[0] != row[1]]}


def known(rows):
    """Without those in which an organisation is missing."""
    return [row for row in rows if NOT_KNOWN not in row]


def pairs(counted):
    """Sorted rows."""
    return sorted([str(first), str(second), int(count)] for (first, second), count in counted.items())


def durations(log):
    """Of all cases, and when each began and ended."""
    moments = log[TIME].astype("datetime64[us, UTC]").astype("int64")
    cases = moments.groupby(log[CASE]).agg(["first", "last", "size"]).reset_index()
    found = sorted(round(seconds * SECOND) for seconds in pm4py.get_all_case_durations(log))
    return {"cases": sorted(cases.to_numpy().tolist()), "durations_us": found}


def survival(log, end_activities):
    """Kaplan-Meier in days and seconds, and Aalen-Johansen by last activity; open cases count until the last event."""
    log = log.assign(us=log[TIME].astype("datetime64[us, UTC]").astype("int64"))
    cases = log.groupby(CASE, sort=False).agg(start=("us", "first"), last=(ACTIVITY, "last"))
    cases["end"] = log[log[ACTIVITY].isin(end_activities)].groupby(CASE)["us"].first()
    ended = cases["end"].notna().to_numpy()
    taken = cases["end"].fillna(log["us"].max()).astype("int64").to_numpy() - cases["start"].to_numpy()
    return {
        "days": kaplan_meier(taken // DAY, ended),
        "seconds": kaplan_meier(taken // SECOND, ended),
        "endings": aalen_johansen(taken // DAY, ended, cases["last"].to_numpy()),
        "open": int((~ended).sum()),
    }


def kaplan_meier(times, ended):
    """Time, survival and its 95% band, at every time of a case."""
    fitted = KaplanMeierFitter().fit(times, ended)
    at = np.unique(times)
    band = fitted.confidence_interval_survival_function_.loc[at].to_numpy()
    columns = [at, fitted.survival_function_.loc[at].to_numpy()[:, 0], band[:, 0], band[:, 1]]
    return [[float(value) for value in row] for row in zip(*columns, strict=True)]


def aalen_johansen(times, ended, last):
    """Per ending the share at every time of a case.

    lifelines moves cases that end at the same time a little apart. So that those still open at that time stay behind
    them, as they should, they are put half a day later; and everything one day, to leave no time below nought.
    """
    at, found = np.unique(times), {}
    names = sorted(set(last[ended]))
    codes = np.where(ended, np.searchsorted(names, last), -1) + 1
    moved = times + 1 + np.where(ended, 0.0, 0.5)
    for code, name in enumerate(names, 1):
        fitted = AalenJohansenFitter(seed=1, calculate_variance=False).fit(moved, codes, event_of_interest=code)
        line = fitted.cumulative_density_.iloc[:, 0]
        places = np.searchsorted(line.index.to_numpy(), at + 1.25, side="right") - 1
        found[name] = [[float(time), float(share)] for time, share in zip(at, line.to_numpy()[places], strict=True)]
    return found


if __name__ == "__main__":
    main()
