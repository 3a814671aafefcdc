package io.sekimori.local;

import java.nio.file.Path;
import java.time.Duration;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * What is configured of the local page: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param media where sticks appear
 * @param notice whether people are told that an update waits or lies on a medium; what hinders any update now is said in any
 *     case
 * @param watch how often media are looked through; zero for never
 */
record Settings(Path media, boolean notice, Duration watch) {

    /** The longest time between two looks. */
    static final Duration MOST_WATCH = Duration.ofHours(1);

    private static final Duration LEAST_WATCH = Duration.ofSeconds(5);

    static final String PID = "io.sekimori.local";

    Settings {
        if (!media.isAbsolute()) {
            throw new IllegalArgumentException("media is not an absolute path");
        }
        if (!watch.isZero() && (watch.compareTo(LEAST_WATCH) < 0 || watch.compareTo(MOST_WATCH) > 0)) {
            throw new IllegalArgumentException("watch.seconds is 0 or 5 to 3600");
        }
    }

    /** @throws IllegalArgumentException if the folder is not an absolute path, or the pause out of its range */
    static Settings of(Config config) {
        return new Settings(Path.of(config.media()), config.notice(), Duration.ofSeconds(config.watch_seconds()));
    }

    @ObjectClassDefinition(name = "Sekimori local page", description = "What people on site find")
    @interface Config {

        @AttributeDefinition(
                name = "Sticks",
                description =
                        "The folder below which the system mounts sticks; packs (*.zip) are looked for in it and in its"
                                + " folders")
        String media() default "/media";

        @AttributeDefinition(
                name = "Notice of updates",
                description =
                        "Whether it is said that an update of the console waits here, and why, or that one lies on a medium."
                                + " What would hinder any update at this moment is said in any case")
        boolean notice() default true;

        @AttributeDefinition(
                name = "Looking through sticks",
                description = "So many seconds apart sticks are looked through for an update, 5 to 3600; 0 for never",
                min = "0",
                max = "3600")
        int watch_seconds() default 15;
    }
}
