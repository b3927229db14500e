"""Runs in the environment of the peers: the figures of one log by PM4Py, pandas and lifelines.

Takes a JSON file with the raw log (Parquet parts), the mapping and where to write; writes one Parquet file per figure.
What is done here before PM4Py is asked (joining the cases, the time zone) uses pandas only.
"""

import contextlib
import io
import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    import pm4py
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from pm4py.algo.discovery.dfg.adapters.pandas import df_statistics

CASE, ACTIVITY, TIME, ORGANISATION = "case:concept:name", "concept:name", "time:timestamp", "organisation"
DAY = pd.Timedelta(days=1)


def main() -> None:
    """Path of the job."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    target = Path(job["target"])
    log = formatted(job)
    followed, _starts, _ends = pm4py.discover_dfg(log)
    write(target, "directly_follows", [(*pair, count) for pair, count in followed.items()])
    routes = pm4py.get_variants(log)
    write(target, "variants", [("\n".join(route), "", count) for route, count in routes.items()])
    with_organisation = ORGANISATION in log.columns
    if with_organisation:
        pairs = df_statistics.get_dfg_graph(
            log,
            measure="frequency",
            activity_key=ORGANISATION,
            sort_caseid_required=False,
            sort_timestamp_along_case_id=False,
        )
        write(target, "hand_overs", [(*pair, count) for pair, count in pairs.items()])
    durations = np.sort(np.array(pm4py.get_all_case_durations(log), dtype=float))
    pd.DataFrame({"seconds": durations}).to_parquet(target / "durations.parquet")
    survival(log, job["end_activities"], target)
    print(json.dumps({name: version(name) for name in ("pm4py", "lifelines", "pandas")}))


def formatted(job: dict) -> pd.DataFrame:
    """The log as PM4Py wants it: sorted by case and time, equal times in the order of the file."""
    events = parts(job["raw"], "events").sort_values(".sequence", ignore_index=True)
    cases = parts(job["raw"], "cases")
    taken = {}
    for role, name in (("case", CASE), ("activity", ACTIVITY), ("time", TIME), ("organisation", ORGANISATION)):
        column = job["roles"].get(role)
        if column is not None and column["level"] == "event":
            taken[name] = events[column["name"]]
        elif column is not None:
            by_trace = cases.set_index(".trace")[column["name"]]
            taken[name] = events[".trace"].map(by_trace)
    log = pd.DataFrame(taken).dropna(subset=[CASE, ACTIVITY, TIME])
    if log[TIME].dt.tz is None:
        log[TIME] = log[TIME].dt.tz_localize(job["time_zone"], ambiguous=True, nonexistent="shift_forward")
    log[TIME] = log[TIME].dt.tz_convert("UTC")
    return pm4py.format_dataframe(log, case_id=CASE, activity_key=ACTIVITY, timestamp_key=TIME)


def parts(folder: str, part: str) -> pd.DataFrame:
    """All parts of a table together; empty when there are none."""
    found = [pd.read_parquet(path) for path in sorted(Path(folder).glob(f"{part}-*.parquet"))]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def write(target: Path, name: str, rows: list[tuple]) -> None:
    """Pairs and how often."""
    pd.DataFrame(rows, columns=["one", "other", "count"]).to_parquet(target / f"{name}.parquet")


def survival(log: pd.DataFrame, end_activities: list[str], target: Path) -> None:
    """Kaplan-Meier in whole days; Aalen-Johansen per last activity, with times ranked so that none are equal."""
    closing = log[log[ACTIVITY].isin(end_activities)].groupby(CASE)[TIME].min()
    per_case = log.groupby(CASE).agg(start=(TIME, "min"), last=(ACTIVITY, "last"))
    per_case["end"] = closing.reindex(per_case.index)
    ended = per_case["end"].notna()
    took = per_case["end"].fillna(log[TIME].max()) - per_case["start"]
    curve = KaplanMeierFitter().fit(took // DAY, ended).survival_function_
    pd.DataFrame({"time": curve.index.to_numpy(float), "share": curve.iloc[:, 0].to_numpy()}).to_parquet(
        target / "kaplan_meier.parquet"
    )
    order = pd.DataFrame({"took": took, "case": per_case.index.astype(str)}).sort_values(["took", "case"]).index
    ranks = pd.Series(np.arange(1.0, len(order) + 1), index=order).reindex(per_case.index)
    endings = per_case["last"].astype(object).where(ended, None)
    found = []
    for ending in sorted(set(endings[ended])):
        causes = np.where(ended, np.where((endings == ending).to_numpy(bool), 1, 2), 0)
        fitter = AalenJohansenFitter(calculate_variance=False).fit(ranks, causes, event_of_interest=1)
        share = fitter.cumulative_density_.iloc[:, 0]
        found.append(pd.DataFrame({"ending": ending, "time": share.index.to_numpy(float), "share": share.to_numpy()}))
    pd.concat(found).to_parquet(target / "aalen_johansen.parquet")


if __name__ == "__main__":
    main()
