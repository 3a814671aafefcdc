package io.sekimori.local;

import java.nio.file.Path;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * What is configured of the local page: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param media where sticks appear
 * @param notice whether the page says that an update waits; what hinders any update now it says in any case
 */
record Settings(Path media, boolean notice) {

    static final String PID = "io.sekimori.local";

    /** @throws IllegalArgumentException if the folder is not an absolute path */
    static Settings of(Config config) {
        Path media = Path.of(config.media());
        if (!media.isAbsolute()) {
            throw new IllegalArgumentException("media is not an absolute path");
        }
        return new Settings(media, config.notice());
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
                        "Whether the page says that an update of the console waits here, and why. What would hinder"
                                + " any update at this moment is said in any case")
        boolean notice() default true;
    }
}
