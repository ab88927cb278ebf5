package io.trialstream.cli.view;

/**
 * Text that stays where it is written. What comes from studies, trainers and messages may hold line breaks, which would
 * tear a table, and escape sequences, which a terminal obeys.
 */
final class Printable {

    private Printable() {}

    /** The text with its control and direction characters written as Java does: {@code \\n}, {@code \\u001b}. */
    static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(character -> append(printable, character));
        return printable.toString();
    }

    private static void append(StringBuilder printable, int character) {
        switch (character) {
            case '\n' -> printable.append("\\n");
            case '\r' -> printable.append("\\r");
            case '\t' -> printable.append("\\t");
            default -> {
                if (isShown(character)) {
                    printable.appendCodePoint(character);
                } else {
                    printable.append(String.format("\\u%04x", character));
                }
            }
        }
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
                // Marks of direction turn what is after them around.
            case Character.FORMAT -> character == 0x200d || character == 0x200c;
            default -> true;
        };
    }
}
