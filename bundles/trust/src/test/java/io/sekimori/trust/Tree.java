package io.sekimori.trust;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The release metadata of a world with delegated roles below its targets, all of which fits together and is signed: to
 * be altered at one place by a test.
 */
final class Tree {

    static final String TOP = "targets";

    final Map<String, Object> snapshot;
    final Map<String, Object> timestamp;
    final Map<String, List<Signer>> signers = new HashMap<>();
    private final World world;
    private final Map<String, Map<String, Object>> roles = new LinkedHashMap<>();
    private final Map<String, byte[]> others;

    Tree(World world) throws IOException {
        this.world = world;
        Forgery forgery = new Forgery(world);
        others = new TreeMap<>(world.releases.files());
        others.keySet().removeIf(name -> name.matches("[0-9]+\\.(targets|snapshot)\\.json"));
        snapshot = forgery.snapshot;
        timestamp = forgery.timestamp;
        roles.put(TOP, forgery.targets);
        signers.put(TOP, List.of(world.targetsKey));
    }

    /** The signed part of a role's file, an empty one if it is new. */
    Map<String, Object> role(String name) {
        return roles.computeIfAbsent(
                name,
                made -> new HashMap<>(Map.of(
                        "_type",
                        "targets",
                        "spec_version",
                        "1.0.34",
                        "version",
                        1L,
                        "expires",
                        roles.get(TOP).get("expires"),
                        "targets",
                        new HashMap<>())));
    }

    /** Adds a delegation of these patterns as the last one of {@code from}; the key signs the role from now on. */
    Map<String, Object> delegate(String from, String to, TestKey key, String... paths) {
        role(to);
        signers.putIfAbsent(to, List.of(key));
        Map<String, Object> delegations = delegations(from);
        Forgery.object(delegations, "keys")
                .put(key.publicKey().keyId(), key.publicKey().json());
        Map<String, Object> delegation = new HashMap<>(Map.of(
                "name",
                to,
                "keyids",
                List.of(key.publicKey().keyId()),
                "threshold",
                1L,
                "terminating",
                false,
                "paths",
                List.of(paths)));
        list(delegations).add(delegation);
        return delegation;
    }

    Map<String, Object> delegations(String from) {
        Map<String, Object> role = role(from);
        role.putIfAbsent("delegations", new HashMap<>(Map.of("keys", new HashMap<>(), "roles", new ArrayList<>())));
        return Forgery.object(role, "delegations");
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> delegations) {
        return (List<Object>) delegations.get("roles");
    }

    /** Raises the versions of these roles, snapshot and timestamp. */
    void next(String... names) {
        for (String name : names) {
            raise(role(name));
        }
        raise(snapshot);
        raise(timestamp);
    }

    private static void raise(Map<String, Object> signed) {
        signed.put("version", (Long) signed.get("version") + 1);
    }

    /** Takes a target away from one role and gives it to another. */
    void move(String path, String from, String to) {
        Object target = Forgery.object(role(from), "targets").remove(path);
        Forgery.object(role(to), "targets").put(path, target);
    }

    /** All files; each names the other's true version, length and hash. */
    Map<String, byte[]> files() throws IOException {
        return filesOf(roles.keySet().toArray(new String[0]));
    }

    /** As {@link #files()}, of these roles alone. */
    Map<String, byte[]> filesOf(String... names) throws IOException {
        Map<String, byte[]> files = new TreeMap<>(others);
        Map<String, Object> meta = Forgery.object(snapshot, "meta");
        for (String name : names) {
            Map<String, Object> role = roles.get(name);
            byte[] bytes = SignedFile.bytes(role, signers.get(name));
            files.put(role.get("version") + "." + RoleName.file(name), bytes);
            meta.put(name + ".json", Forgery.meta(role, bytes));
        }
        return sealed(files);
    }

    /** Signs snapshot and timestamp over these files as the snapshot names them now. */
    Map<String, byte[]> sealed(Map<String, byte[]> files) throws IOException {
        Map<String, byte[]> sealed = new TreeMap<>(files);
        byte[] snapshotBytes = SignedFile.bytes(snapshot, List.of(world.snapshotKey));
        sealed.put(snapshot.get("version") + ".snapshot.json", snapshotBytes);
        Forgery.object(timestamp, "meta").put("snapshot.json", Forgery.meta(snapshot, snapshotBytes));
        sealed.put("timestamp.json", SignedFile.bytes(timestamp, List.of(world.timestampKey)));
        return sealed;
    }
}
