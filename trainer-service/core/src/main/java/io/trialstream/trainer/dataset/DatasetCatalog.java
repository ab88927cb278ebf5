package io.trialstream.trainer.dataset;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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
     * The data set of that name, opened, with its own image size.
     *
     * @throws IllegalArgumentException if the catalog has none of that name: the study is at fault
     * @throws DatasetUnavailableException if its data cannot be had here
     */
    public Dataset open(String name) {
        return open.computeIfAbsent(name, known -> source(known).open());
    }

    /**
     * The data set of that name, opened, with square images of this side.
     *
     * @throws IllegalArgumentException if the catalog has none of that name: the study is at fault
     * @throws DatasetUnavailableException if its data cannot be had here
     */
    public Dataset open(String name, int side) {
        return open.computeIfAbsent(name + "/" + side, key -> source(name).open(side));
    }

    private DatasetSource source(String name) {
        DatasetSource source = sources.get(name);
        if (source == null) {
            throw new IllegalArgumentException("dataset '" + name + "' is unknown; known are " + sources.keySet());
        }
        return source;
    }

    /** The names of the data sets that are at hand or can be downloaded. Cheap, and may change with each call. */
    public List<String> obtainable() {
        return sources.values().stream()
                .filter(DatasetSource::isObtainable)
                .map(DatasetSource::name)
                .toList();
    }

    /** Each data set's name with whether its data is at hand. */
    public Map<String, Availability> availability() {
        Map<String, Availability> found = new LinkedHashMap<>();
        sources.forEach((name, source) ->
                found.put(name, open.containsKey(name) ? new Availability.Available("open") : source.availability()));
        return found;
    }
}
