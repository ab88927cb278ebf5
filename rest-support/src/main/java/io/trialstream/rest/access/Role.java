package io.trialstream.rest.access;

import java.util.Locale;
import java.util.Set;

/** What a credential allows. */
public enum Role {
    /** Reading. */
    VIEWER,
    /** Reading and commands. */
    OPERATOR;

    /** The name in tokens and settings. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody with these roles may do what this one allows. */
    boolean isIn(Set<String> roles) {
        return roles.contains(id()) || this == VIEWER && roles.contains(OPERATOR.id());
    }
}
