package io.trialstream.rest.edge;

/** What answers without a credential also while access control is on: where a browser shows one, and nothing else. */
public final class OpenPaths {
    /** The page where a browser shows its API key. */
    public static final String SIGN_IN = "/sign-in";

    /** Below the page: where a browser forgets its sign-in. */
    public static final String OUT = "/out";

    /** Below the page: how it looks. */
    public static final String STYLE = "/style.css";

    private OpenPaths() {}

    /** Whether this path, normalised, needs no credential. */
    public static boolean contains(String path) {
        return path.equals(SIGN_IN) || path.equals(SIGN_IN + OUT) || path.equals(SIGN_IN + STYLE);
    }
}
