package io.trialstream.results.export;

import io.trialstream.results.read.Sql;

/** A trial's curve by one query: the epochs of its run, and before its resume points those of the runs it went on from. */
final class CurveQuery {
    private static final String CURVE =
            """
            with recursive line (run_id, resumed_run_id, resumed_epoch, up_to, depth) as (
                select run_id, resumed_run_id, coalesce(resumed_epoch, 0), 2147483647, 0 from run where run_id = ?
                union all
                select r.run_id, r.resumed_run_id, coalesce(r.resumed_epoch, 0), least(l.up_to, l.resumed_epoch), l.depth + 1
                from run r join line l on r.run_id = l.resumed_run_id where l.depth < 100)
            select e.epoch, e.metrics, e.duration_millis from line l join epoch e on e.run_id = l.run_id
            where e.epoch > l.resumed_epoch and e.epoch <= l.up_to order by e.epoch""";

    private CurveQuery() {}

    /** Rows of {@code epoch}, {@code metrics} and {@code duration_millis}, in the order of the epochs. */
    static Sql of(String runId) {
        return Sql.of(CURVE, runId);
    }
}
