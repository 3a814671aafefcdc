package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Metadata in a directory; names that metadata cannot have are not there. Thread-safe. */
public record MetadataDirectory(Path directory) implements MetadataSource {

    private static final Pattern NAME =
            Pattern.compile("([1-9][0-9]{0,18}\\.)?(root|timestamp|snapshot|targets)\\.json");

    /** Whether metadata can have that file name. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    @Override
    public Optional<byte[]> fetch(String name, int maxBytes) throws IOException {
        return isName(name) ? DurableFile.read(directory.resolve(name), maxBytes) : Optional.empty();
    }
}
