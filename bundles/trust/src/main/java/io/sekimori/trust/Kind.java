package io.sekimori.trust;

import java.util.Locale;

/** What a release is for. */
public enum Kind {
    /** An OSGi bundle of the framework. */
    BUNDLE,
    /** A jar of the class path that starts the framework: launcher, framework and their libraries. */
    SLOT,
    /** A Java runtime as a jar of its files, which that class path is run with. */
    JAVA;

    /** The word in metadata: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
