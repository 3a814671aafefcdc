package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All the metadata that vouched for an assignment when it was accepted, byte for byte, so that a start can check it
 * again years later: without the network, and without expiry, which decides acceptance and never a start.
 *
 * <p>Immutable, thread-safe.
 */
public final class Evidence {

    private static final Pattern RELEASE =
            Pattern.compile("[1-9][0-9]{0,18}\\.root\\.json|(timestamp|snapshot|targets)\\.json|" + RoleName.KEPT_FILE);
    private static final Pattern DIRECTOR = Pattern.compile("[1-9][0-9]{0,18}\\.root\\.json|targets\\.json");
    private static final int MAX_FILES = 2_048;

    private final Map<String, byte[]> release;
    private final Map<String, byte[]> director;
    private final Optional<byte[]> approvals;

    Evidence(Map<String, byte[]> release, Map<String, byte[]> director) {
        this(release, director, Optional.empty());
    }

    private Evidence(Map<String, byte[]> release, Map<String, byte[]> director, Optional<byte[]> approvals) {
        this.release = new TreeMap<>(release);
        this.director = new TreeMap<>(director);
        this.approvals = approvals;
    }

    /**
     * With the approvals that it was accepted by, as received. They are written for people and not read again: no start
     * asks for them.
     */
    public Evidence approved(byte[] file) {
        return new Evidence(release, director, Optional.of(file.clone()));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws TrustException {@link TrustCode#EVIDENCE_INCOMPLETE} if the directory holds something else
     * @throws IOException    if it cannot be read
     */
    public static Evidence read(Path directory) throws IOException {
        return new Evidence(
                files(directory.resolve("release"), RELEASE), files(directory.resolve("director"), DIRECTOR));
    }

    /**
     * Of files that were read in another way.
     *
     * @param release  the files of {@code release/}, by name
     * @param director the files of {@code director/}, by name
     * @throws TrustException {@link TrustCode#EVIDENCE_INCOMPLETE} if there is one that does not belong there
     */
    public static Evidence of(Map<String, byte[]> release, Map<String, byte[]> director) throws TrustException {
        for (String name : release.keySet()) {
            requireName(name, RELEASE);
        }
        for (String name : director.keySet()) {
            requireName(name, DIRECTOR);
        }
        return new Evidence(release, director);
    }

    /**
     * Writes {@code release/*.json}, {@code director/*.json} and, beside them, where earlier versions do not look,
     * approvals into {@code directory}, synced to the disk. The directory's own name is the caller's to sync, since it is
     * renamed with the whole generation.
     */
    public void write(Path directory) throws IOException {
        write(directory.resolve("release"), release);
        write(directory.resolve("director"), director);
        if (approvals.isPresent()) {
            DurableFile.create(directory.resolve(Approvals.FILE), approvals.get());
        }
        DurableFile.syncDirectory(directory);
    }

    /**
     * Checks signatures, versions, hashes and the agreement of director and releases from the two trust anchors on;
     * not expiry, not floors, not the unit.
     *
     * @param releaseAnchor  the bytes of {@code trust/root.json}
     * @param directorAnchor the bytes of {@code trust/director.json}
     */
    public Vouching verify(byte[] releaseAnchor, byte[] directorAnchor) {
        try {
            Assignment assignment = FrozenMetadata.assignment(directorAnchor, director);
            ReleaseCatalog catalog = FrozenMetadata.releases(releaseAnchor, release, assignment);
            return new Vouching.Vouched(assignment, Agreement.releases(assignment, catalog));
        } catch (TrustException e) {
            return new Vouching.Refused(e.refusal());
        } catch (IOException e) {
            return new Vouching.Refused(new Refusal(TrustCode.EVIDENCE_INCOMPLETE, "evidence: " + e));
        }
    }

    /**
     * What evidence that holds says, beside what it vouches for.
     *
     * @param vouched as {@link #verify} answers
     * @param standing how far it has come, as to what starts the framework: floors of bundles are another's
     * @param withdrawn the files of launchers and Java runtimes that it lists and whose publishers withdrew them: SHA-256 of
     *     those below their floor. Where publishers are delegated to, only of what is assigned.
     */
    public record Examined(Vouching.Vouched vouched, Standing standing, Set<String> withdrawn) {

        public Examined {
            withdrawn = Set.copyOf(withdrawn);
        }
    }

    /**
     * As {@link #verify}, and says more, for who brings in slots.
     *
     * @throws TrustException for evidence that does not hold
     */
    public Examined examine(byte[] releaseAnchor, byte[] directorAnchor) throws IOException {
        Assignment assignment = FrozenMetadata.assignment(directorAnchor, director);
        ReleaseCatalog catalog = FrozenMetadata.releases(releaseAnchor, release, assignment);
        Vouching.Vouched vouched = new Vouching.Vouched(assignment, Agreement.releases(assignment, catalog));
        Map<String, Long> floors = new TreeMap<>();
        for (Assigned item : assignment.items()) {
            if (item.kind() != Kind.BUNDLE) {
                floors.put(item.symbolicName(), catalog.floor(item.symbolicName()));
            }
        }
        Standing standing = new Standing(
                FrozenMetadata.root(Repository.RELEASE, releaseAnchor, release).version(),
                FrozenMetadata.root(Repository.DIRECTOR, directorAnchor, director)
                        .version(),
                floors);
        return new Examined(vouched, standing, withdrawn(catalog));
    }

    /**
     * The hard floors that its releases set, by symbolic name, also of what is not assigned; those of 0 left out. Where
     * publishers are delegated to, of what they release only for what is assigned.
     *
     * @throws TrustException for evidence that does not hold
     */
    public Map<String, Long> hardFloors(byte[] releaseAnchor, byte[] directorAnchor) throws IOException {
        Assignment assignment = FrozenMetadata.assignment(directorAnchor, director);
        Map<String, Long> floors = new TreeMap<>(
                FrozenMetadata.releases(releaseAnchor, release, assignment).hardFloors());
        floors.values().removeIf(floor -> floor == 0);
        return floors;
    }

    /** SHA-256 of the signed assignment, 64 lower-case hex digits, which tells it from every other one. */
    public String assignmentSha256() {
        return Sha256.hex(director.getOrDefault(TargetsMetadata.FILE, new byte[0]));
    }

    private static void write(Path directory, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            DurableFile.create(directory.resolve(file.getKey()), file.getValue());
        }
        DurableFile.syncDirectory(directory);
    }

    private static Map<String, byte[]> files(Path directory, Pattern names) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                requireName(name, names);
                if (files.size() == MAX_FILES) {
                    throw new TrustException(TrustCode.EVIDENCE_INCOMPLETE, "more than " + MAX_FILES + " files");
                }
                Optional<byte[]> bytes = DurableFile.read(entry, JsonObject.MAX_BYTES);
                files.put(name, bytes.orElseThrow());
            }
        }
        return files;
    }

    private static Set<String> withdrawn(ReleaseCatalog catalog) {
        Set<String> withdrawn = new HashSet<>();
        Set<String> kept = new HashSet<>();
        for (Release each : catalog.byPath().values()) {
            if (each.kind() != Kind.BUNDLE) {
                (each.counter() < catalog.floor(each.symbolicName()) ? withdrawn : kept).add(each.sha256());
            }
        }
        // The same bytes may be released again under a later version.
        withdrawn.removeAll(kept);
        return withdrawn;
    }

    private static void requireName(String name, Pattern names) throws TrustException {
        if (!names.matcher(name).matches()) {
            throw new TrustException(TrustCode.EVIDENCE_INCOMPLETE, "unexpected file " + name);
        }
    }
}
