package io.trialstream.results.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.trialstream.contracts.Origin;
import io.trialstream.contracts.TrialState;
import io.trialstream.rest.ApiException;
import io.trialstream.results.read.Database;
import io.trialstream.results.read.KeptOrders;
import io.trialstream.results.read.ParameterCondition;
import io.trialstream.results.read.Selection;
import io.trialstream.results.read.Sql;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.read.StudyRows;
import io.trialstream.results.read.TrialFilter;
import io.trialstream.results.read.TrialOrder;
import io.trialstream.results.read.TrialPlace;
import io.trialstream.results.read.TrialRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads requests for lists of trials, and answers them. */
@ApplicationScoped
class TrialListing {
    /** The parameters by which trials are chosen. */
    static final List<String> FILTERS =
            List.of("state", "minObjective", "maxObjective", "origin", "trainer", QueryParameters.PARAMETER_PREFIX);

    private static final int MOST_CONDITIONS = 20;

    private final Database database;
    private final StudyRows studies;
    private final KeptOrders kept;
    private final Answers answers;

    TrialListing(Database database, StudyRows studies, KeptOrders kept, Answers answers) {
        this.database = database;
        this.studies = studies;
        this.kept = kept;
        this.answers = answers;
    }

    /** Which trials are asked for. */
    TrialFilter filter(QueryParameters parameters, StudyRow study) {
        Set<String> conditions = parameters.namesAfter(QueryParameters.PARAMETER_PREFIX);
        if (conditions.size() > MOST_CONDITIONS) {
            throw ApiException.parameter(
                    QueryParameters.PARAMETER_PREFIX + "*", "at most " + MOST_CONDITIONS + " conditions");
        }
        return new TrialFilter(
                parameters.values("state", TrialState.class),
                parameters.decimal("minObjective"),
                parameters.decimal("maxObjective"),
                parameters.values("origin", Origin.class).stream().findFirst().map(Enum::name),
                parameters.text("trainer"),
                conditions.stream()
                        .map(name -> condition(name, parameters, study))
                        .toList(),
                false);
    }

    /** Which fields are asked for. */
    static Selection selection(QueryParameters parameters) {
        List<String> names = parameters.names("fields");
        try {
            return names.isEmpty() ? Selection.all() : Selection.parse(names);
        } catch (IllegalArgumentException e) {
            throw ApiException.parameter("fields", e.getMessage());
        }
    }

    /** The order asked for: a field's name, and {@code asc} or {@code desc} behind it. */
    static TrialOrder order(QueryParameters parameters, StudyRow study) {
        String[] words = parameters.text("orderBy").orElse("number asc").trim().split("\\s+");
        boolean descends = words.length == 2 && words[1].equals("desc");
        if (words.length > 2 || words.length == 2 && !descends && !words[1].equals("asc")) {
            throw ApiException.parameter("orderBy", "must be a field's name, and asc or desc behind it");
        }
        if (words[0].equals("objective")) {
            return TrialOrder.byLoss(descends == study.maximizes());
        }
        return TrialOrder.named(words[0], !descends)
                .orElseThrow(() -> ApiException.parameter("orderBy", "there is no order '" + words[0] + "'"));
    }

    /** A page of trials; those without a value to sort by come last. */
    byte[] page(QueryParameters parameters, StudyRow study) {
        TrialFilter filter = filter(parameters, study);
        TrialOrder asked = order(parameters, study);
        Selection selection = selection(parameters);
        int size = parameters.size("pageSize");
        String list = Integer.toHexString((study.studyId() + filter + asked).hashCode());
        TrialOrder order = kept.of(study, asked);
        Optional<TrialPlace> after = parameters.pageKey().map(key -> place(key, list));
        return answers.json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            PageWriter page = new PageWriter(selection, json, size);
            if (after.isEmpty() || after.get().key().isPresent()) {
                database.list(
                        TrialRows.keyed(study.studyId(), filter, order, after, selection, page.wanted()), page::add);
                if (page.last().isPresent()) {
                    kept.wanted(study, order);
                }
            }
            if (page.wanted() > 0 && !order.isByNumber()) {
                int last = after.filter(place -> place.key().isEmpty())
                        .map(TrialPlace::number)
                        .orElse(-1);
                database.list(
                        TrialRows.unkeyed(study.studyId(), filter, order, last, selection, page.wanted()), page::add);
            }
            json.writeEndArray();
            if (page.wanted() == 0) {
                String key = list + "!" + page.last().orElseThrow().text();
                json.writeStringField("nextPageToken", QueryParameters.token(key));
            }
            json.writeEndObject();
        });
    }

    /** The first trials in an order, as places of a leaderboard. */
    void leaders(
            StudyRow study, TrialFilter filter, Ranking ranking, Selection selection, int limit, JsonGenerator json) {
        AtomicInteger place = new AtomicInteger();
        TrialOrder order = kept.of(study, ranking.order());
        Sql sql = TrialRows.keyed(study.studyId(), filter, order, Optional.empty(), selection, limit);
        database.list(sql, row -> {
            try {
                json.writeStartObject();
                json.writeNumberField("rank", ranking.rank(place.getAndIncrement()));
                json.writeFieldName("trial");
                selection.write(row, json);
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return place;
        });
        if (place.get() > 0) {
            kept.wanted(study, order);
        }
    }

    /** Writes rows up to a page's size and counts the one behind it. */
    private static final class PageWriter {
        private final Selection selection;
        private final JsonGenerator json;
        private final int size;
        private int seen;
        private Optional<TrialPlace> last = Optional.empty();

        PageWriter(Selection selection, JsonGenerator json, int size) {
            this.selection = selection;
            this.json = json;
            this.size = size;
        }

        Void add(ResultSet row) throws SQLException {
            if (seen++ < size) {
                selection.write(row, json);
                last = Optional.of(TrialRows.place(row));
            }
            return null;
        }

        /** How many rows more say what the page holds and whether there is another. */
        int wanted() {
            return size + 1 - seen;
        }

        Optional<TrialPlace> last() {
            return last;
        }
    }

    private static TrialPlace place(String key, String listName) {
        try {
            if (key.startsWith(listName + "!")) {
                return TrialPlace.parse(key.substring(listName.length() + 1));
            }
        } catch (IllegalArgumentException e) {
            // Answered below, like the token of another list.
        }
        throw QueryParameters.badToken();
    }

    private ParameterCondition condition(String name, QueryParameters parameters, StudyRow study) {
        String parameter = QueryParameters.PARAMETER_PREFIX + name;
        String text = parameters.text(parameter).orElseThrow();
        List<String> path = Arrays.asList(name.split("\\."));
        Object tree = studies.spec(study.studyId()).space().toTree();
        if (path.isEmpty() || !(tree instanceof Map<?, ?> members) || !members.containsKey(path.get(0))) {
            throw ApiException.parameter(parameter, "the study's space has no parameter '" + name + "'");
        }
        int dots = text.indexOf("..");
        if (dots < 0) {
            List<String> values = parameters.names(parameter);
            return new ParameterCondition.AnyOf(path, values);
        }
        double least =
                dots == 0 ? Double.NEGATIVE_INFINITY : QueryParameters.decimal(parameter, text.substring(0, dots));
        double most = dots + 2 == text.length()
                ? Double.POSITIVE_INFINITY
                : QueryParameters.decimal(parameter, text.substring(dots + 2));
        if (least > most) {
            throw ApiException.parameter(parameter, "the range '" + text + "' is empty");
        }
        return new ParameterCondition.Within(path, least, most);
    }
}
