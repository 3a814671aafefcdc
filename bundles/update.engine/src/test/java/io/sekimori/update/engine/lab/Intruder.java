package io.sekimori.update.engine.lab;

import io.sekimori.trust.Approval;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.CanonicalJson;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedAssignment;
import io.sekimori.trust.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A program that owns a console: it has the keys of timestamp, snapshot and director, and sends a gateway whatever it
 * likes, as one can who has the keys of CA and broker, too; what it does not have are the keys that lie offline. Those keys and the
 * rows of a console's database are stolen from a whole console in {@code TrialIT}.
 */
public final class Intruder {

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Path work;
    private final Signer online;
    private final Signer director;
    private final Map<String, Object> assignment;

    Intruder(Path pack, Path work, Signer online, Signer director) throws Exception {
        this.work = work;
        this.online = online;
        this.director = director;
        hears(pack);
        assignment = signed(files.get("director/targets.json"));
    }

    /** Has what gateways are sent now, which is no secret; its own assignment stays what it was. */
    public void hears(Path pack) throws IOException {
        try (ZipFile zip = new ZipFile(pack.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
    }

    /** The document that gateways are sent now. */
    public byte[] heard() {
        return files.get("director/targets.json");
    }

    /** What it assigns, to be changed. */
    public Map<String, Object> assignment() {
        return assignment;
    }

    /** The path that is assigned for a bundle. */
    public String path(String symbolicName) {
        return object(assignment, "targets").keySet().stream()
                .filter(path -> path.startsWith(symbolicName + "/"))
                .findFirst()
                .orElseThrow();
    }

    /** What it says of a bundle that is assigned, to be changed. */
    public Map<String, Object> item(String symbolicName) {
        return object(assignment, "targets", path(symbolicName));
    }

    /** Assigns another release in place of one that is assigned, exactly as its publisher signed it. */
    public void orders(String symbolicName, String version) throws MalformedJson {
        Object startLevel = object(item(symbolicName), "custom").get("startLevel");
        object(assignment, "targets").remove(path(symbolicName));
        String path = symbolicName + "/" + version + "/" + symbolicName + "-" + version + ".jar";
        Map<String, Object> release = object(signed(newest("targets")), "targets", path);
        object(release, "custom").keySet().retainAll(Set.of("symbolicName", "version", "counter", "kind"));
        object(release, "custom").put("startLevel", startLevel);
        object(assignment, "targets").put(path, release);
    }

    /** Names a file of its own in place of one that is assigned, and has it ready. */
    public void slipsIn(String symbolicName, byte[] jar) {
        item(symbolicName).put("length", (long) jar.length);
        item(symbolicName).put("hashes", new LinkedHashMap<>(Map.of("sha256", Sha256.hex(jar))));
        files.put("targets/" + Sha256.hex(jar), jar);
    }

    /** Sends a file of metadata as it is. */
    public void brings(String name, byte[] file) {
        files.put(name, file);
    }

    /** Sends other bytes, as many, under the name of a file that is signed. */
    public void alters(String sha256) {
        byte[] bytes = files.get("targets/" + sha256).clone();
        bytes[bytes.length / 2] ^= 1;
        files.put("targets/" + sha256, bytes);
    }

    /** Changes what the publisher said, and signs it and all above with the keys it has. */
    public void publishes(Consumer<Map<String, Object>> change) throws Exception {
        Map<String, Object> targets = signed(newest("targets"));
        targets.put("version", (long) targets.get("version") + 1);
        change.accept(targets);
        pointsAt(targets, file(targets, online));
    }

    /** Signs a snapshot and a timestamp that lead to what a publisher signed at another time. */
    public void publishesAgain(byte[] oldTargets) throws Exception {
        pointsAt(signed(oldTargets), oldTargets);
    }

    /** What the publisher signed last. */
    public byte[] publisherSaid() {
        return newest("targets");
    }

    /** A next root that gives every role to the keys it has. */
    public void takesOver(String repository) throws Exception {
        int last = 1;
        while (files.containsKey(repository + "/" + (last + 1) + ".root.json")) {
            last++;
        }
        Map<String, Object> root = signed(files.get(repository + "/" + last + ".root.json"));
        root.put("version", last + 1L);
        Signer mine = repository.equals("release") ? online : director;
        object(root, "roles")
                .values()
                .forEach(role ->
                        asMap(role).put("keyids", List.of(mine.publicKey().keyId())));
        files.put(repository + "/" + (last + 1) + ".root.json", file(root, mine));
    }

    /** The document that assigns, signed with the director's key. */
    public byte[] assigns() throws Exception {
        return file(assignment, director);
    }

    /** Asks a gateway as if somebody signed in at the console had, by the director's key or by one of the others. */
    public byte[] demands(String gateway, String device, boolean asDirector) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Map<String, Object> mandate = new TreeMap<>(Map.of("_type", "mandate", "id", "1", "person", "person:admin"));
        mandate.putAll(Map.of("action", "settings.change", "gateway", gateway, "device", device, "counter", 1L));
        mandate.putAll(
                Map.of("issued", now.toString(), "expires", now.plusSeconds(60).toString()));
        mandate.put("content", Map.of("open", true));
        return file(mandate, asDirector ? director : online);
    }

    /** Approves what it assigns, with every key it has. */
    public void approves() throws Exception {
        brings("director/" + Approvals.FILE, Approving.file(approval(), online, director));
    }

    /** What people would sign who approve what it assigns. */
    public Approval approval() throws Exception {
        Assignment said = SignedAssignment.read(assigns()).assignment();
        Instant now = Instant.now();
        return new Approval(ApprovedContent.of(said).digest(), Set.of(), now, now.plus(Duration.ofDays(7)));
    }

    /** What a gateway gets from it, as a pack. */
    public Path sends() throws Exception {
        return sends(assigns());
    }

    /** What a gateway gets from it, with an assignment as it is. */
    public Path sends(byte[] document) throws Exception {
        files.put("director/targets.json", document);
        Path pack = Files.createTempFile(work, "intruder", ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(pack))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.getValue().length);
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        }
        return pack;
    }

    private void pointsAt(Map<String, Object> targets, byte[] bytes) throws IOException, MalformedJson {
        files.put("release/" + targets.get("version") + ".targets.json", bytes);
        Map<String, Object> snapshot = signed(newest("snapshot"));
        Map<String, Object> timestamp = signed(files.get("release/timestamp.json"));
        long version = (long) timestamp.get("version") + 1;
        snapshot.put("version", version);
        object(snapshot, "meta").put("targets.json", meta(targets, bytes));
        byte[] snapshotBytes = file(snapshot, online);
        files.put("release/" + version + ".snapshot.json", snapshotBytes);
        timestamp.put("version", version);
        object(timestamp, "meta").put("snapshot.json", meta(snapshot, snapshotBytes));
        files.put("release/timestamp.json", file(timestamp, online));
    }

    private byte[] newest(String role) {
        String name = files.keySet().stream()
                .filter(file -> file.matches("release/[0-9]+\\." + role + "\\.json"))
                .max((a, b) -> Long.compare(number(a), number(b)))
                .orElseThrow();
        return files.get(name);
    }

    private static long number(String file) {
        return Long.parseLong(file.replaceAll("\\D", ""));
    }

    private static Map<String, Object> meta(Map<String, Object> signed, byte[] bytes) {
        return Map.of(
                "version",
                signed.get("version"),
                "length",
                (long) bytes.length,
                "hashes",
                Map.of("sha256", Sha256.hex(bytes)));
    }

    private static byte[] file(Map<String, Object> signed, Signer signer) throws IOException {
        String signature = HexFormat.of().formatHex(signer.sign(CanonicalJson.bytes(signed)));
        return JsonText.bytes(Map.of(
                "signatures",
                List.of(Map.of("keyid", signer.publicKey().keyId(), "sig", signature)),
                "signed",
                signed));
    }

    static Map<String, Object> signed(byte[] file) throws MalformedJson {
        return asMap(copy(JsonObject.parse(file).object("signed").asMap()));
    }

    /** A part of a document, to be changed. */
    public static Map<String, Object> object(Map<String, Object> parent, String... path) {
        Map<String, Object> at = parent;
        for (String name : path) {
            at = asMap(at.get(name));
        }
        return at;
    }

    @SuppressWarnings("unchecked") // names are strings in JSON
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }

    private static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((name, member) -> copy.put(name, copy(member)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(copy(element)));
            return copy;
        }
        return value;
    }
}
