package io.sekimori.config.admin;

import io.sekimori.audit.AuditException;
import io.sekimori.config.ConfigException;
import io.sekimori.config.VersionFacts;
import io.sekimori.durable.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.service.log.Logger;

/**
 * Remembers versions that came into force without an audit, which only a way back may do, until the audit takes them:
 * an empty file {@code unaudited/<version>-<pid>} each. Confined to the holder of the folder's lock.
 */
final class Unaudited {

    private static final Pattern FILE = Pattern.compile("([0-9]{1,10})-(.{1,200})");

    private final Path folder;
    private final History history;
    private final Logger log;

    Unaudited(Path folder, History history, Logger log) {
        this.folder = folder.resolve("unaudited");
        this.history = history;
        this.log = log;
    }

    /** Remembers a version; if even that fails the way back goes on, and the log has to do. */
    void remember(String pid, long version) {
        try {
            DurableFile.makeDirectory(folder);
            DurableFile.makeFile(folder.resolve(version + "-" + pid));
            DurableFile.syncDirectory(folder);
        } catch (IOException e) {
            log.error("Version {} of {} is neither audited nor noted for later", version, pid, e);
        }
    }

    /** How many wait for the audit. */
    int count() throws IOException {
        return files().size();
    }

    /** Tells the audit what it missed, as far as it takes it. */
    void catchUp(AuditDesk audit) {
        try {
            for (Path file : files()) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    tell(audit, name.group(2), Long.parseLong(name.group(1)));
                }
                Files.deleteIfExists(file);
            }
        } catch (AuditException | ConfigException | IOException e) {
            log.warn("The audit did not take what it missed; it will be told again", e);
        }
    }

    private void tell(AuditDesk audit, String pid, long number) throws AuditException, ConfigException {
        Optional<Version> version = history.version(pid, number);
        if (version.isPresent()) {
            VersionFacts facts = version.get().facts();
            Map<String, String> detail =
                    Map.of("version", Long.toString(number), "at", facts.at().toString());
            audit.late(new AuditDesk.Trace("config.restore", pid, facts.authorship(), detail));
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
