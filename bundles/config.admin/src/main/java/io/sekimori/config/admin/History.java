package io.sekimori.config.admin;

import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.config.VersionFacts;
import io.sekimori.durable.DurableFile;
import io.sekimori.trust.MalformedJson;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The versions of each configuration on disk, one file each: {@code pids/<pid>/<version>.json}. The newest file is what
 * is in force; it comes into being by one rename, so a power cut leaves the version before or after.
 *
 * <p>Reading is thread-safe; writing is confined to the holder of the folder's lock.
 */
final class History {

    /** How many versions of a PID are kept beside those that a snapshot holds. */
    static final int KEPT = 100;

    private static final int TRIES = 10;
    private static final Pattern FILE = Pattern.compile("([0-9]{10})\\.json");

    private final Path pids;
    private final FileMaker maker;

    /** Makes a whole file durably, never replacing one. A test replaces it by a disk that is full. */
    interface FileMaker {
        void create(Path file, byte[] content) throws IOException;
    }

    History(Path folder, FileMaker maker) {
        this.pids = folder.resolve("pids");
        this.maker = maker;
    }

    /** Every PID that has a version, sorted. */
    List<String> pids() throws ConfigException {
        try {
            return names(pids).stream().filter(Pid::isWellFormed).sorted().toList();
        } catch (IOException e) {
            throw unreadable("the history", e);
        }
    }

    /** The numbers of the versions kept, newest first. */
    List<Long> numbers(String pid) throws ConfigException {
        try {
            List<Long> numbers = new ArrayList<>();
            for (String name : names(pids.resolve(pid))) {
                Matcher file = FILE.matcher(name);
                if (file.matches()) {
                    numbers.add(Long.parseLong(file.group(1)));
                }
            }
            numbers.sort(Comparator.reverseOrder());
            return numbers;
        } catch (IOException e) {
            throw unreadable(pid, e);
        }
    }

    /** The version in force, or empty if the PID has none. */
    Optional<Version> current(String pid) throws ConfigException {
        for (int tries = 0; tries < TRIES; tries++) {
            List<Long> numbers = numbers(pid);
            if (numbers.isEmpty()) {
                return Optional.empty();
            }
            Optional<Version> newest = version(pid, numbers.get(0));
            if (newest.isPresent()) {
                return newest;
            }
            // It was taken back since the folder was listed.
        }
        throw new ConfigException(ConfigCode.HISTORY_UNREADABLE, pid + " changes too fast", null);
    }

    /** One version, or empty if it is not kept. */
    Optional<Version> version(String pid, long number) throws ConfigException {
        byte[] bytes;
        // Not a channel: it would be closed under an interrupted thread.
        try (FileInputStream in = new FileInputStream(file(pid, number).toFile())) {
            bytes = in.readNBytes(VersionJson.MAX_BYTES + 1);
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(pid, e);
        }
        try {
            Version version = VersionJson.parse(bytes);
            VersionFacts facts = version.facts();
            if (!facts.pid().equals(pid) || facts.version() != number) {
                throw new MalformedJson("the file belongs elsewhere");
            }
            return Optional.of(version);
        } catch (MalformedJson e) {
            throw unreadable(pid, e);
        }
    }

    /** The facts of every version kept, newest first. */
    List<VersionFacts> facts(String pid) throws ConfigException {
        List<VersionFacts> facts = new ArrayList<>();
        for (long number : numbers(pid)) {
            version(pid, number).ifPresent(version -> facts.add(version.facts())); // absent if removed meanwhile
        }
        return List.copyOf(facts);
    }

    /** Puts {@code version} in force, durably. */
    void append(Version version) throws ConfigException {
        byte[] file = VersionJson.encode(version);
        if (file.length > VersionJson.MAX_BYTES) {
            throw new ConfigException(ConfigCode.CONFIGURATION_TOO_LARGE, file.length + " bytes", null);
        }
        Path target = file(version.facts().pid(), version.facts().version());
        try {
            DurableFile.makeDirectory(target.getParent());
            maker.create(target, file);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Removes the versions behind {@code number}, which needs no room on the disk: it is then the one in force. */
    void rewind(String pid, long number) throws ConfigException {
        remove(pid, numbers(pid).stream().filter(each -> each > number).toList());
    }

    /** Removes the oldest versions beyond {@link #KEPT}, but for {@code held}. */
    void prune(String pid, Set<Long> held) throws ConfigException {
        List<Long> old = numbers(pid).stream()
                .skip(KEPT)
                .filter(each -> !held.contains(each))
                .toList();
        if (!old.isEmpty()) {
            remove(pid, old);
        }
    }

    private void remove(String pid, Collection<Long> numbers) throws ConfigException {
        try {
            for (long number : numbers) { // from the newest on, so that a power cut leaves no hole behind the newest
                Files.deleteIfExists(file(pid, number));
            }
            DurableFile.syncDirectory(pids.resolve(pid));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Path file(String pid, long number) {
        return pids.resolve(pid).resolve(String.format("%010d.json", number));
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static ConfigException unreadable(String what, Exception e) {
        return new ConfigException(ConfigCode.HISTORY_UNREADABLE, what + ": " + e.getMessage(), e);
    }

    private static ConfigException unwritable(IOException e) {
        return new ConfigException(ConfigCode.HISTORY_UNWRITABLE, String.valueOf(e.getMessage()), e);
    }
}
