package io.sekimori.config.admin;

import io.sekimori.durable.DurableFile;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the history lies and how it is written.
 *
 * @param folder {@code data/io.sekimori.config.admin} of the unit
 * @param maker makes the file of a version
 * @param patience how long a change waits for another to end
 */
record Storage(Path folder, History.FileMaker maker, Duration patience) {

    Storage(Path folder) {
        this(folder, DurableFile::create, Duration.ofSeconds(10));
    }
}
