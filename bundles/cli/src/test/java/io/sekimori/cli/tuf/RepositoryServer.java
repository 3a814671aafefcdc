package io.sekimori.cli.tuf;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sekimori.trust.CanonicalJson;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Signer;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A TUF repository behind a real HTTP server, whose every file a test can alter; it keeps what it was asked. */
final class RepositoryServer implements AutoCloseable {

    static final Instant SAFE = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

    /** What it answers, by the raw path below the server. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    final List<String> asked = new CopyOnWriteArrayList<>();
    final Map<String, Answer> answers = new ConcurrentHashMap<>();
    final Map<String, Map<String, Object>> roles = new HashMap<>();
    final Map<String, List<Signer>> signers = new HashMap<>();
    boolean consistent = true;
    private final Path keys;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private int keyCount;

    RepositoryServer(Path directory) throws IOException {
        keys = Files.createDirectory(directory.resolve("repository-keys"));
        for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
            signers.put(role, List.of(key()));
            roles.put(role, signed(role, new HashMap<>()));
        }
        roles.get("targets").put("targets", new HashMap<>());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        root();
        publish();
    }

    /** A new key. */
    Signer key() throws IOException {
        return KeyFile.create(keys.resolve(++keyCount + ".key"));
    }

    String metadata() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/m";
    }

    String targets() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/t";
    }

    static Map<String, Object> signed(String type, Map<String, Object> more) {
        Map<String, Object> signed = new HashMap<>(
                Map.of("_type", type, "spec_version", "1.0.34", "version", 1L, "expires", SAFE.toString()));
        signed.putAll(more);
        return signed;
    }

    void raise(String role) {
        roles.get(role).put("version", version(role) + 1);
    }

    long version(String role) {
        return (Long) roles.get(role).get("version");
    }

    void expires(String role, Instant when) {
        roles.get(role).put("expires", when.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Lists a target in a role and serves it. */
    void target(String role, String path, byte[] content) {
        object(roles.get(role), "targets")
                .put(path, Map.of("length", content.length, "hashes", Map.of("sha256", Sha256.hex(content))));
        serve("/t/" + remote(path, content), content);
    }

    String remote(String path, byte[] content) {
        int name = path.lastIndexOf('/') + 1;
        return consistent ? path.substring(0, name) + Sha256.hex(content) + "." + path.substring(name) : path;
    }

    /** Delegates these patterns to a role with a key of its own. */
    void delegate(String from, String to, boolean terminating, String... patterns) throws IOException {
        roles.computeIfAbsent(to, made -> signed("targets", Map.of("targets", new HashMap<>())));
        if (!signers.containsKey(to)) {
            signers.put(to, List.of(key()));
        }
        TufKey key = signers.get(to).get(0).publicKey();
        roles.get(from)
                .computeIfAbsent(
                        "delegations",
                        made -> new HashMap<>(Map.of("keys", new HashMap<>(), "roles", new ArrayList<>())));
        Map<String, Object> delegations = object(roles.get(from), "delegations");
        object(delegations, "keys").put(key.keyId(), key.json());
        @SuppressWarnings("unchecked")
        List<Object> list = (List<Object>) delegations.get("roles");
        list.add(Map.of(
                "name",
                to,
                "keyids",
                List.of(key.keyId()),
                "threshold",
                1,
                "terminating",
                terminating,
                "paths",
                List.of(patterns)));
    }

    /** Writes the root as it is now, as a file of its version. */
    byte[] root(Signer... besides) throws IOException {
        Map<String, Object> root = roles.get("root");
        Map<String, Object> keys = new HashMap<>();
        Map<String, Object> listed = new HashMap<>();
        for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
            List<String> ids = new ArrayList<>();
            for (Signer signer : signers.get(role)) {
                ids.add(signer.publicKey().keyId());
                keys.put(signer.publicKey().keyId(), signer.publicKey().json());
            }
            listed.put(role, Map.of("keyids", ids, "threshold", 1));
        }
        root.put("consistent_snapshot", consistent);
        root.put("keys", keys);
        root.put("roles", listed);
        List<Signer> all = new ArrayList<>(signers.get("root"));
        all.addAll(List.of(besides));
        byte[] bytes = file(root, all);
        serve("/m/" + version("root") + ".root.json", bytes);
        return bytes;
    }

    /** Writes all other files as they are now, each naming the next by version. */
    void publish() throws IOException {
        Map<String, Object> listed = new HashMap<>();
        for (String role : roles.keySet()) {
            if (!List.of("root", "timestamp", "snapshot").contains(role)) {
                serve(name(role), file(roles.get(role), signers.get(role)));
                listed.put(role + ".json", Map.of("version", version(role)));
            }
        }
        roles.get("snapshot").put("meta", listed);
        serve(name("snapshot"), file(roles.get("snapshot"), signers.get("snapshot")));
        timestamp();
    }

    void timestamp() throws IOException {
        roles.get("timestamp").put("meta", Map.of("snapshot.json", Map.of("version", version("snapshot"))));
        serve("/m/timestamp.json", file(roles.get("timestamp"), signers.get("timestamp")));
    }

    /** Raises targets, snapshot and timestamp, and publishes. */
    void publishNext() throws IOException {
        raise("targets");
        raise("snapshot");
        raise("timestamp");
        publish();
    }

    String name(String role) {
        String quoted = URLEncoder.encode(role, StandardCharsets.UTF_8).replace("+", "%20");
        return "/m/" + (consistent ? version(role) + "." : "") + quoted + ".json";
    }

    void serve(String path, byte[] bytes) {
        answers.put(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    static byte[] file(Map<String, Object> signed, List<Signer> signers) throws IOException {
        List<Map<String, Object>> signatures = new ArrayList<>();
        for (Signer signer : signers) {
            signatures.add(Map.of(
                    "keyid",
                    signer.publicKey().keyId(),
                    "sig",
                    HexFormat.of().formatHex(signer.sign(CanonicalJson.bytes(signed)))));
        }
        return JsonText.bytes(Map.of("signatures", signatures, "signed", signed));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.get(name);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        asked.add(path);
        try (exchange) {
            Answer answer = answers.get(path);
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                answer.to(exchange);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
