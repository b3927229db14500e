"""Runs in the environment of the peers: the nine figures of the dashboard by PM4Py, pandas and lifelines.

Takes a JSON file (log, end activities, where to write) and writes the answers beside it. Each figure is asked the way
the manuals of the peers do it; hand-overs in two ways, of which the dashboard takes the faster.
"""

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    import pm4py
from lifelines import KaplanMeierFitter
from pm4py.algo.discovery.dfg.adapters.pandas import df_statistics

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"
DAY = pd.Timedelta(days=1)


def main() -> None:
    """Path of the job."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        found = work()
        seconds[name] = time.perf_counter() - start
        return found

    log = timed("read", lambda: read(job))
    answers = {name: timed(name, lambda work=work: work(log, job)) for name, work in FIGURES.items()}
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - nothing else of this file is needed
        peak = int(next(line for line in status if line.startswith("VmHWM")).split()[1]) // 1024
    # After the peak is taken: it is a second way to a figure that is there already.
    answers["network"] = timed("network", lambda: network(log, job["organisation"]))
    Path(job["answers"]).write_text(json.dumps(answers), encoding="utf-8")
    versions = {name: version(name) for name in ("pm4py", "pandas", "lifelines")}
    print(json.dumps({"seconds": seconds, "versions": versions, "peak_mib": peak}))


def read(job: dict) -> pd.DataFrame:
    """The columns that the figures need, as PM4Py wants them."""
    columns = [job["case"], job["activity"], job["time"], job["organisation"]]
    log = pd.read_parquet(job["log"], columns=columns)
    return pm4py.format_dataframe(log, case_id=job["case"], activity_key=job["activity"], timestamp_key=job["time"])


def pairs(counts: dict) -> dict:
    """Pairs as JSON."""
    return {"\n".join(pair): value for pair, value in counts.items()}


def directly_follows(log: pd.DataFrame, _job: dict) -> dict:
    """Per pair of activities how often."""
    return pairs(pm4py.discover_dfg(log)[0])


def times(log: pd.DataFrame, _job: dict) -> dict:
    """Per pair of activities the mean, in seconds; PM4Py computes the median and others with it."""
    found = pm4py.discover_performance_dfg(log)[0]
    return pairs({pair: measures["mean"] for pair, measures in found.items()})


def durations(log: pd.DataFrame, job: dict) -> list:
    """Of closed cases: how many, and their mean and median in seconds."""
    closed = log.loc[log[ACTIVITY].isin(job["end_activities"]), CASE].unique()
    seconds = pm4py.get_all_case_durations(log[log[CASE].isin(closed)])
    return [len(seconds), float(np.mean(seconds)), float(np.median(seconds))]


def hand_overs(log: pd.DataFrame, job: dict) -> dict:
    """Per pair of organisations how often the one directly follows the other, equal ones too."""
    found = df_statistics.get_dfg_graph(
        log,
        measure="frequency",
        activity_key=job["organisation"],
        sort_caseid_required=False,
        sort_timestamp_along_case_id=False,
    )
    return pairs(found)


def network(log: pd.DataFrame, organisation: str) -> dict:
    """The same as shares of all pairs, by PM4Py's own function for it."""
    return pairs(pm4py.discover_handover_of_work_network(log, resource_key=organisation).connections)


def rework(log: pd.DataFrame, _job: dict) -> dict:
    """Per activity the cases in which it is done more than once."""
    return {name: count for name, count in pm4py.get_rework_cases_per_activity(log).items() if count}


def variants(log: pd.DataFrame, _job: dict) -> list:
    """How many routes there are, and the cases of the most frequent ones."""
    counts = sorted(pm4py.get_variants(log).values(), reverse=True)
    return [len(counts), counts[:100]]


def throughput(log: pd.DataFrame, job: dict) -> dict:
    """Per day the cases that start and end, and the events."""
    started = log.groupby(CASE)[TIME].min().dt.floor("D").value_counts()
    ended = log[log[ACTIVITY].isin(job["end_activities"])].groupby(CASE)[TIME].min().dt.floor("D").value_counts()
    events = log[TIME].dt.floor("D").value_counts()
    return {"started": per_day(started), "ended": per_day(ended), "events": per_day(events)}


def stock(log: pd.DataFrame, job: dict) -> dict:
    """Per day the open cases at its end."""
    started = log.groupby(CASE)[TIME].min().dt.floor("D").value_counts()
    ended = log[log[ACTIVITY].isin(job["end_activities"])].groupby(CASE)[TIME].min().dt.floor("D").value_counts()
    days = pd.date_range(started.index.min(), max(log[TIME].max().floor("D"), ended.index.max()))
    level = (started.reindex(days, fill_value=0) - ended.reindex(days, fill_value=0)).cumsum()
    return per_day(level)


def per_day(series: pd.Series) -> dict:
    """Days since 1970 and the number."""
    days = (series.index.tz_localize(None) - pd.Timestamp("1970-01-01")) // DAY
    return {int(day): int(count) for day, count in zip(days, series, strict=True)}


def kaplan_meier(log: pd.DataFrame, job: dict) -> list:
    """Whole days and the share of cases not yet closed, open ones up to the cut-off."""
    closing = log[log[ACTIVITY].isin(job["end_activities"])].groupby(CASE)[TIME].min()
    start = log.groupby(CASE)[TIME].min()
    end = closing.reindex(start.index)
    cut_off = pd.Timestamp(job["cut_off_us"], unit="us", tz=log[TIME].dt.tz)
    took = (end.fillna(cut_off) - start) // DAY
    curve = KaplanMeierFitter().fit(took, end.notna()).survival_function_
    return [[float(day), float(share)] for day, share in curve.iloc[:, 0].items()]


FIGURES: dict[str, Callable[[pd.DataFrame, dict], Any]] = {
    "directly_follows": directly_follows,
    "times": times,
    "durations": durations,
    "hand_overs": hand_overs,
    "rework": rework,
    "variants": variants,
    "throughput": throughput,
    "stock": stock,
    "kaplan_meier": kaplan_meier,
}

if __name__ == "__main__":
    main()
