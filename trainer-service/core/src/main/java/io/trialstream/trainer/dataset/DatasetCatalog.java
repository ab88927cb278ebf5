package io.trialstream.trainer.dataset;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data sets a trainer may be asked for: its allow-list. A data set is opened at its first use and kept.
 * Thread-safe.
 */
public final class DatasetCatalog {

    private final Map<String, DatasetSource> sources = new LinkedHashMap<>();
    private final Map<String, Dataset> open = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException if two sources have one name */
    public DatasetCatalog(Collection<? extends DatasetSource> sources) {
        for (DatasetSource source : sources) {
            if (this.sources.put(source.name(), source) != null) {
                throw new IllegalArgumentException("two data sets are named " + source.name());
            }
        }
    }

    /**
     * The data set of that name, opened.
     *
     * @throws IllegalArgumentException if the catalog has none of that name: the study is at fault
     * @throws DatasetUnavailableException if its data cannot be had here
     */
    public Dataset open(String name) {
        if (!sources.containsKey(name)) {
            throw new IllegalArgumentException("dataset '" + name + "' is unknown; known are " + sources.keySet());
        }
        return open.computeIfAbsent(name, known -> sources.get(known).open());
    }

    /** Each data set's name with whether its data is at hand. */
    public Map<String, Availability> availability() {
        Map<String, Availability> found = new LinkedHashMap<>();
        sources.forEach((name, source) ->
                found.put(name, open.containsKey(name) ? new Availability.Available("open") : source.availability()));
        return found;
    }
}
