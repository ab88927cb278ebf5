package io.trialstream.trainer.exec;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.study.ExecTraining;
import io.trialstream.trainer.workload.RunContext;
import io.trialstream.trainer.workload.TrialRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Tells a program its trial: a file of JSON, which one variable names, and a variable for each path in it. */
final class TrialFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TrialFile() {}

    /** Writes the file and answers the variables. */
    static Map<String, String> write(
            RunDirectory run, TrialRequest request, RunContext context, OptionalInt resumedAfter) throws IOException {
        ExecTraining training = (ExecTraining) request.training();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("protocol", ProgramReport.PROTOCOL);
        tree.put("studyId", request.studyId());
        tree.put("number", request.number());
        tree.put("trialId", request.trialId());
        tree.put("runId", context.runId());
        tree.put("seed", request.seed());
        tree.put("epochs", training.epochs());
        tree.put(
                "objective",
                Map.of(
                        "metric", context.objective().metric(),
                        "direction", context.objective().direction().name().toLowerCase(Locale.ROOT)));
        tree.put("configuration", request.configuration());
        tree.put("arguments", training.arguments());
        tree.put("reports", run.reports().toString());
        tree.put("answers", run.answers().toString());
        tree.put("checkpoints", run.checkpoints().toString());
        tree.put("artifacts", run.artifacts().toString());
        if (resumedAfter.isPresent()) {
            tree.put(
                    "resume",
                    Map.of(
                            "epoch",
                            resumedAfter.getAsInt(),
                            "directory",
                            run.resume().toString()));
        }
        JSON.writeValue(run.trial().toFile(), tree);
        return Map.of(
                "TRIALSTREAM_TRIAL", run.trial().toString(),
                "TRIALSTREAM_REPORTS", run.reports().toString(),
                "TRIALSTREAM_ANSWERS", run.answers().toString(),
                "TRIALSTREAM_CHECKPOINTS", run.checkpoints().toString(),
                "TRIALSTREAM_ARTIFACTS", run.artifacts().toString());
    }
}
