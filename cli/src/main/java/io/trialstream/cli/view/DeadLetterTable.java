package io.trialstream.cli.view;

import io.trialstream.cli.view.Table.Column;
import io.trialstream.contracts.DeadLetter;
import java.util.List;

/** Dead letters, one a line. */
public final class DeadLetterTable {
    private DeadLetterTable() {}

    /** Answers the lines of the table, each at most as wide as the screen. */
    public static List<String> lines(List<DeadLetter> letters, Screen screen) {
        if (letters.isEmpty()) {
            return List.of("no dead letters");
        }
        Table table = Table.of(
                Column.left("LETTER"),
                Column.left("AT"),
                Column.right("BYTES"),
                Column.left("CODE"),
                Column.left("REASON"));
        for (DeadLetter letter : letters) {
            table.row(
                    letter.key(),
                    letter.at().toString(),
                    String.valueOf(letter.payloadBytes()),
                    letter.code(),
                    letter.reason().lines().findFirst().orElse(""));
        }
        return table.lines(screen);
    }
}
