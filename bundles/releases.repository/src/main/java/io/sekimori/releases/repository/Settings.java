package io.sekimori.releases.repository;

import io.sekimori.trust.Lifetimes;
import java.nio.file.Path;
import java.time.Duration;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One immutable snapshot of the configuration {@value #PID}. */
record Settings(Place place, Lifetimes lifetimes) {

    static final String PID = "io.sekimori.releases.repository";

    static Settings of(Path unit, Config config) {
        Path folder = unit.resolve("data").resolve(PID);
        Path files = config.files_folder().isBlank() ? folder.resolve("files") : unit.resolve(config.files_folder());
        return new Settings(
                new Place(folder, files),
                new Lifetimes(
                        Lifetimes.DEFAULT.root(),
                        days("timestamp", config.timestamp_days()),
                        days("snapshot", config.snapshot_days()),
                        Lifetimes.DEFAULT.targets(),
                        days("assignment", config.assignment_days())));
    }

    private static Duration days(String name, int days) {
        if (days < 1 || days > 365) {
            throw new IllegalArgumentException(name + " is 1 to 365 days");
        }
        return Duration.ofDays(days);
    }

    @ObjectClassDefinition(name = "%name", description = "%description", localization = "OSGI-INF/l10n/releases")
    @interface Config {

        @AttributeDefinition(name = "%files.name", description = "%files.description")
        String files_folder() default "";

        @AttributeDefinition(name = "%timestamp.name", description = "%timestamp.description", min = "1", max = "365")
        int timestamp_days() default 14;

        @AttributeDefinition(name = "%snapshot.name", description = "%snapshot.description", min = "1", max = "365")
        int snapshot_days() default 30;

        @AttributeDefinition(name = "%assignment.name", description = "%assignment.description", min = "1", max = "365")
        int assignment_days() default 30;
    }
}
