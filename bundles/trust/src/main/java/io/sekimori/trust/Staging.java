package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What will be published next: a root, the targets, delegated roles, each while its own keys sign it. */
record Staging(Path directory) {

    static final String ROOT = "root";
    static final String TARGETS = "targets";

    private static final String SUFFIX = ".json";
    private static final String DELEGATED = "delegated.";

    /** The staged file of a document: {@link #ROOT}, {@link #TARGETS} or the name of a delegated role. */
    StagedFile file(String document) {
        return switch (document) {
            case ROOT -> new StagedFile(directory.resolve(ROOT + SUFFIX), Document.ROOT);
            case TARGETS -> new StagedFile(directory.resolve(TARGETS + SUFFIX), Document.TARGETS);
            default -> new StagedFile(directory.resolve(RoleName.kept(document)), Document.DELEGATED);
        };
    }

    /** The root that will be published, if one is staged. */
    Optional<RootMetadata> root() throws IOException {
        Optional<Envelope> staged = file(ROOT).load();
        return staged.isPresent()
                ? Optional.of(RootMetadata.parse(
                        Repository.RELEASE, ROOT + SUFFIX, staged.get().bytes()))
                : Optional.empty();
    }

    /** The targets or delegated role that will be published, if staged. */
    Optional<TargetsMetadata> targets(String document) throws IOException {
        StagedFile file = file(document);
        Optional<Envelope> staged = file.load();
        return staged.isPresent()
                ? Optional.of(TargetsMetadata.parse(staged.get(), file.document()))
                : Optional.empty();
    }

    /** All that is staged, root first, by document. */
    Map<String, Envelope> all() throws IOException {
        Map<String, Envelope> all = new LinkedHashMap<>();
        for (String document : new String[] {ROOT, TARGETS}) {
            file(document).load().ifPresent(staged -> all.put(document, staged));
        }
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, DELEGATED + "*" + SUFFIX)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    String role = name.substring(DELEGATED.length(), name.length() - SUFFIX.length());
                    file(role).load().ifPresent(staged -> all.put(role, staged));
                }
            }
        }
        return all;
    }
}
