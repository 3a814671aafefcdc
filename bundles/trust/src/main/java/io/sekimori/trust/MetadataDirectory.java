package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Metadata in a directory; names that metadata cannot have are not there. Thread-safe. */
public record MetadataDirectory(Path directory) implements MetadataFiles {

    private static final Pattern NAME = Pattern.compile(RoleName.PUBLISHED_FILE + "|permits\\.json");

    /** Whether metadata can have that file name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Refuses to make a repository where there is something already. */
    void requireNew() throws TrustException {
        if (Files.exists(directory)) {
            throw new TrustException(PublishCode.REPOSITORY_EXISTS, directory + " exists");
        }
    }

    @Override
    public void save(String name, byte[] bytes) throws IOException {
        Names.require(isName(name), "metadata is not called " + name);
        Files.createDirectories(directory);
        DurableFile.write(directory.resolve(name), bytes);
    }

    @Override
    public Optional<byte[]> fetch(String name, int maxBytes) throws IOException {
        return isName(name) ? DurableFile.read(directory.resolve(name), maxBytes) : Optional.empty();
    }
}
