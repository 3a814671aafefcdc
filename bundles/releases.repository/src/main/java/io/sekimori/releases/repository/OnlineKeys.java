package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Signer;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The keys that this console signs with by itself. A new one counts once people have signed a root that names it; the private half
 * never leaves the console. Thread-safe.
 */
final class OnlineKeys {

    private static final String ACTION = "releases.keys";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Repositories repositories;
    private final Supplier<Settings> settings;
    private final Trace trace;

    OnlineKeys(Repositories repositories, Supplier<Settings> settings, Trace trace) {
        this.repositories = repositories;
        this.settings = settings;
        this.trace = trace;
    }

    /**
     * One key.
     *
     * @param roles {@code snapshot}, {@code timestamp} and {@code director}, as the newest roots name it; empty if none does
     */
    record Facts(String name, TufKey key, List<String> roles) {}

    List<Facts> list() throws RefusedException, ReleasesException, IOException {
        Map<String, RoleKeys> roles = roles();
        List<Facts> all = new ArrayList<>();
        place().keysByName().forEach((name, signer) -> all.add(facts(name, signer.publicKey(), roles)));
        return all;
    }

    /** Makes one; never replaces one. */
    synchronized Facts create(String name, KeyType type, String actor)
            throws RefusedException, ReleasesException, IOException {
        return traced(actor, name, "new", () -> {
            if (!NAME.matcher(name).matches()) {
                throw new RefusedException(ReleasesCode.KEY_NAME, name);
            }
            Path file = place().key(name);
            if (Files.exists(file)) {
                throw new RefusedException(ReleasesCode.KEY_EXISTS, name);
            }
            Map<String, RoleKeys> roles = roles();
            return () -> facts(name, made(file, type), roles);
        });
    }

    /** Removes one that the console can do without. */
    synchronized void remove(String name, String actor) throws RefusedException, ReleasesException, IOException {
        traced(actor, name, "remove", () -> {
            SortedMap<String, Signer> keys = place().keysByName();
            Signer key = keys.remove(name);
            if (key == null) {
                throw new RefusedException(ReleasesCode.KEY_UNKNOWN, name);
            }
            for (Map.Entry<String, RoleKeys> role : roles().entrySet()) {
                boolean speaks =
                        role.getValue().keys().containsKey(key.publicKey().keyId());
                if (speaks && !role.getValue().enough(List.copyOf(keys.values()))) {
                    throw new RefusedException(ReleasesCode.KEY_NEEDED, name + " signs for " + role.getKey());
                }
            }
            return () -> {
                DurableFile.delete(place().key(name));
                return facts(name, key.publicKey(), Map.of());
            };
        });
    }

    // A key whose writing a power cut ended is none: it gets its name when it is whole.
    private static TufKey made(Path file, KeyType type) throws IOException {
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path begun = file.resolveSibling(".new");
        DurableFile.delete(begun);
        TufKey key = KeyFile.create(begun, type).publicKey();
        DurableFile.moveInto(begun, file);
        return key;
    }

    private Map<String, RoleKeys> roles() throws RefusedException, ReleasesException {
        return repositories.read((open, connection) -> new TreeMap<>(Map.of(
                "snapshot", open.releases().keys(Role.SNAPSHOT),
                "timestamp", open.releases().keys(Role.TIMESTAMP),
                "director", open.director().keys())));
    }

    private static Facts facts(String name, TufKey key, Map<String, RoleKeys> roles) {
        return new Facts(
                name,
                key,
                roles.entrySet().stream()
                        .filter(role -> role.getValue().keys().containsKey(key.keyId()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** What is looked at before it is done. */
    private interface Intent {
        Deed judged() throws RefusedException, ReleasesException, IOException;
    }

    private interface Deed {
        Facts done() throws IOException;
    }

    // Judged first, so that the audit says ALLOWED of nothing that the rules refuse.
    private Facts traced(String actor, String name, String what, Intent intent)
            throws RefusedException, ReleasesException, IOException {
        String action = ACTION + "." + what;
        String subject = "key " + RefusedException.bounded(name);
        try {
            Deed deed = intent.judged();
            trace.allow(actor, action, subject, Map.of());
            return deed.done();
        } catch (RefusedException e) {
            trace.tell(actor, action, subject, Verdict.REFUSED, e.code(), e.detail());
            throw e;
        } catch (IOException e) {
            trace.tell(
                    actor,
                    action,
                    subject,
                    Verdict.FAILED,
                    ReleasesCode.KEYS_UNUSABLE.name(),
                    String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private Place place() {
        return settings.get().place();
    }
}
