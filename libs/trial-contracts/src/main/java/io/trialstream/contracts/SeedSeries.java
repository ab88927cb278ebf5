package io.trialstream.contracts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ten series of a result file of the 2017 search, {@code history}. */
public final class SeedSeries {

    /** Our metric by the file's name of it, in the file's order. Its {@code loss} includes the weight penalty. */
    public static final Map<String, String> OURS = ours();

    private SeedSeries() {}

    private static Map<String, String> ours() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("loss", "train_loss");
        names.put("val_loss", "loss");
        for (String head : List.of("fine", "coarse")) {
            names.put(head + "_outputs_acc", "train_" + head + "_accuracy");
            names.put(head + "_outputs_loss", "train_" + head + "_loss");
            names.put("val_" + head + "_outputs_acc", head + "_accuracy");
            names.put("val_" + head + "_outputs_loss", head + "_loss");
        }
        return Collections.unmodifiableMap(names);
    }
}
