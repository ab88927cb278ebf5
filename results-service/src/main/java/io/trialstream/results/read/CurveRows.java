package io.trialstream.results.read;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One metric of many trials by epoch, thinned for a chart. Thread-safe. */
@ApplicationScoped
public class CurveRows {
    /** The epochs of each trial's run, and before its resume points those of the runs it went on from. */
    private static final String CURVES =
            """
            with recursive line (number, epochs, best_epoch, run_id, resumed_run_id, resumed_epoch, up_to, depth) as (
                select t.number, t.epochs, t.best_epoch, r.run_id, r.resumed_run_id, coalesce(r.resumed_epoch, 0),
                       2147483647, 0
                from trial t join run r on r.run_id = t.run_id where t.study_id = ? and t.number = any(?)
                union all
                select l.number, l.epochs, l.best_epoch, r.run_id, r.resumed_run_id, coalesce(r.resumed_epoch, 0),
                       least(l.up_to, l.resumed_epoch), l.depth + 1
                from run r join line l on r.run_id = l.resumed_run_id where l.depth < 100)
            select l.number, e.epoch, (e.metrics ->> ?)::float8 as value
            from line l join epoch e on e.run_id = l.run_id
            where e.epoch > l.resumed_epoch and e.epoch <= l.up_to
                and ((e.epoch - 1) % (1 + (l.epochs - 1) / ?) = 0 or e.epoch = l.epochs or e.epoch = l.best_epoch)
            order by l.number, e.epoch""";

    private static final String METRICS =
            """
            select distinct json_object_keys(e.metrics) as name
            from trial t join epoch e on e.run_id = t.run_id and e.epoch = t.epochs
            where t.study_id = ? and t.number = any(?) order by name""";

    private final Database database;
    private final PlotRows plots;

    CurveRows(Database database, PlotRows plots) {
        this.database = database;
        this.plots = plots;
    }

    /**
     * A trial's curve; {@code values} belong to {@code epochs}, null where a value was not finite.
     *
     * @param number the trial
     * @param state its state
     * @param objective what it reached, if it ended with a value
     */
    public record Curve(
            int number, String state, Optional<Double> objective, List<Integer> epochs, List<Double> values) {}

    /**
     * Curves of many trials.
     *
     * @param trials how many trials the study has
     * @param sampling how those shown were chosen, where not all are
     * @param metrics the metrics that these trials have
     */
    public record Curves(int trials, Optional<PlotData.Sampling> sampling, List<String> metrics, List<Curve> curves) {}

    /**
     * One metric of a study's trials.
     *
     * @param maxCurves more trials than that are sampled; half of them are the best
     * @param maxPoints of more epochs than that every second, third … is left out, the best and the last never
     */
    public Curves of(StudyRow study, String metric, int maxCurves, int maxPoints) {
        PlotData chosen = plots.of(study, maxCurves, Math.min(PlotRows.BEST, (maxCurves + 1) / 2));
        Map<Integer, Curve> curves = new LinkedHashMap<>();
        int number = chosen.fields().indexOf("number");
        int state = chosen.fields().indexOf("state");
        int objective = chosen.fields().indexOf("objective");
        for (List<Object> row : chosen.rows()) {
            int key = ((Number) row.get(number)).intValue();
            Optional<Double> reached =
                    Optional.ofNullable(row.get(objective)).map(value -> ((Number) value).doubleValue());
            curves.put(
                    key, new Curve(key, String.valueOf(row.get(state)), reached, new ArrayList<>(), new ArrayList<>()));
        }
        Integer[] numbers = curves.keySet().toArray(Integer[]::new);
        database.list(Sql.of(CURVES, study.studyId(), numbers, metric, maxPoints), row -> {
            Curve curve = curves.get(row.getInt("number"));
            curve.epochs().add(row.getInt("epoch"));
            curve.values().add(value(row));
            return curve.number();
        });
        List<String> metrics = database.list(Sql.of(METRICS, study.studyId(), numbers), row -> row.getString("name"));
        return new Curves(
                chosen.trials(),
                chosen.sampling(),
                metrics,
                curves.values().stream()
                        .filter(curve -> !curve.epochs().isEmpty())
                        .toList());
    }

    private static Double value(ResultSet row) throws SQLException {
        double value = row.getDouble("value");
        return row.wasNull() ? null : value;
    }
}
