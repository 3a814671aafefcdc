package io.sekimori.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;

/** When this software was built, as its build says of itself: no clock that runs it can stand before. */
public final class BuildTime {

    private static final String FILE = "build.properties";

    private BuildTime() {}

    /** The same for every copy of one version. */
    public static Instant instant() {
        Properties build = new Properties();
        try (InputStream in = BuildTime.class.getResourceAsStream(FILE)) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("a part of this very jar cannot be read", e);
        }
        return Instant.parse(build.getProperty("built"));
    }
}
