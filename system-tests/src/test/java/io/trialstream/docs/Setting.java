package io.trialstream.docs;

import java.util.Locale;
import java.util.Optional;

/**
 * One setting of a service.
 *
 * @param key its name in {@code application.properties}, where {@code NAME} stands for a name of the user's
 * @param defaultValue what holds without it; empty if it is absent then
 * @param meaning its description, in Markdown
 */
record Setting(String key, Optional<String> defaultValue, String meaning) {

    /** The environment variable that sets it: every character but letters and digits becomes an underscore. */
    String environmentVariable() {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
