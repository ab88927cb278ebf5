package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import java.util.Arrays;
import java.util.List;

/**
 * The trials whose kernels make up one density: rows of a table, then pending trials, each with a weight.
 *
 * @param rows rows of the table
 * @param pending trials that are not in the table
 * @param weights one for each row, each pending trial, and last the prior; they sum to 1
 * @param memberOfRow for each row of the table its place in rows, or -1
 */
record Members(int[] rows, List<Configuration> pending, double[] weights, int[] memberOfRow) {
    static Members of(EvidenceTable table, int[] rows, List<Configuration> pending, double[] weights) {
        int[] memberOfRow = new int[table.size()];
        Arrays.fill(memberOfRow, -1);
        for (int member = 0; member < rows.length; member++) {
            memberOfRow[rows[member]] = member;
        }
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double[] normalised = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            normalised[i] = weights[i] / sum;
        }
        return new Members(rows, pending, normalised, memberOfRow);
    }

    /** How many there are, without the prior. */
    int count() {
        return rows.length + pending.size();
    }
}
