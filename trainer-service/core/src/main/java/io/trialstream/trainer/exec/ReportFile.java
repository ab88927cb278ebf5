package io.trialstream.trainer.exec;

import io.trialstream.contracts.ReasonCode;
import io.trialstream.trainer.workload.RunFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a program reports, line by line. Confined to one thread. */
final class ReportFile {
    private static final int MAX_LINE_BYTES = 1 << 20;

    private final FollowedFile file;
    private final Lines lines = new Lines(MAX_LINE_BYTES);
    private boolean begun;

    ReportFile(FollowedFile file) {
        this.file = file;
    }

    /**
     * The reports since the last call.
     *
     * @param last whether the program has ended: a line without an end is whole then
     * @throws RunFailedException if a line is no report
     */
    List<ProgramReport> next(boolean last) throws IOException {
        List<ProgramReport> reports = new ArrayList<>();
        for (byte[] piece = file.next(); piece.length > 0; piece = file.next()) {
            lines.add(piece, line -> read(line, reports));
        }
        if (last) {
            lines.finish(line -> read(line, reports));
        }
        return reports;
    }

    private void read(Lines.Line line, List<ProgramReport> reports) {
        if (line.text().isBlank()) {
            return;
        }
        try {
            ProgramReport report = ProgramReport.read(line.text());
            requireBegun(report);
            reports.add(report);
        } catch (IllegalArgumentException e) {
            String shown =
                    line.text().length() <= 200 ? line.text() : line.text().substring(0, 200) + "…";
            throw new RunFailedException(
                    ReasonCode.INVALID_REPORT.name(),
                    "the program reported what is no report: " + shown + " (" + e.getMessage() + ")");
        }
    }

    private void requireBegun(ProgramReport report) {
        if (report instanceof ProgramReport.Begin begin) {
            begun = true;
            if (begin.protocol() != ProgramReport.PROTOCOL) {
                throw new IllegalArgumentException("this trainer speaks protocol " + ProgramReport.PROTOCOL);
            }
        } else if (!begun) {
            throw new IllegalArgumentException(
                    "the first report must be {\"type\": \"begin\", \"protocol\": " + ProgramReport.PROTOCOL + "}");
        }
    }
}
